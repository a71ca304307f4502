package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func newMan(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "man [DIR]",
		Short: "Write the man pages",
		Long: `Write the man pages, one for ctiscope and one for each command, into a directory, which is made if
need be; without one, print the page of ctiscope itself.`,
		Example: `  ctiscope man | man -l -                          read the main page
  ctiscope man /usr/local/share/man/man1           install all pages`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return a.print(manPage(cmd.Root()))
			}
			return writeManPages(cmd.Root(), args[0])
		},
	}
}

// writeManPages writes the page of a command and of all below it.
func writeManPages(cmd *cobra.Command, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, c := range documented(cmd) {
		name := filepath.Join(dir, manName(c)+".1")
		if err := os.WriteFile(name, []byte(manPage(c)), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// documented returns a command and those below it that a user may call; the
// shells' completion commands share one page.
func documented(cmd *cobra.Command) []*cobra.Command {
	list := []*cobra.Command{cmd}
	if cmd.Name() == "completion" {
		return list
	}
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			list = append(list, documented(c)...)
		}
	}
	return list
}

func manName(cmd *cobra.Command) string { return strings.ReplaceAll(cmd.CommandPath(), " ", "-") }

// manPage returns a command's page in the language of man(7).
func manPage(cmd *cobra.Command) string {
	var b strings.Builder
	name := manName(cmd)
	fmt.Fprintf(&b, ".TH %s 1 \"\" \"ctiscope %s\" \"User Commands\"\n", strings.ToUpper(roff(name)), version)
	fmt.Fprintf(&b, ".SH NAME\n%s \\- %s\n", roff(name), roff(cmd.Short))
	fmt.Fprintf(&b, ".SH SYNOPSIS\n.B %s\n", roff(useLine(cmd)))
	text := cmd.Long
	if text == "" {
		text = cmd.Short + "."
	}
	b.WriteString(".SH DESCRIPTION\n")
	for i, paragraph := range strings.Split(strings.TrimSpace(text), "\n\n") {
		if i > 0 {
			b.WriteString(".PP\n")
		}
		b.WriteString(roff(paragraph) + "\n")
	}
	manCommands(&b, cmd)
	manOptions(&b, cmd)
	if cmd.Example != "" {
		fmt.Fprintf(&b, ".SH EXAMPLES\n.nf\n%s\n.fi\n", roff(strings.TrimRight(cmd.Example, "\n")))
	}
	if !cmd.HasParent() || explainsStatus(cmd) {
		manStatus(&b)
	}
	manSeeAlso(&b, cmd)
	return b.String()
}

func manCommands(b *strings.Builder, cmd *cobra.Command) {
	if !cmd.HasAvailableSubCommands() {
		return
	}
	b.WriteString(".SH COMMANDS\n")
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			fmt.Fprintf(b, ".TP\n.B %s\n%s.\n", roff(c.Name()), roff(c.Short))
		}
	}
}

func manOptions(b *strings.Builder, cmd *cobra.Command) {
	b.WriteString(".SH OPTIONS\n")
	for _, g := range groupsOf(cmd) {
		if !g.flags.HasAvailableFlags() {
			continue
		}
		fmt.Fprintf(b, ".SS %s\n", roff(g.title))
		g.flags.VisitAll(func(f *pflag.Flag) {
			if f.Hidden {
				return
			}
			placeholder, usage := pflag.UnquoteUsage(f)
			head := "\\fB" + roff("--"+f.Name) + "\\fR"
			if f.Shorthand != "" {
				head = "\\fB" + roff("-"+f.Shorthand) + "\\fR, " + head
			}
			if placeholder != "" {
				head += " \\fI" + roff(placeholder) + "\\fR"
			}
			fmt.Fprintf(b, ".TP\n%s\n%s\n", head, roff(usage+defaultText(f)))
		})
	}
}

// defaultText says what an option is without being given.
func defaultText(f *pflag.Flag) string {
	switch f.DefValue {
	case "", "false", "0", "[]", "0s":
		return ""
	}
	return fmt.Sprintf(" (default %s)", f.DefValue)
}

func manStatus(b *strings.Builder) {
	b.WriteString(".SH EXIT STATUS\n")
	for _, s := range statusHelp {
		fmt.Fprintf(b, ".TP\n.B %d\n%s.\n", s.status, roff(s.text))
	}
	b.WriteString(".PP\nWhere several apply, the first of 2, 130, 4, 3 and 1 is given.\n")
	b.WriteString(".SH ENVIRONMENT\n.TP\n.B NO_COLOR\nif not empty, no colours unless asked for by \\fB\\-\\-color always\\fR.\n" +
		".TP\n.B TERM\n\\(lqdumb\\(rq means no colours either.\n")
}

func manSeeAlso(b *strings.Builder, cmd *cobra.Command) {
	var names []string
	root := cmd.Root()
	for _, c := range documented(root) {
		if c != cmd && c.Parent() == root || c == root && c != cmd {
			names = append(names, fmt.Sprintf("\\fB%s\\fR(1)", roff(manName(c))))
		}
	}
	fmt.Fprintf(b, ".SH SEE ALSO\n%s\n", strings.Join(names, ", "))
}

// roff makes a text safe: hyphens that are hyphens, no escapes, and no line
// that begins like a request.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`, "`", `\(ga`).Replace(text)
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}
