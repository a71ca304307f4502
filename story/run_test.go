package story_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/pipeline"
	"ctiscope/story"
)

const all = story.Sessions | story.Requests | story.Agents | story.UserMessages | story.Calls | story.CallEvents

// tell runs the story over a capture and returns its lines.
func tell(t testing.TB, file []byte, workers int, o story.Options) string {
	src, err := capture.Open([]string{"-"}, capture.Options{Stdin: bytes.NewReader(file)})
	require.NoError(t, err)
	defer src.Close()
	var out []byte
	w := story.NewWriter(nil)
	o.Emit = func(thing story.Thing) error {
		out = w.AppendJSON(out, thing)
		return nil
	}
	run := pipeline.Options{Workers: workers, Taps: []pipeline.Tap{story.New(o)}}
	run.Reassembly.Facts = true
	_, err = pipeline.Run(context.Background(), src, run)
	if err != nil { // a file that is cut is told as far as it goes
		require.NotErrorIs(t, err, story.ErrSpool)
	}
	return string(out)
}

func sample(t testing.TB, name ...string) []byte {
	b, err := os.ReadFile(filepath.Join(append([]string{"..", "testdata"}, name...)...))
	require.NoError(t, err)
	return b
}

func samples(t testing.TB) []string {
	var all []string
	for _, folder := range []string{"pcap", "vectors", "cases"} {
		files, err := filepath.Glob("../testdata/" + folder + "/*.pcap*")
		require.NoError(t, err)
		require.NotEmpty(t, files)
		all = append(all, files...)
	}
	return all
}

func TestSameLinesForAnyNumberOfWorkers(t *testing.T) {
	t.Parallel()
	for _, path := range samples(t) {
		file, err := os.ReadFile(path)
		require.NoError(t, err)
		want := tell(t, file, 1, story.Options{Kinds: all})
		if filepath.Base(filepath.Dir(path)) == "pcap" {
			require.NotEmpty(t, want, path)
		}
		require.Equal(t, want, tell(t, file, 3, story.Options{Kinds: all}), path)
		spooled := story.Options{Kinds: all, Limits: story.Limits{Memory: 1 << 12}, SpoolDir: t.TempDir()}
		require.Equal(t, want, tell(t, file, 1, spooled), "%s, with a spool", path)
		left, err := os.ReadDir(spooled.SpoolDir)
		require.NoError(t, err)
		require.Empty(t, left)
	}
}

func TestSpoolIsBounded(t *testing.T) {
	src, err := capture.Open([]string{"../testdata/pcap/day-v15.pcap"}, capture.Options{})
	require.NoError(t, err)
	defer src.Close()
	o := story.Options{Kinds: all, Limits: story.Limits{Memory: 1 << 12, Spool: 1 << 13}, SpoolDir: t.TempDir(), Emit: func(story.Thing) error { return nil }}
	_, err = pipeline.Run(context.Background(), src, pipeline.Options{Taps: []pipeline.Tap{story.New(o)}})
	require.ErrorIs(t, err, story.ErrSpool)
}

func TestLiveTellsTheSame(t *testing.T) {
	file := sample(t, "pcap", "day-v15.pcap")
	sorted := func(o story.Options) []string { return strings.Split(tell(t, file, 1, o), "\n") }
	require.ElementsMatch(t, sorted(story.Options{Kinds: all}), sorted(story.Options{Kinds: all, Live: true}))
}

// FuzzStory reads captures that are changed at random.
func FuzzStory(f *testing.F) {
	f.Add(sample(f, "cases", "micro4.pcap"))
	f.Add(sample(f, "cases", "misc-v15.pcap"))
	f.Add(sample(f, "cases", "misc-v24.pcap"))
	f.Fuzz(func(t *testing.T, file []byte) {
		src, err := capture.Open([]string{"-"}, capture.Options{Stdin: bytes.NewReader(file)})
		if err != nil {
			return
		}
		defer src.Close()
		w := story.NewWriter(nil)
		o := story.Options{Kinds: all, SpoolDir: t.TempDir(), Emit: func(thing story.Thing) error {
			if !json.Valid(w.AppendJSON(nil, thing)) {
				return errors.New("no JSON")
			}
			return nil
		}}
		run := pipeline.Options{Workers: 1, Taps: []pipeline.Tap{story.New(o)}}
		run.Reassembly.Facts = true
		if _, err = pipeline.Run(context.Background(), src, run); err != nil {
			require.NotContains(t, err.Error(), "no JSON")
		}
	})
}
