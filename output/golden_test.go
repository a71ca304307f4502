package output

import (
	"flag"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden requires got to be what the file of that name in testdata holds.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.WriteFile(file, got, 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), string(got))
}

func TestTranscripts(t *testing.T) {
	tests := []struct {
		file string
		make func() Formatter
	}{
		{"story.jsonl", func() Formatter { return NewJSON(Options{Events: true}) }},
		{"story.txt", func() Formatter { return NewText(Options{Events: true}) }},
		{"story_color.txt", func() Formatter { return NewText(Options{Events: true, Color: true}) }},
		{"detail.txt", func() Formatter { return NewDetail(Options{Events: true}) }},
		{"detail_hex.txt", func() Formatter { return NewDetail(Options{Events: true, Hex: true}) }},
		{"detail_color.txt", func() Formatter { return NewDetail(Options{Events: true, Color: true}) }},
	}
	for _, test := range tests {
		t.Run(test.file, func(t *testing.T) {
			var got []byte
			f := test.make()
			for _, r := range story(t) {
				// Each by a new formatter: what it prints must not depend on
				// what it printed before.
				one := test.make().Append(nil, r)
				require.Equal(t, string(one), string(f.Append(nil, r)))
				got = append(got, one...)
			}
			golden(t, test.file, got)
		})
	}
}

func TestTableTranscripts(t *testing.T) {
	for file, opts := range map[string]Options{
		"table.txt":           {Events: true},
		"table_80.txt":        {Events: true, Width: 80},
		"table_120.txt":       {Events: true, Width: 120},
		"table_160.txt":       {Events: true, Width: 160},
		"table_160_color.txt": {Events: true, Width: 160, Color: true},
		"table_wrap.txt":      {Events: true, Width: 80, Wrap: true},
		"table_all.txt":       {Events: true, Width: 80, NoFold: true},
	} {
		t.Run(file, func(t *testing.T) { golden(t, file, tabled(opts, story(t))) })
	}
}

// Workers print side by side; none may disturb another.
func TestFormattersSideBySide(t *testing.T) {
	opts := Options{Events: true, Width: 120, Color: true}
	makers := []func() Formatter{
		func() Formatter { return NewJSON(opts) }, func() Formatter { return NewText(opts) },
		func() Formatter { return NewTable(opts) }, func() Formatter { return NewDetail(opts) },
	}
	records := story(t)
	for _, newFormatter := range makers {
		var want []byte
		for _, r := range records {
			want = newFormatter().Append(want, r)
		}
		got := make([][]byte, 4)
		var group sync.WaitGroup
		for i := range got {
			group.Go(func() {
				f := newFormatter()
				for _, r := range records {
					got[i] = f.Append(got[i], r)
				}
			})
		}
		group.Wait()
		for i := range got {
			require.Equal(t, string(want), string(got[i]))
		}
	}
}
