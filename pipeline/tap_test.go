package pipeline_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/output"
	"ctiscope/pipeline"
	"ctiscope/reassembly"
	"ctiscope/session"
	"ctiscope/statistics"
)

// factTap gives a fact of 64 bytes for each message and keeps, with keep, what
// its sink was told, as lines.
type factTap struct {
	keep    bool
	every   bool // a fact of each record, and two of messages
	told    []string
	last    pipeline.Ref
	reached reassembly.Mark
	marks   []reassembly.Mark // all that were reached
	facts   int
	fail    error // after so many facts
	after   int
	closed  []error
	wrong   string
}

func (f *factTap) Stage() pipeline.Stage { return &factStage{every: f.every} }
func (f *factTap) Sink() pipeline.Sink   { return f }

func (f *factTap) Put(at pipeline.Ref, b []byte) error {
	f.facts++
	if !f.keep {
		return nil
	}
	before := f.last
	switch a, z := at.Mark.Number, before.Mark.Number; {
	case a < z, a == z && at.Session < before.Session, a == z && at.Session == before.Session && at.Seq < before.Seq:
		f.wrong = fmt.Sprintf("%+v after %+v", at, before)
	case a <= f.reached.Number:
		f.wrong = fmt.Sprintf("%+v after %+v was reached", at, f.reached)
	}
	f.last = at
	f.told = append(f.told, fmt.Sprintf("%d %d %d %x", at.Mark.Number, at.Session, at.Seq, b))
	if f.fail != nil && f.facts > f.after {
		return f.fail
	}
	return nil
}

func (f *factTap) Reached(m reassembly.Mark) error {
	if m.Number < f.reached.Number || m.Time < f.reached.Time {
		f.wrong = fmt.Sprintf("%+v reached after %+v", m, f.reached)
	}
	f.reached = m
	if f.keep {
		f.marks = append(f.marks, m)
	}
	return nil
}

func (f *factTap) Close(cause error) error {
	f.closed = append(f.closed, cause)
	return nil
}

type factStage struct {
	every bool
	fact  [64]byte
}

func (s *factStage) Take(r *session.Record, out *pipeline.Out) {
	if r.Kind != session.Message && !s.every {
		return
	}
	binary.BigEndian.PutUint64(s.fact[:], uint64(r.Mark.Time))
	s.fact[8] = byte(r.Kind)
	out.End(append(out.Begin(), s.fact[:]...))
	if s.every && r.Kind == session.Message {
		s.fact[8] = 99
		out.End(append(out.Begin(), s.fact[:9]...))
		out.End(out.Begin()) // no fact
	}
}

func samples(t *testing.T) []string {
	files, err := filepath.Glob("../testdata/pcap/*.pcap")
	require.NoError(t, err)
	return append(files, vectors(t)...)
}

// TestUsesRideOnePass has a run print, tell facts and count at once: each is told
// what it would be alone, in the order of the capture, for any number of workers.
func TestUsesRideOnePass(t *testing.T) {
	for _, file := range samples(t) {
		var alone bytes.Buffer
		_, _ = runTaps(t, []string{file}, pipeline.Options{Workers: 1}, lines(&alone, 0))
		var want []string
		var stats string
		for _, workers := range []int{1, 2, 4} {
			var text bytes.Buffer
			facts := &factTap{keep: true, every: true}
			counts := pipeline.NewCounts(func() statStage { return statStage{statistics.New()} })
			r, _ := runTaps(t, []string{file}, pipeline.Options{Workers: workers}, lines(&text, 0), counts, facts)
			require.Equal(t, alone.String(), text.String(), file)
			require.Empty(t, facts.wrong, file)
			require.Equal(t, []error{nil}, facts.closed)
			require.Equal(t, r.Packets, facts.reached.Number)
			require.GreaterOrEqual(t, facts.reached.Time, r.Last)
			all := statistics.New()
			for _, s := range counts.Stages {
				all.Merge(s.stats)
			}
			if workers == 1 {
				want, stats = facts.told, string(output.AppendStatisticsJSON(nil, all.Report(nil)))
				require.NotEmpty(t, want)
			}
			require.Equal(t, want, facts.told, "%s, %d workers", file, workers)
			require.JSONEq(t, stats, string(output.AppendStatisticsJSON(nil, all.Report(nil))))
		}
	}
}

func TestSinkThatFailsEndsTheRun(t *testing.T) {
	mine := errors.New("the broker is gone")
	for _, workers := range []int{1, 2} {
		failing := &factTap{keep: true, fail: mine, after: 10}
		other := &factTap{keep: true}
		_, err := runTaps(t, vectors(t), pipeline.Options{Workers: workers}, other, failing)
		require.ErrorIs(t, err, mine)
		var we *pipeline.WriteError
		require.NotErrorAs(t, err, &we)
		require.Equal(t, 11, failing.facts)
		require.Equal(t, []error{mine}, failing.closed)
		require.Equal(t, []error{mine}, other.closed)
	}
}

func TestSinkThatHasEnoughEndsTheRunInGoodOrder(t *testing.T) {
	enough, other := &factTap{keep: true, fail: pipeline.ErrEnough}, &factTap{keep: true}
	_, err := runTaps(t, vectors(t), pipeline.Options{}, other, enough)
	require.NoError(t, err)
	require.Equal(t, 1, enough.facts)
	require.Equal(t, []error{nil}, enough.closed)
	require.Empty(t, other.wrong)
}

func TestTooManyTaps(t *testing.T) {
	_, err := runTaps(t, vectors(t)[:1], pipeline.Options{}, make([]pipeline.Tap, 251)...)
	require.ErrorContains(t, err, "251 uses")
}

// TestFactsDoNotAllocate runs a capture once and ten times over: what a fact
// costs in memory does not grow with their number.
func TestFactsDoNotAllocate(t *testing.T) {
	file := "../testdata/pcap/day-v15.pcap"
	run := func(tap pipeline.Tap) float64 {
		return testing.AllocsPerRun(5, func() {
			_, err := runTaps(t, []string{file}, pipeline.Options{Workers: 1}, tap)
			require.NoError(t, err)
		})
	}
	facts := &factTap{}
	without := run(pipeline.NewCounts(func() nothing { return nothing{} }))
	with := run(facts)
	require.Greater(t, facts.facts, 5000)
	require.Less(t, with-without, 100.0, "1146 facts a run: only what grows to its size allocates")
}
