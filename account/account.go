// Package account holds what a run did, as data: what was read, what of it was
// CTI, what is missing, what was wrong, and what was dropped because of
// limits. Package output words it for people.
//
// The package imports the packages whose counts it gathers.
package account

import (
	"time"

	"ctiscope/capture"
	"ctiscope/capture/live"
	"ctiscope/capture/record"
	"ctiscope/decode"
	"ctiscope/network"
	"ctiscope/pipeline"
	"ctiscope/reassembly"
)

// version is the version of the JSON account; docs/json.md tells its
// keys.
const version = 1

// Account is what a run did. Its JSON is a public interface (docs/json.md).
type Account struct {
	V       int    `json:"v"`
	Packets int64  `json:"packets"`
	Bytes   int64  `json:"bytes"`
	First   string `json:"first,omitempty"`
	Last    string `json:"last,omitempty"`
	// Stopped tells that a limit or a signal ended the run.
	Stopped        bool                `json:"stopped"`
	Network        Network             `json:"network"`
	TCP            reassembly.Counters `json:"tcp"`
	NotCTI         int64               `json:"not_cti"` // TCP segments of other connections
	Sessions       int64               `json:"sessions"`
	TLS            int64               `json:"tls_sessions"`
	Messages       int64               `json:"messages"`
	MessageBytes   int64               `json:"message_bytes"`
	Selected       int64               `json:"selected"`
	Malformed      int64               `json:"malformed"`
	UnknownTypes   int64               `json:"unknown_types"`
	UnknownTags    int64               `json:"unknown_tags"`
	Gaps           int64               `json:"gaps"`
	GapBytes       int64               `json:"gap_bytes"`
	Resyncs        int64               `json:"resyncs"`
	SkippedBytes   int64               `json:"skipped_bytes"`
	Unfinished     int64               `json:"unfinished"`
	Silent         int64               `json:"silent_connections"`
	Midstream      int64               `json:"-"`
	Recognized     int64               `json:"-"`
	Neighbors      int64               `json:"-"`
	EvictedStreams int64               `json:"evicted_streams"`
	EvictedBytes   int64               `json:"evicted_bytes"`
	Problems       map[string]int64    `json:"problems"`
	Interfaces     []Interface         `json:"interfaces"`
	Live           *Live               `json:"live,omitempty"`
	Recorded       *Recorded           `json:"recorded,omitempty"`
	Warnings       []string            `json:"warnings,omitempty"`

	// TunnelCounts and UnknownCounts are Network's, the most frequent first.
	TunnelCounts, UnknownCounts []network.Count `json:"-"`
}

// Interface is where packets came from, and what was lost there.
type Interface struct {
	Name    string `json:"name,omitempty"`
	File    string `json:"file,omitempty"`
	Dropped int64  `json:"dropped"`
}

// Live is what live capture lost in this program, and how full things
// were.
type Live struct {
	Received     uint64 `json:"received"`
	QueueDropped uint64 `json:"queue_dropped"`
	RingFull     uint64 `json:"ring_full"` // how often
}

// Recorded is what was kept in files.
type Recorded struct {
	Packets      int64 `json:"packets"`
	Bytes        int64 `json:"bytes"`
	Files        int64 `json:"files"`
	Removed      int64 `json:"removed"`
	Unwritten    int64 `json:"unwritten"`
	QueueDropped int64 `json:"queue_dropped"`
}

// NewRecorded takes over what a recorder counted.
func NewRecorded(s record.Stats) *Recorded {
	return &Recorded{s.Packets, s.Bytes, s.Files, s.Removed, s.Unwritten, s.QueueDropped}
}

// warner is a capture.Source that noticed something worth telling.
type warner interface{ Warnings() []string }

// Run is what an Account is made of.
type Run struct {
	Source capture.Source
	Result *pipeline.Result
	// Selected counts the records that were selected.
	Selected int64
	// Recorded is what was kept in files, nil if nothing was to be.
	Recorded *record.Stats
}

// New gathers what a run did.
func New(run Run) *Account {
	r, src := run.Result, run.Source
	var net network.Counters
	if r.Network != nil { // nothing was decoded otherwise
		net = r.Network.Counters()
	}
	s := &r.Session
	c := &Account{
		V: version, Packets: r.Packets, Bytes: r.Bytes, Stopped: r.Stopped,
		Network: newNetwork(net), TCP: r.Reassembly, TunnelCounts: net.Tunnels, UnknownCounts: net.Unknowns,
		NotCTI:   r.Reassembly.Segments - r.Reassembly.SessionSegments,
		Sessions: s.Sessions, TLS: s.TLS, Midstream: s.Midstream, Recognized: s.Recognized,
		Silent: max(r.Reassembly.Connections-s.Sessions-r.Reassembly.Refused, 0), Neighbors: s.Neighbors,
		Messages: s.Messages, MessageBytes: s.MessageBytes, Selected: run.Selected, Malformed: s.Errors,
		UnknownTypes: s.Problems[decode.UnknownType], UnknownTags: s.Problems[decode.UnknownTag],
		Gaps: s.Gaps, GapBytes: s.GapBytes, Resyncs: s.Resyncs, SkippedBytes: s.SkippedBytes, Unfinished: s.Unfinished,
		EvictedStreams: s.EvictedStreams, EvictedBytes: s.EvictedBytes,
		Problems: make(map[string]int64), Interfaces: []Interface{},
	}
	if r.Packets > r.Timeless {
		c.First, c.Last = stamp(r.First), stamp(r.Last)
	}
	for code, n := range s.Problems {
		if n > 0 {
			c.Problems[decode.Code(code).String()] = n
		}
	}
	for _, i := range src.Interfaces() {
		c.Interfaces = append(c.Interfaces, Interface{i.Name, i.File, i.Dropped})
	}
	if s, ok := src.(*live.Source); ok {
		st := s.Stats()
		c.Live = &Live{st.Received, st.QueueDropped, st.Frozen}
	}
	if run.Recorded != nil {
		c.Recorded = NewRecorded(*run.Recorded)
	}
	if w, ok := src.(warner); ok {
		c.Warnings = w.Warnings()
	}
	return c
}

// stamp prints a time for people and programs alike, in UTC, to the microsecond
// unless it is finer.
func stamp(ns int64) string {
	form := "2006-01-02T15:04:05.000000Z07:00"
	if ns%1000 != 0 {
		form = "2006-01-02T15:04:05.000000000Z07:00"
	}
	return time.Unix(0, ns).UTC().Format(form)
}
