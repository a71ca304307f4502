package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// helpWidth is the width that help is wrapped to, whatever the terminal's, so
// that it reads the same everywhere.
const helpWidth = 100

// group is options that belong together; several commands may share one.
type group struct {
	title string
	flags *pflag.FlagSet
}

// newGroup starts a group of options.
func newGroup(title string) group {
	flags := pflag.NewFlagSet(title, pflag.ContinueOnError)
	flags.SortFlags = false
	return group{title, flags}
}

// groupKey marks, in a flag's annotations, the group that it belongs to.
const groupKey = "ctiscope_group"

// addGroups gives the options of the groups to a command.
func addGroups(cmd *cobra.Command, groups ...group) {
	cmd.Flags().SortFlags = false
	for _, g := range groups {
		g.flags.VisitAll(func(f *pflag.Flag) {
			if f.Annotations == nil {
				f.Annotations = make(map[string][]string)
			}
			f.Annotations[groupKey] = []string{g.title}
			cmd.Flags().AddFlag(f)
		})
	}
}

// groupsOf returns a command's options by group, in the order in which they
// were added; those of no group come last.
func groupsOf(cmd *cobra.Command) []group {
	cmd.InitDefaultHelpFlag()
	cmd.InitDefaultVersionFlag()
	var groups []group
	rest := newGroup("Other options")
	place := make(map[string]int)
	cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
		title, ok := f.Annotations[groupKey]
		if !ok {
			rest.flags.AddFlag(f)
			return
		}
		i, known := place[title[0]]
		if !known {
			i = len(groups)
			place[title[0]] = i
			groups = append(groups, newGroup(title[0]))
		}
		groups[i].flags.AddFlag(f)
	})
	if len(groups) == 0 {
		rest.title = "Options"
	}
	return append(groups, rest)
}

// helpText returns the help of a command.
func helpText(cmd *cobra.Command) string {
	var b strings.Builder
	text := cmd.Long
	if text == "" {
		text = cmd.Short + "."
	}
	fmt.Fprintf(&b, "%s\n\nUsage:\n  %s\n", strings.TrimSpace(text), useLine(cmd))
	if cmd.Example != "" {
		fmt.Fprintf(&b, "\nExamples:\n%s\n", strings.TrimRight(cmd.Example, "\n"))
	}
	if cmd.HasAvailableSubCommands() {
		b.WriteString("\nCommands:\n")
		for _, c := range cmd.Commands() {
			if c.IsAvailableCommand() {
				fmt.Fprintf(&b, "  %-12s %s\n", c.Name(), c.Short)
			}
		}
	}
	for _, g := range groupsOf(cmd) {
		if g.flags.HasAvailableFlags() {
			fmt.Fprintf(&b, "\n%s:\n%s", g.title, g.flags.FlagUsagesWrapped(helpWidth))
		}
	}
	if !cmd.HasParent() || explainsStatus(cmd) {
		b.WriteString("\nExit status:\n")
		for _, s := range statusHelp {
			fmt.Fprintf(&b, "  %-4d %s\n", s.status, s.text)
		}
	}
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "\n`%s COMMAND --help` tells more of a command.\n", cmd.CommandPath())
	}
	return b.String()
}

// useLine returns "ctiscope decode [options] FILE...".
func useLine(cmd *cobra.Command) string {
	name, args, _ := strings.Cut(cmd.Use, " ")
	line := name
	if cmd.HasParent() {
		line = cmd.Parent().CommandPath() + " " + name
	}
	if cmd.HasAvailableSubCommands() && args == "" {
		return line + " COMMAND"
	}
	return strings.TrimRight(line+" [options] "+args, " ")
}

// statusKey marks the commands that can end with every exit status.
const statusKey = "ctiscope_status"

// explainsStatus tells whether a command's help lists the exit statuses.
func explainsStatus(cmd *cobra.Command) bool { return cmd.Annotations[statusKey] != "" }

// unknownFlag returns the name of an option that a command does not have.
func unknownFlag(err error) (string, bool) {
	var e *pflag.NotExistError
	if !errors.As(err, &e) {
		return "", false
	}
	return e.GetSpecifiedName(), true
}

func flagNames(cmd *cobra.Command) []string {
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			names = append(names, f.Name)
		}
	})
	return names
}
