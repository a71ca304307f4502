package output

import (
	"strings"
	"testing"

	"ctiscope/decode/schema"
	"ctiscope/text"

	"github.com/stretchr/testify/require"
)

// tableLines prints the story as a table and returns its lines.
func tableLines(t *testing.T, opts Options) []string {
	t.Helper()
	opts.Events = true
	table := NewTable(opts)
	out := table.AppendHeader(nil)
	for _, r := range story(t) {
		out = table.Append(out, r)
	}
	return strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
}

func TestTableFitsTheTerminal(t *testing.T) {
	for _, width := range []int{80, 99, 100, 120, 149, 150, 160, 200, 300} {
		for i, l := range tableLines(t, Options{Width: width}) {
			require.Equal(t, width, text.Width(l), "width %d, line %d: %s", width, i, l)
			requireClean(t, []byte(l))
		}
	}
}

// A terminal that is too narrow for the table gets the narrowest one.
func TestTableHasALeastWidth(t *testing.T) {
	require.Equal(t, tableLines(t, Options{Width: 1}), tableLines(t, Options{Width: 60}))
}

func TestTableCutsNothingWithoutTerminal(t *testing.T) {
	long := strings.Repeat("word ", 500)
	r := record(t, "USER_MESSAGE_REQ", 24, num("InvokeID", schema.None32), str("Text", long))
	r.Info.ClientID = strings.Repeat("desk", 30)
	r.Info.AString = "[2001:db8:1111:2222:3333:4444:5555:6666]:50003"
	out := string(NewTable(Options{}).Append(nil, r))
	require.Contains(t, out, long)
	require.Contains(t, out, "4294967295")
	var route strings.Builder
	for _, l := range strings.Split(out, "\n") {
		if cells := strings.Split(l, "│"); len(cells) > 2 {
			route.WriteString(strings.TrimSpace(cells[2]))
		}
	}
	require.Contains(t, route.String(), r.Info.ClientID)
	require.Contains(t, route.String(), r.Info.AString)
	for _, l := range tableLines(t, Options{}) {
		require.NotContains(t, l, "…")
	}
}

func TestTableRowsStandAlone(t *testing.T) {
	records := story(t)
	opts := Options{Width: 120, Events: true}
	one, two := NewTable(opts), NewTable(opts)
	for i := range records {
		// The other worker has printed other rows before.
		require.Equal(t, string(one.Append(nil, records[i])), string(NewTable(opts).Append(nil, records[i])))
		two.Append(nil, records[len(records)-1-i])
	}
	require.Equal(t, string(one.Append(nil, records[0])), string(two.Append(nil, records[0])))
	require.Equal(t, string(one.AppendHeader(nil)), string(two.AppendHeader(nil)))
}

func TestWrap(t *testing.T) {
	tests := []struct {
		text  string
		width int
		most  int
		want  []string
	}{
		{"short", 10, 0, []string{"short"}},
		{"", 10, 3, []string{""}},
		{"one two three", 7, 0, []string{"one two", "three"}},
		{"one two three", 8, 0, []string{"one two", "three"}},
		{"abcdefghij", 4, 0, []string{"abcd", "efgh", "ij"}},
		{"one two three four", 7, 2, []string{"one two", "three …"}},
		{"a bcdefghijklmnop", 8, 0, []string{"a bcdefg", "hijklmno", "p"}},
		{"東京都渋谷区", 5, 0, []string{"東京", "都渋", "谷区"}},
		{"東京都渋谷区", 5, 1, []string{"東京…"}},
	}
	for _, test := range tests {
		require.Equal(t, test.want, text.AppendWrapped(nil, test.text, test.width, test.most), test.text)
	}
}

func BenchmarkTable(b *testing.B) {
	table := NewTable(Options{Width: 160})
	r := delivered(b)
	dst := table.Append(nil, r)
	b.ReportAllocs()
	for b.Loop() {
		dst = table.Append(dst[:0], r)
	}
}
