package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"ctiscope/decode/schema"
	"ctiscope/filter"
)

// completer offers the shell what may stand at a place of the command line: words, each
// with a tab and a description if there is one.
type completer = cobra.CompletionFunc

// isCompletion tells whether a shell asks what may come next.
func isCompletion(args []string) bool {
	return len(args) > 0 && oneOf(args[0], cobra.ShellCompRequestCmd, cobra.ShellCompNoDescRequestCmd)
}

// describePlainly takes the backquotes out of what options say. They mark for help what
// the value is called; shells print descriptions as they are.
func describePlainly(cmd *cobra.Command) {
	cmd.LocalFlags().VisitAll(func(f *pflag.Flag) { f.Usage = strings.ReplaceAll(f.Usage, "`", "") })
	for _, c := range cmd.Commands() {
		describePlainly(c)
	}
}

// completeFlags lets the shell complete the values of a command's options. Where nothing
// is known of a value the shell would offer files: only the options of namesFile want one.
func completeFlags(cmd *cobra.Command) {
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		complete := valueCompleters[f.Name]
		if c, ok := f.Value.(*choice); ok {
			complete = c.complete
		}
		if complete == nil {
			complete = cobra.NoFileCompletions
		}
		if namesFile[f.Name] || f.NoOptDefVal != "" {
			return
		}
		// It fails only for a flag that is not there or already has one.
		_ = cmd.RegisterFlagCompletionFunc(f.Name, complete)
	})
}

// namesFile are the options whose value is a file.
var namesFile = map[string]bool{"read": true, "write": true}

// valueCompleters are what completes the values of options that are no choices.
var valueCompleters = map[string]completer{
	"type":             listOf(completeTypes),
	"interface":        listOf(completeInterfaces),
	"tz":               completeZones,
	"protocol-version": completeVersions,
}

// listOf completes each word of a list with commas: what stands before the last comma
// stays, and what it names already is not offered again.
func listOf(one completer) completer {
	return func(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
		comma := strings.LastIndexByte(typed, ',') + 1
		before := strings.Split(typed[:comma], ",")
		words, directive := one(cmd, args, typed[comma:])
		var offered []string
		for _, word := range words {
			name, _, _ := strings.Cut(word, "\t")
			if !slices.ContainsFunc(before, func(b string) bool { return strings.EqualFold(b, name) }) {
				offered = append(offered, typed[:comma]+word)
			}
		}
		return offered, directive
	}
}

// completeTypes offers the names of messages to the shell.
func completeTypes(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var names []string
	for _, m := range schema.CCE().Messages() {
		names = append(names, described(m.Name, m.Purpose))
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// completeZones offers time zones: first the regions and the zones of none, then the
// zones of the region, since all six hundred are too many to look at.
func completeZones(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	region, _, inside := strings.Cut(typed, "/")
	names := []string{described("Local", "the zone of this machine")}
	for _, zone := range filter.Zones() {
		first, _, nested := strings.Cut(zone, "/")
		switch {
		case inside && nested && first == region, !inside && !nested:
			names = append(names, zone)
		case !inside && !slices.Contains(names, first+"/"):
			names = append(names, first+"/")
		}
	}
	if inside {
		return names[1:], cobra.ShellCompDirectiveNoFileComp
	}
	return names, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}

// completeVersions offers the versions of the protocol.
func completeVersions(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var list []string
	known := schema.CCE().Versions()
	for v := known.Min; v <= known.Max; v++ {
		list = append(list, strconv.Itoa(v))
	}
	return list, cobra.ShellCompDirectiveNoFileComp
}

// complete offers what `ctiscope messages` can look up, by what it is told to look up.
func (o *referenceOptions) complete(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	var names []string
	switch {
	case o.tags:
		for _, t := range schema.CCE().Tags() {
			names = append(names, described(t.Const, fmt.Sprintf("tag %d, %s", t.Number, t.Field.Name)))
		}
	case o.values:
		for _, t := range schema.CCE().Tables() {
			names = append(names, described(t.Name, t.Note))
		}
	case o.codes:
		names = knownCodes()
	default:
		return completeTypes(cmd, args, typed)
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// knownCodes returns the numbers of peripheral errors and reasons with their words.
func knownCodes() []string {
	var list []string
	for _, c := range schema.PeripheralErrors() {
		list = append(list, described(strconv.FormatUint(uint64(c.Value), 10), c.Text))
	}
	for _, r := range schema.EventReasons() {
		list = append(list, described(strconv.FormatUint(uint64(r.Value), 10), r.Text))
	}
	return list
}

// described joins a word and its description, which is for one line of a terminal.
func described(word, text string) string {
	if text == "" {
		return word
	}
	return word + "\t" + strings.ReplaceAll(text, "`", "")
}
