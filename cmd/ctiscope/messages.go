package main

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"ctiscope/decode/schema"
	"ctiscope/filter"
	"ctiscope/output/reference"
	"ctiscope/text"
)

// referenceOptions are the options of `ctiscope messages`.
type referenceOptions struct {
	tags, values, codes bool
	format              *choice
	width               int
}

func newMessages(a *app) *cobra.Command {
	o := &referenceOptions{format: newFormat(formatText, formatJSON, formatMarkdown)}
	cmd := &cobra.Command{
		Use:     "messages [NAME|NUMBER...]",
		Aliases: []string{"message"},
		Short:   "Look up messages, fields, tags, values and codes of the protocol",
		Long: `The reference of the protocol: without an argument, every message in one line; with names, numbers or
patterns, all about them: fields, sizes, tags, versions, values, and what the guide leaves in doubt.

--tags, --values and --codes look up floating tags, tables of values, and the numbers of failures and
reasons instead.`,
		Example: `  ctiscope messages                           every message
  ctiscope messages AGENT_STATE_EVENT 35      all about two messages
  ctiscope messages 'CONFIG_*'                the messages of that name
  ctiscope messages --values AgentState       the numbers of a table
  ctiscope messages --tags 229                a floating tag and who uses it
  ctiscope messages --codes 50002             what a code means and what to check`,
		ValidArgsFunction: o.complete,
		RunE: func(_ *cobra.Command, args []string) error {
			return a.look(o, args)
		},
	}
	what := newGroup("What to look up, instead of messages")
	what.flags.BoolVar(&o.tags, "tags", false, "floating tags, by number, constant or field name")
	what.flags.BoolVar(&o.values, "values", false, "tables of values, by name")
	what.flags.BoolVar(&o.codes, "codes", false, "status, failure, peripheral error and reason codes, by number")
	out := newGroup("Output")
	formatFlag(out, o.format, "text, json (one object a line), markdown or md (the whole reference)")
	out.flags.IntVar(&o.width, "width", 0, "wrap to so many `COLUMNS` (default: the terminal's, else no limit)")
	addGroups(cmd, what, out)
	completeFlags(cmd)
	return cmd
}

// book is the reference of the protocol that ctiscope reads.
func book() *reference.Book { return reference.New(schema.CCE()) }

// look prints what the arguments name.
func (a *app) look(o *referenceOptions, args []string) error {
	if o.tags && o.values || o.tags && o.codes || o.values && o.codes {
		return errors.New("--tags, --values and --codes exclude each other")
	}
	if o.width < 0 || o.width > maxWidth {
		return fmt.Errorf("--width %d: want 0 to %d", o.width, maxWidth)
	}
	if o.width == 0 {
		o.width = terminalWidth(a.stdout)
	}
	if o.format.current == formatMarkdown {
		if len(args) > 0 || o.tags || o.values || o.codes {
			return withHint(errors.New("--output markdown prints the whole reference"), "leave the other arguments out")
		}
		return a.print(book().Markdown())
	}
	switch {
	case o.tags:
		return a.lookTags(o, args)
	case o.values:
		return a.lookValues(o, args)
	case o.codes:
		return a.lookCodes(o, args)
	}
	return a.lookMessages(o, args)
}

// print writes a text to stdout.
func (a *app) print(text string) error {
	_, err := io.WriteString(a.stdout, text)
	return err
}

// draw writes a text that is drawn with lines, and folded to a width.
func (a *app) draw(page string, width int) error {
	_, err := a.drawing().Write(text.Fold([]byte(page), 0, width, 4))
	return err
}

func (o *referenceOptions) json() bool { return o.format.current == formatJSON }

func (a *app) lookMessages(o *referenceOptions, args []string) error {
	messages, listing, err := findMessages(args)
	if err != nil {
		return err
	}
	if o.json() {
		return printJSON(a, messages, book().MessageJSON)
	}
	if listing {
		return a.draw(book().List(messages, o.width), o.width)
	}
	return printPages(a, messages, o.width, book().Message)
}

// findMessages returns the messages that arguments name; listing tells that
// the user did not name each.
func findMessages(args []string) (messages []*schema.Message, listing bool, err error) {
	if len(args) == 0 {
		return schema.CCE().Messages(), true, nil
	}
	for _, arg := range args {
		numbers, err := filter.ParseTypes(schema.CCE(), []string{arg})
		if err != nil {
			return nil, false, err
		}
		listing = listing || len(numbers) > 1
		for _, n := range numbers {
			m := schema.CCE().Lookup(n)
			if m == nil {
				return nil, false, withHint(fmt.Errorf("no message has the number %d", n), "`ctiscope messages` lists all")
			}
			messages = append(messages, m)
		}
	}
	return messages, listing, nil
}

func (a *app) lookTags(o *referenceOptions, args []string) error {
	if len(args) == 0 && !o.json() {
		return a.draw(book().Tags(schema.CCE().Tags(), o.width), o.width)
	}
	tags := schema.CCE().Tags()
	if len(args) > 0 {
		tags = nil
	}
	for _, arg := range args {
		found, err := findTags(arg)
		if err != nil {
			return err
		}
		tags = append(tags, found...)
	}
	if o.json() {
		return printJSON(a, tags, book().TagJSON)
	}
	return printPages(a, tags, o.width, book().Tag)
}

// findTags finds tags by number, constant or field name; several tags may
// share a field name.
func findTags(arg string) ([]*schema.Tag, error) {
	var found []*schema.Tag
	var names []string
	number, err := strconv.ParseUint(arg, 10, 16)
	for _, t := range schema.CCE().Tags() {
		if err == nil && uint64(t.Number) == number || strings.EqualFold(t.Field.Name, arg) ||
			!t.Reserved() && strings.EqualFold(t.Const, arg) {
			found = append(found, t)
		}
		names = append(names, t.Const, t.Field.Name)
	}
	if len(found) == 0 {
		return nil, filter.Unknown("tag", arg, names)
	}
	return found, nil
}

func (a *app) lookValues(o *referenceOptions, args []string) error {
	if len(args) == 0 && !o.json() {
		return a.draw(book().Tables(o.width), o.width)
	}
	tables := schema.CCE().Tables()
	if len(args) > 0 {
		tables = nil
	}
	for _, arg := range args {
		t, err := findTable(arg)
		if err != nil {
			return err
		}
		tables = append(tables, t)
	}
	if o.json() {
		return printJSON(a, tables, book().TableJSON)
	}
	return printPages(a, tables, o.width, book().Table)
}

func findTable(arg string) (*schema.Table, error) {
	var names []string
	for _, t := range schema.CCE().Tables() {
		if strings.EqualFold(t.Name, arg) {
			return t, nil
		}
		names = append(names, t.Name)
	}
	return nil, filter.Unknown("table of values", arg, names)
}

func (a *app) lookCodes(o *referenceOptions, args []string) error {
	if len(args) == 0 {
		if o.json() {
			return withHint(errors.New("--codes with --output json needs the codes"), "ctiscope messages --codes -o json 50002")
		}
		return a.draw(book().Codes(o.width), o.width)
	}
	for i, arg := range args {
		n, err := strconv.ParseUint(arg, 10, 32)
		if err != nil {
			return fmt.Errorf("%q is no code: want a number", arg)
		}
		page := book().Code(uint32(n), o.width)
		if page == "" {
			return withHint(fmt.Errorf("code %d is in no table", n), "codes of agent states may be set by an administrator; those of peripherals other than Unified CM are the switch's own")
		}
		if o.json() {
			lines, err := book().CodeJSON(uint32(n))
			if err != nil {
				return err
			}
			page = ""
			for _, line := range lines {
				page += string(line) + "\n"
			}
		} else if i > 0 {
			page = "\n" + page
		}
		width := o.width
		if o.json() {
			width = 0
		}
		if err := a.draw(page, width); err != nil {
			return err
		}
	}
	return nil
}

func printJSON[T any](a *app, list []T, encode func(T) ([]byte, error)) error {
	var text strings.Builder
	for _, item := range list {
		line, err := encode(item)
		if err != nil {
			return err
		}
		text.Write(append(line, '\n'))
	}
	return a.print(text.String())
}

func printPages[T any](a *app, list []T, width int, page func(T, int) string) error {
	pages := make([]string, len(list))
	for i, item := range list {
		pages[i] = page(item, width)
	}
	return a.draw(strings.Join(pages, "\n"), width)
}
