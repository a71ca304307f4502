package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"ctiscope/capture/live"
)

func newInterfaces(a *app) *cobra.Command {
	format := newFormat(formatText, formatJSON)
	cmd := &cobra.Command{
		Use:   "interfaces",
		Short: "List the interfaces that live can capture on",
		Long: `List the network interfaces of this machine with their addresses, and tell which of them this process
may capture on.`,
		Example: `  ctiscope interfaces             names, addresses, state
  ctiscope interfaces -o json     one object a line`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			list, err := live.Interfaces()
			if err != nil {
				return err
			}
			if format.current == formatJSON {
				return printJSON(a, list, interfaceJSON)
			}
			return a.printInterfaces(list)
		},
	}
	g := newGroup("Output")
	formatFlag(g, format, "text or json (one object a line)")
	addGroups(cmd, g)
	completeFlags(cmd)
	return cmd
}

// printInterfaces prints a line for each interface, and on stderr, once each,
// what to do about those that are up and yet cannot be captured.
func (a *app) printInterfaces(list []live.Interface) error {
	name, state := len("NAME"), len("STATE")
	for _, i := range list {
		name, state = max(name, len(i.Name)), max(state, len(interfaceState(i)))
	}
	var text strings.Builder
	line := func(first, second, third string) {
		text.WriteString(strings.TrimRight(fmt.Sprintf("%-*s  %-*s  %s", name, first, state, second, third), " ") + "\n")
	}
	line("NAME", "STATE", "ADDRESSES")
	told := make(map[string]bool)
	for _, i := range list {
		addresses := interfaceAddresses(i)
		if i.Description != "" {
			addresses = append([]string{"(" + i.Description + ")"}, addresses...)
		}
		line(i.Name, interfaceState(i), strings.Join(addresses, " "))
	}
	if err := a.print(text.String()); err != nil {
		return err
	}
	for _, i := range list {
		if i.Up && i.Hint != "" && !told[i.Hint] {
			told[i.Hint] = true
			a.hint(i.Hint)
		}
	}
	return nil
}

func interfaceState(i live.Interface) string {
	state := "up"
	switch {
	case i.Problem != "":
		state = i.Problem
	case !i.Up:
		state = "down"
	case !i.Running:
		state = "no link"
	}
	if i.Loopback {
		state += ", loopback"
	}
	return state
}

func interfaceAddresses(i live.Interface) []string {
	var list []string
	for _, p := range i.Addresses {
		list = append(list, p.String())
	}
	return list
}

// interfaceJSON returns an interface as one line of JSON.
func interfaceJSON(i live.Interface) ([]byte, error) {
	return json.Marshal(struct {
		V           int      `json:"v"`
		Name        string   `json:"name"`
		Description string   `json:"description,omitempty"`
		Addresses   []string `json:"addresses,omitempty"`
		Up          bool     `json:"up"`
		Running     bool     `json:"running"`
		Loopback    bool     `json:"loopback"`
		LinkType    int      `json:"link_type"`
		Problem     string   `json:"problem,omitempty"`
		Hint        string   `json:"hint,omitempty"`
	}{1, i.Name, i.Description, interfaceAddresses(i), i.Up, i.Running, i.Loopback, int(i.Link), i.Problem, i.Hint})
}

// completeInterfaces offers the names of interfaces to the shell.
func completeInterfaces(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	list, err := live.Interfaces()
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	var names []string
	for _, i := range list {
		names = append(names, i.Name+"\t"+strings.Join(interfaceAddresses(i), " "))
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}
