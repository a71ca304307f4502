package main

import (
	"bytes"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// printed runs a command line and returns what it prints.
func printed(t *testing.T, args ...string) string {
	t.Helper()
	var out, said bytes.Buffer
	require.Contains(t, []int{statusOK, statusCut}, run(args, nil, &out, &said), said.String())
	return out.String()
}

// more is what a row stands for beside its own message.
var more = regexp.MustCompile(`^ [<>] [A-Z_0-9]+(?: \d+)? \+(\d+|[A-Z_]+)`)

// TestNoMessageWithoutARow counts the messages of tables: a row each, one more for
// "+CONF", n more for "+n". Of a day it has less than half as many rows as messages.
func TestNoMessageWithoutARow(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"day-v09", "day-v15", "day-v24", "lossy", "midstream", "cut", "snaplen"} {
		file := filepath.Join("..", "..", "testdata", "pcap", name+".pcap")
		want := strings.Count(printed(t, "decode", "-q", "-o", "text", file), "\n")
		for _, width := range []string{"0", "80", "120", "160"} {
			rows, messages := 0, 0
			for line := range strings.Lines(printed(t, "decode", "-q", "-o", "table", "--width", width, file)) {
				cells := strings.Split(line, "│")
				last := cells[len(cells)-1]
				if len(cells) < 4 || !strings.HasPrefix(last, " <") && !strings.HasPrefix(last, " >") {
					continue
				}
				rows++
				messages++
				if m := more.FindStringSubmatch(last); m != nil {
					n, err := strconv.Atoi(m[1])
					if err != nil {
						n = 1 // an answer
					}
					messages += n
				}
			}
			require.Equal(t, want, messages, "%s at %s", name, width)
			if strings.HasPrefix(name, "day") {
				require.Less(t, rows, want/2, "%s at %s", name, width)
			}
		}
		all := printed(t, "decode", "-q", "-o", "table", "--no-fold", file)
		require.Equal(t, want, len(regexp.MustCompile(`(?m)│ [<>] [A-Z]`).FindAllString(all, -1)), name)
	}
}
