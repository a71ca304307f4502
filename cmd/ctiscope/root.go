package main

import (
	"fmt"
	"os"
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
	root.InitDefaultCompletionCmd()
	root.InitDefaultHelpCmd()
	return root
}

// runRoot is reached when the first argument is no command.
func (a *app) runRoot(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		fmt.Fprint(a.stderr, helpText(cmd))
		return exit{statusError}
	}
	err := fmt.Errorf("unknown command %q", args[0])
	if _, statErr := os.Stat(args[0]); statErr == nil {
		return withHint(err, "to read a capture: ctiscope decode %s", args[0])
	}
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	if near := filter.Nearest(args[0], names); len(near) > 0 {
		return withHint(err, "did you mean %s?", orList(near))
	}
	return withHint(err, "the commands are %s", strings.Join(names, ", "))
}

// flagError adds to an error about options what may have been meant.
func flagError(cmd *cobra.Command, err error) error {
	name, ok := unknownFlag(err)
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

// orList joins names as "a, b or c".
func orList(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// minArgs refuses fewer arguments than a command needs.
func minArgs(n int, want, hint string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < n {
			return withHint(fmt.Errorf("%s needs %s", cmd.CommandPath(), want), "%s", hint)
		}
		return nil
	}
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
