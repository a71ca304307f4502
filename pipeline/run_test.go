package pipeline_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/pipeline"
	"ctiscope/session"
)

// lineStage prints a short line for every record.
type lineStage struct{}

func (lineStage) Append(dst []byte, r *session.Record) []byte {
	if r.Kind != session.Message {
		return fmt.Appendf(dst, "%d %d %s\n", r.Mark.Number, r.Info.ID, r.Kind)
	}
	return fmt.Appendf(dst, "%d %d %s %s %d %d\n", r.Mark.Number, r.Info.ID, r.From, r.Message.Name(), len(r.Message.Fields), r.Message.Version)
}

func run(t *testing.T, files []string, w io.Writer, o pipeline.Options) (*pipeline.Result, error) {
	src, err := capture.Open(files, capture.Options{})
	require.NoError(t, err)
	defer src.Close()
	o.Taps = []pipeline.Tap{lines(w, 0)}
	return pipeline.Run(context.Background(), src, o)
}

// lines is the Tap of lineStage.
func lines(w io.Writer, limit int64) *pipeline.Print {
	return pipeline.NewPrint(w, limit, func() pipeline.Formatter { return lineStage{} })
}

// runTaps runs uses over files.
func runTaps(t testing.TB, files []string, o pipeline.Options, taps ...pipeline.Tap) (*pipeline.Result, error) {
	src, err := capture.Open(files, capture.Options{})
	require.NoError(t, err)
	defer src.Close()
	o.Taps = taps
	return pipeline.Run(context.Background(), src, o)
}

func vectors(t *testing.T) []string {
	files, err := filepath.Glob("../testdata/vectors/*.pcap")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	return files
}

func TestSameOutputForAnyNumberOfWorkers(t *testing.T) {
	for _, file := range vectors(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			var want bytes.Buffer
			_, err := run(t, []string{file}, &want, pipeline.Options{Workers: 1})
			require.NoError(t, err)
			require.NotZero(t, want.Len())
			for _, workers := range []int{2, 3, 11} {
				var got bytes.Buffer
				_, err := run(t, []string{file}, &got, pipeline.Options{Workers: workers})
				require.NoError(t, err)
				require.Equal(t, want.String(), got.String(), "%d workers", workers)
			}
		})
	}
}

func TestOrderOfTheCapture(t *testing.T) {
	for _, file := range vectors(t) {
		var out bytes.Buffer
		_, err := run(t, []string{file}, &out, pipeline.Options{Workers: 2})
		require.NoError(t, err)
		last := 0
		for line := range bytes.Lines(out.Bytes()) {
			var number int
			_, err := fmt.Sscan(string(line), &number)
			require.NoError(t, err)
			require.GreaterOrEqual(t, number, last, "%s: %s", file, line)
			last = number
		}
	}
}

func TestLimit(t *testing.T) {
	for _, workers := range []int{1, 2} {
		var out bytes.Buffer
		p := lines(&out, 7)
		r, err := runTaps(t, vectors(t)[:1], pipeline.Options{Workers: workers}, p)
		require.NoError(t, err)
		require.Equal(t, 7, bytes.Count(out.Bytes(), []byte("\n")))
		require.EqualValues(t, 7, p.Records)
		require.NotNil(t, r)
	}
}

type brokenWriter struct{ err error }

func (w brokenWriter) Write([]byte) (int, error) { return 0, w.err }

func TestWriteError(t *testing.T) {
	broken := errors.New("disk full")
	for _, workers := range []int{1, 2} {
		p := lines(brokenWriter{broken}, 0)
		_, err := runTaps(t, vectors(t), pipeline.Options{Workers: workers}, p)
		require.Zero(t, p.Records, "nothing was written")
		var we *pipeline.WriteError
		require.ErrorAs(t, err, &we)
		require.ErrorIs(t, err, broken)
	}
}

func TestEndsWithItsContext(t *testing.T) {
	src, err := capture.Open(vectors(t), capture.Options{})
	require.NoError(t, err)
	defer src.Close()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r, err := pipeline.Run(ctx, src, pipeline.Options{Taps: []pipeline.Tap{lines(io.Discard, 0)}})
	require.NoError(t, err)
	require.True(t, r.Stopped)
	require.Zero(t, r.Packets)
}

func TestCounts(t *testing.T) {
	r, err := run(t, []string{"../testdata/vectors/v15-plain.pcap"}, io.Discard, pipeline.Options{Workers: 2})
	require.NoError(t, err)
	require.EqualValues(t, 228, r.Session.Messages)
	require.EqualValues(t, 157, r.Packets)
	require.Zero(t, r.Session.Resyncs)
	require.Zero(t, r.Session.Errors)
}
