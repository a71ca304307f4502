package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"ctiscope/filter"
)

// newRoot builds the command tree.
func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "ctiscope",
		Short: "Read Cisco CTI Server traffic (GED-188) out of captures",
		Long: `ctiscope finds the CTI sessions in captured packets, puts their streams together and
prints every message with its fields by name, for protocol versions 5 to 25.`,
		Example: `  ctiscope decode capture.pcapng              every message, one line each
  ctiscope decode -o detail capture.pcapng    every field of every message
  ctiscope messages AGENT_STATE_EVENT         what a message holds`,
		Version:       version,
		Args:          cobra.ArbitraryArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          a.runRoot,
	}
	root.CompletionOptions.HiddenDefaultCmd = false
	root.SetVersionTemplate("ctiscope {{.Version}}\n")
	root.SetFlagErrorFunc(flagError)
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) { a.failed = a.print(helpText(cmd)) })
	root.AddCommand(
		newDecode(a),
		newStats(a),
		newLive(a),
		newInterfaces(a),
		newMessages(a),
		newMan(a),
		newVersion(a),
	)
	root.AddCommand(newStoryCommands(a)...)
	root.InitDefaultCompletionCmd()
	root.SetHelpCommand(newHelp(a))
	root.InitDefaultHelpCmd()
	return root
}

// runRoot is reached when the first argument is no command.
func (a *app) runRoot(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		fmt.Fprint(a.stderr, helpText(cmd))
		return exit{statusError}
	}
	return unknownCommand(cmd.Root(), args[0])
}

// flagError adds to an error about options what may have been meant.
func flagError(cmd *cobra.Command, err error) error {
	name, ok := unknownFlag(err)
	if err = inWords(err); hintFor(err) != "" {
		return err
	}
	if hint := reserved[name]; ok && hint != "" {
		return withHint(err, "%s", hint)
	}
	if !ok {
		return withHint(err, "see %s --help", cmd.CommandPath())
	}
	var near []string
	for _, n := range filter.Nearest(name, flagNames(cmd)) {
		near = append(near, "--"+n)
	}
	if len(near) == 0 {
		return withHint(err, "see %s --help", cmd.CommandPath())
	}
	return withHint(err, "did you mean %s? See %s --help", orList(near), cmd.CommandPath())
}

// reserved are letters that mean the same in every command that has them, and
// what to say where a command has not (docs/cli.md).
var reserved = map[string]string{
	"w": "-w FILE writes packets, in live; the number of goroutines is --workers N",
	"r": "-r FILE names a capture to read, in decode and stats",
	"c": "-c N stops after N packets, in decode, stats and live",
	"n": "-n N stops after N printed records, in decode and live; -c N after N packets",
	"Y": "-Y is kept for a filter language to come; -t, -s, -f, --since and --until choose messages",
	"O": "-O is kept for the target of commands that write files; redirect standard output",
}

// orList joins names as "a, b or c".
func orList(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// noArgs refuses arguments.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return withHint(fmt.Errorf("%s takes no arguments, got %q", cmd.CommandPath(), args[0]), "see %s --help", cmd.CommandPath())
	}
	return nil
}

// oneOf tells whether name is among the choices.
func oneOf(name string, choices ...string) bool { return slices.Contains(choices, name) }
