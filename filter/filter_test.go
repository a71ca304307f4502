package filter

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/reassembly"
	"ctiscope/session"
)

// record is a message of type 30 from the server in session 7, at 1000 s.
func record(change func(*session.Record)) *session.Record {
	r := &session.Record{
		Kind:    session.Message,
		Mark:    reassembly.Mark{Number: 1, Time: 1000e9},
		Info:    &session.Info{ID: 7},
		From:    schema.Server,
		Message: &decode.Message{Type: 30},
	}
	if change != nil {
		change(r)
	}
	return r
}

func at(seconds int64) time.Time { return time.Unix(seconds, 0) }

func TestMatch(t *testing.T) {
	gap := func(r *session.Record) { r.Kind, r.Message = session.GapEvent, nil }
	cases := []struct {
		name    string
		options Options
		change  func(*session.Record)
		want    bool
	}{
		{name: "nothing asked", want: true},
		{name: "type", options: Options{Types: []uint32{29, 30}}, want: true},
		{name: "other type", options: Options{Types: []uint32{29, 31}}},
		{
			name:    "type above the tables",
			options: Options{Types: []uint32{70000}},
			change:  func(r *session.Record) { r.Message.Type = 70000 },
			want:    true,
		},
		{
			name:    "other type above the tables",
			options: Options{Types: []uint32{70000}},
			change:  func(r *session.Record) { r.Message.Type = 70001 },
		},
		{name: "session", options: Options{Sessions: []Span{{1, 2}, {6, 8}}}, want: true},
		{name: "other session", options: Options{Sessions: []Span{{1, 6}, {8, 9}}}},
		{name: "server", options: Options{From: schema.Server}, want: true},
		{name: "client", options: Options{From: schema.Client}},
		{
			name:    "sender not known",
			options: Options{From: schema.Client},
			change:  func(r *session.Record) { r.From = schema.Unknown },
		},
		{name: "since the very moment", options: Options{Since: at(1000)}, want: true},
		{name: "since later", options: Options{Since: at(1000).Add(1)}},
		{name: "until the very moment", options: Options{Until: at(1000)}, want: true},
		{name: "until earlier", options: Options{Until: at(1000).Add(-1)}},
		{name: "event not asked for", change: gap},
		{name: "event", options: Options{Events: true}, change: gap, want: true},
		{name: "event beside a type", options: Options{Events: true, Types: []uint32{1}}, change: gap, want: true},
		{name: "event of the other side", options: Options{Events: true, From: schema.Client}, change: gap},
		{name: "event of another session", options: Options{Events: true, Sessions: []Span{{1, 1}}}, change: gap},
		{
			name:    "event of no session",
			options: Options{Events: true, Sessions: []Span{{1, 9}}},
			change:  func(r *session.Record) { gap(r); r.Info = nil },
		},
		{
			name:    "event of no side",
			options: Options{Events: true, From: schema.Client},
			change:  func(r *session.Record) { gap(r); r.From = schema.Unknown },
			want:    true,
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, New(c.options).Match(record(c.change)))
		})
	}
}

func TestMatchAllocatesNothing(t *testing.T) {
	f := New(Options{
		Types: []uint32{1, 30, 70000}, Sessions: []Span{{1, 3}, {5, 9}}, From: schema.Server,
		Since: at(1), Until: at(2000), Events: true,
	})
	r := record(nil)
	large := record(func(r *session.Record) { r.Message.Type = 70000 })
	require.Zero(t, testing.AllocsPerRun(100, func() {
		if !f.Match(r) || !f.Match(large) {
			t.Fatal("no match")
		}
	}))
}

func BenchmarkMatch(b *testing.B) {
	f := New(Options{Types: []uint32{1, 30}, Sessions: []Span{{1, 3}, {5, 9}}, From: schema.Server})
	r := record(nil)
	b.ReportAllocs()
	for b.Loop() {
		f.Match(r)
	}
}
