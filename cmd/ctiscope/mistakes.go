package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"ctiscope/filter"
)

// inWords says in ctiscope's words what pflag found wrong.
func inWords(err error) error {
	var value *pflag.InvalidValueError
	var missing *pflag.ValueRequiredError
	var unknown *pflag.NotExistError
	switch {
	case errors.As(err, &value):
		return badValue(value)
	case errors.As(err, &missing):
		name, _ := pflag.UnquoteUsage(missing.GetFlag())
		return fmt.Errorf("--%s needs a value: --%s %s", missing.GetFlag().Name, missing.GetFlag().Name, name)
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() != "":
		return fmt.Errorf("unknown option -%s", unknown.GetSpecifiedName())
	case errors.As(err, &unknown):
		return fmt.Errorf("unknown option --%s", unknown.GetSpecifiedName())
	}
	return err
}

// badValue says what an option takes.
func badValue(e *pflag.InvalidValueError) error {
	value := e.GetValue()
	if value == "" || strings.ContainsAny(value, " \t") {
		value = strconv.Quote(value)
	}
	option := fmt.Sprintf("--%s %s", e.GetFlag().Name, value)
	large := errors.Is(e, strconv.ErrRange)
	switch kind := e.GetFlag().Value.Type(); {
	case large && kind != "duration":
		return fmt.Errorf("%s: this number is too large", option)
	case kind == "int" || kind == "int64":
		return fmt.Errorf("%s: want a whole number", option)
	case kind == "uint" || kind == "uintSlice":
		return withHint(fmt.Errorf("%s: want a number, or several separated by commas", option), "names are not looked up here")
	case kind == "duration":
		return badDuration(option, e)
	case kind == "bool":
		return fmt.Errorf("%s: want true or false", option)
	}
	if hint := hintFor(e); hint != "" {
		return withHint(fmt.Errorf("%s: %v", option, e.Unwrap()), "%s", hint)
	}
	return fmt.Errorf("%s: %w", option, e.Unwrap())
}

// badDuration says how a length of time is written.
func badDuration(option string, e *pflag.InvalidValueError) error {
	err := fmt.Errorf("%s: want a time with its unit, such as 90s, 5m or 1h30m", option)
	if _, bad := strconv.ParseFloat(e.GetValue(), 64); bad == nil {
		return withHint(err, "did you mean %ss?", e.GetValue())
	}
	return err
}

// guesses are words for commands that other tools have, or that people try.
var guesses = map[string]string{
	"decode": `read show print dump parse open cat dissect analyze analyse convert view text json table detail
		export`,
	"stats":      "summary statistics count counts info report top failures errors ",
	"live":       "capture sniff listen monitor record watch tail follow trace",
	"interfaces": "devices interface ifaces nics list-interfaces",
	"messages":   "message types type tags tag fields field codes code reference schema spec lookup explain describe",
	"version":    "about",
}

// tellsOf is advice for words whose command does not say how.
var tellsOf = map[string]string{
	"codes": "ctiscope messages --codes N tells what a code means", "code": "ctiscope messages --codes N tells what a code means",
	"explain": "ctiscope messages --codes N tells what a code means",
}

// unknownCommand says which command may have been meant.
func unknownCommand(root *cobra.Command, word string) error {
	err := fmt.Errorf("unknown command %q", word)
	if _, statErr := os.Stat(word); statErr == nil {
		return withHint(err, "to read a capture: ctiscope decode %s", word)
	}
	lower := strings.ToLower(word)
	if how := tellsOf[lower]; how != "" {
		return withHint(err, "%s", how)
	}
	for command, words := range guesses {
		if oneOf(lower, strings.Fields(words)...) {
			return withHint(err, "did you mean %s?", command)
		}
	}
	var names []string
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	if near := filter.Nearest(word, names); len(near) > 0 {
		return withHint(err, "did you mean %s?", orList(near))
	}
	return withHint(err, "the commands are %s", strings.Join(names, ", "))
}

// newHelp is the help command; unlike cobra's it refuses what is no command.
func newHelp(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "help [command]",
		Short: "Help about any command",
		Long:  "Help provides help for any command in the application.\nSimply type ctiscope help [path to command] for full details.",
		RunE: func(cmd *cobra.Command, args []string) error {
			found, rest, err := cmd.Root().Find(args)
			if err != nil || found == nil || len(rest) > 0 || found == cmd.Root() && len(args) > 0 {
				return unknownCommand(cmd.Root(), args[0])
			}
			return a.print(helpText(found))
		},
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			var names []string
			for _, c := range cmd.Root().Commands() {
				if c.IsAvailableCommand() && len(args) == 0 {
					names = append(names, c.Name()+"\t"+c.Short)
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
	}
}

// mostNames bounds how much of a folder is looked at for a name that is near.
const mostNames = 20000

// capturable tells whether a file of that name may be a capture.
func capturable(name string) bool {
	switch ext := strings.ToLower(filepath.Ext(name)); ext {
	case "", ".pcap", ".pcapng", ".cap", ".ntar", ".dmp", ".dump", ".gz", ".zst":
		return true
	default: // files that rotate: capture.pcap1
		return strings.HasPrefix(ext, ".pcap")
	}
}

// nearFile names files that may have been meant by one that is not there.
func nearFile(err error) string {
	var path *fs.PathError
	if !errors.As(err, &path) {
		return ""
	}
	folder, base := filepath.Split(path.Path)
	dir, openErr := os.Open(filepath.Clean(folder + "."))
	if openErr != nil {
		return "there is no folder " + filepath.Clean(folder)
	}
	defer dir.Close()
	names, _ := dir.Readdirnames(mostNames)
	near := filter.Nearest(base, slices.DeleteFunc(names, func(name string) bool { return !capturable(name) }))
	for i := range near {
		near[i] = folder + near[i]
	}
	if len(near) == 0 {
		return ""
	}
	return "did you mean " + orList(near) + "?"
}
