package samples

import (
	"bytes"
	"compress/gzip"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/traffic/damage"
	"ctiscope/traffic/judge"
)

var update = flag.Bool("update", false, "write the samples to testdata/pcap")

const folder = "../../testdata/pcap"

// content is what a file holds: compressed files may differ in how they are
// compressed.
func content(t *testing.T, name string, file []byte) []byte {
	if !strings.HasSuffix(name, ".gz") {
		return file
	}
	z, err := gzip.NewReader(bytes.NewReader(file))
	require.NoError(t, err)
	all, err := io.ReadAll(z)
	require.NoError(t, err)
	return all
}

// TestSamples holds the files of testdata/pcap against their recipes, and what
// the tool prints of them against what was sent.
func TestSamples(t *testing.T) {
	for _, s := range Samples {
		t.Run(s.Name, func(t *testing.T) {
			made, c, sent, err := s.Make()
			require.NoError(t, err)
			path := filepath.Join(folder, s.Name)
			if *update {
				require.NoError(t, os.WriteFile(path, made, 0o644))
			}
			file, err := os.ReadFile(path)
			require.NoError(t, err)
			require.True(t, bytes.Equal(content(t, s.Name, made), content(t, s.Name, file)),
				"testdata/pcap/%s is not what its recipe gives; see testdata/README.md", s.Name)
			require.Less(t, len(file), 200_000)

			got, err := judge.Decode(file, judge.Options{})
			if s.cut > 0 {
				var cut *capture.CutError
				require.ErrorAs(t, err, &cut)
				return
			}
			require.NoError(t, err)
			if s.Name == "snaplen.pcap" {
				require.Contains(t, string(got.Text), `"code":"truncated"`)
				return
			}
			require.Empty(t, judge.Compare(c.Truth().Whole(damage.Place(sent)), got.Messages).String())
		})
	}
}

// TestReadmeNamesSamples holds testdata/README.md against the recipes.
func TestReadmeNamesSamples(t *testing.T) {
	text, err := os.ReadFile("../../testdata/README.md")
	require.NoError(t, err)
	files, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Len(t, files, len(Samples), "files without a recipe")
	for _, s := range Samples {
		require.Contains(t, string(text), "| "+s.Name+" | "+s.About+" |")
	}
}
