package main

import (
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/stretchr/testify/require"
)

// settled reads docs/cli.md: the rows of the tables below a heading, each as
// its cells without backquotes.
func settled(t *testing.T, heading string) [][]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "cli.md"))
	require.NoError(t, err)
	_, section, found := strings.Cut(string(text), "\n## "+heading+"\n")
	require.True(t, found, heading)
	section, _, _ = strings.Cut(section, "\n## ")
	var rows [][]string
	for line := range strings.Lines(section) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) < 2 || strings.HasPrefix(cells[0], " ---") || strings.HasPrefix(line, "| letter") || strings.HasPrefix(line, "| word") || strings.HasPrefix(line, "| status") {
			continue
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(strings.ReplaceAll(cells[i], "`", ""))
		}
		rows = append(rows, cells)
	}
	require.NotEmpty(t, rows)
	return rows
}

// commands returns all commands of the tree that the project defines.
func commands(t *testing.T) []*cobra.Command {
	t.Helper()
	root := newRoot(&app{stdin: strings.NewReader(""), stdout: io.Discard, stderr: io.Discard, getenv: func(string) string { return "" }})
	list := []*cobra.Command{root}
	for _, c := range root.Commands() {
		if c.Name() != "help" && c.Name() != "completion" {
			list = append(list, c)
		}
	}
	return list
}

// TestLettersAreSettled holds the letters of all commands against docs/cli.md:
// one meaning each, none that is not listed, none listed that is not there.
func TestLettersAreSettled(t *testing.T) {
	type use struct{ option, commands string }
	users := make(map[string][]string) // letter and option -> commands
	for _, c := range commands(t) {
		c.InitDefaultHelpFlag()
		c.InitDefaultVersionFlag()
		c.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if f.Shorthand != "" && f.Shorthand != "h" {
				key := f.Shorthand + " " + f.Name
				users[key] = append(users[key], c.Name())
			}
		})
	}
	got := make(map[string]use)
	for key, names := range users {
		letter, option, _ := strings.Cut(key, " ")
		require.NotContains(t, got, letter, "-%s means --%s and --%s", letter, option, got[letter].option)
		got[letter] = use{option, strings.Join(slices.Sorted(slices.Values(names)), ", ")}
	}
	want, kept := make(map[string]use), make(map[string]bool)
	for _, row := range settled(t, "Letters") {
		letter := strings.TrimPrefix(row[0], "-")
		option, _, _ := strings.Cut(strings.TrimPrefix(row[1], "--"), " ")
		switch {
		case len(row) == 3:
			kept[letter] = true
			require.Contains(t, reserved, letter, "no hint says that -%s is kept", letter)
		case letter != "h":
			want[letter] = use{option, row[3]}
		}
	}
	require.Equal(t, want, got)
	for letter := range kept {
		require.NotContains(t, got, letter)
	}
}

// TestFormatsAreSettled holds the words of -o against docs/cli.md.
func TestFormatsAreSettled(t *testing.T) {
	got := make(map[string][]string)
	for _, c := range commands(t) {
		flag := c.Flags().Lookup("output")
		if flag == nil {
			continue
		}
		for _, word := range flag.Value.(*choice).words {
			got[word] = append(got[word], c.Name())
			require.NoError(t, flag.Value.Set(strings.ToUpper(word)), "%s in capitals", word)
			require.Equal(t, word, flag.Value.String())
		}
	}
	for _, row := range settled(t, "Formats") {
		word, _, _ := strings.Cut(row[0], ",")
		want := "none yet"
		if names := got[word]; len(names) > 0 {
			want = strings.Join(slices.Sorted(slices.Values(names)), ", ")
		}
		require.Equal(t, want, row[2], word)
		delete(got, word)
	}
	require.Empty(t, slices.Collect(maps.Keys(got)), "formats that docs/cli.md does not list")
}

// TestStatusesAreSettled holds the exit statuses against docs/cli.md, and the
// one of every combination of endings against the order that stands there.
func TestStatusesAreSettled(t *testing.T) {
	var listed []int
	for _, row := range settled(t, "Exit statuses") {
		n, err := strconv.Atoi(row[0])
		require.NoError(t, err)
		listed = append(listed, n)
	}
	for _, s := range statusHelp {
		require.Contains(t, listed, s.status)
	}
	require.Len(t, listed, len(statusHelp)+1, "all of them, and 5, which no command gives yet")
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "cli.md"))
	require.NoError(t, err)
	_, order, found := strings.Cut(string(text), "the first of ")
	require.True(t, found)
	order, _, _ = strings.Cut(order, " is given")
	for bits := range 1 << 5 {
		e := ending{interrupted: bits&1 != 0, failed: bits&2 != 0, malformed: bits&4 != 0, cut: bits&8 != 0, empty: bits&16 != 0}
		applies := map[string]bool{"130": e.interrupted, "2": e.failed, "3": e.malformed, "4": e.cut, "1": e.empty, "0": true}
		want := ""
		for _, status := range strings.Split(order, ", ") {
			if applies[status] {
				want = status
				break
			}
		}
		got := 0
		if err := e.status(); err != nil {
			got = err.(exit).status
		}
		require.Equal(t, want, strconv.Itoa(got), "%+v", e)
	}
}
