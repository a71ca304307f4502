package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"ctiscope/capture"
	"ctiscope/capture/live"
	"ctiscope/capture/record"
	"ctiscope/decode"
	"ctiscope/network"
	"ctiscope/pipeline"
	"ctiscope/reassembly"
)

// accountVersion is the version of the JSON account; docs/json.md tells its
// keys.
const accountVersion = 1

// account is what a run did, as --summary json prints it.
type account struct {
	V       int    `json:"v"`
	Packets int64  `json:"packets"`
	Bytes   int64  `json:"bytes"`
	First   string `json:"first,omitempty"`
	Last    string `json:"last,omitempty"`
	// Stopped tells that a limit or a signal ended the run.
	Stopped        bool                `json:"stopped"`
	Network        networkAccount      `json:"network"`
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
	Interfaces     []interfaceAccount  `json:"interfaces"`
	Live           *liveAccount        `json:"live,omitempty"`
	Recorded       *recordAccount      `json:"recorded,omitempty"`
	Warnings       []string            `json:"warnings,omitempty"`

	network network.Counters
	record  record.Stats
}

// interfaceAccount is where packets came from, and what was lost there.
type interfaceAccount struct {
	Name    string `json:"name,omitempty"`
	File    string `json:"file,omitempty"`
	Dropped int64  `json:"dropped"`
}

// liveAccount is what live capture lost in this program, and how full things
// were.
type liveAccount struct {
	Received     uint64 `json:"received"`
	QueueDropped uint64 `json:"queue_dropped"`
	RingFull     uint64 `json:"ring_full"` // how often
}

// recordAccount is what was kept in files.
type recordAccount struct {
	Packets      int64 `json:"packets"`
	Bytes        int64 `json:"bytes"`
	Files        int64 `json:"files"`
	Removed      int64 `json:"removed"`
	Unwritten    int64 `json:"unwritten"`
	QueueDropped int64 `json:"queue_dropped"`
}

// warner is a capture.Source that noticed something worth telling.
type warner interface{ Warnings() []string }

// newAccount gathers what a run did.
func newAccount(src capture.Source, j *job, r *pipeline.Result) *account {
	var net network.Counters
	if r.Network != nil { // nothing was decoded otherwise
		net = r.Network.Counters()
	}
	s := &r.Session
	c := &account{
		V: accountVersion, Packets: r.Packets, Bytes: r.Bytes, Stopped: r.Stopped,
		Network: newNetworkAccount(net), TCP: r.Reassembly, network: net,
		NotCTI:   r.Reassembly.Segments - r.Reassembly.SessionSegments,
		Sessions: s.Sessions, TLS: s.TLS, Midstream: s.Midstream, Recognized: s.Recognized,
		Silent: max(r.Reassembly.Connections-s.Sessions-r.Reassembly.Refused, 0), Neighbors: s.Neighbors,
		Messages: s.Messages, MessageBytes: s.MessageBytes, Selected: j.matched(r), Malformed: s.Errors,
		UnknownTypes: s.Problems[decode.UnknownType], UnknownTags: s.Problems[decode.UnknownTag],
		Gaps: s.Gaps, GapBytes: s.GapBytes, Resyncs: s.Resyncs, SkippedBytes: s.SkippedBytes, Unfinished: s.Unfinished,
		EvictedStreams: s.EvictedStreams, EvictedBytes: s.EvictedBytes,
		Problems: make(map[string]int64), Interfaces: []interfaceAccount{},
	}
	if r.Packets > 0 {
		c.First, c.Last = stamp(r.First), stamp(r.Last)
	}
	for code, n := range s.Problems {
		if n > 0 {
			c.Problems[decode.Code(code).String()] = n
		}
	}
	for _, i := range src.Interfaces() {
		c.Interfaces = append(c.Interfaces, interfaceAccount{i.Name, i.File, i.Dropped})
	}
	if s, ok := src.(*live.Source); ok {
		st := s.Stats()
		c.Live = &liveAccount{st.Received, st.QueueDropped, st.Frozen}
	}
	if k := j.recorded; k != nil {
		c.record = *k
		c.Recorded = &recordAccount{k.Packets, k.Bytes, k.Files, k.Removed, k.Unwritten, k.QueueDropped}
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

// account tells on stderr what a run did.
func (a *app) account(src capture.Source, j *job, r *pipeline.Result) {
	c := newAccount(src, j, r)
	if j.running.summary.current == "json" {
		line, err := json.Marshal(c)
		if err != nil { // a struct of numbers and strings
			panic(err)
		}
		fmt.Fprintf(a.stderr, "%s\n", line)
		return
	}
	for _, warning := range c.Warnings {
		a.note("warning: %s", warning)
	}
	for _, line := range c.lines(j.verb) {
		a.note("%s", line)
	}
}

// count is a number with what it counts.
type count struct {
	n    int64
	what string // for 1, unless it is the same for many
	many string
}

// counts joins the counts that are not zero; "" when all are.
func counts(list ...count) string {
	var parts []string
	for _, c := range list {
		if c.n == 0 {
			continue
		}
		parts = append(parts, c.String())
	}
	return strings.Join(parts, ", ")
}

// String returns "1 packet" or "2 packets".
func (c count) String() string {
	what := c.what
	if c.n != 1 && c.many != "" {
		what = c.many
	}
	return strconv.FormatInt(c.n, 10) + " " + what
}

// titled puts a title before counts, unless there are none.
func titled(title, text string) string {
	if text == "" {
		return ""
	}
	return title + ": " + text
}

// lines returns the account for people; what is zero is left out. verb is what
// was done with the selected messages.
func (c *account) lines(verb string) []string {
	first := counts(count{c.Packets, "packet", "packets"}, count{c.Bytes, "byte", "bytes"})
	if c.Packets == 0 {
		return slices.DeleteFunc([]string{"no packets", titled("packets dropped", c.dropped()), c.kept()}, func(line string) bool { return line == "" })
	}
	first += ", " + c.First + " to " + c.Last
	if c.Stopped {
		first += ", not read to the end"
	}
	list := []string{
		first,
		titled("passed over", c.passedOver()),
		titled("unknown wrappings", wrappings(c.network.Unknowns)),
		titled("tunnels", wrappings(c.network.Tunnels)),
		c.sessions(verb),
		titled("missing", c.missing()),
		counts(count{c.UnknownTypes, "message of unknown type", "messages of unknown type"},
			count{c.UnknownTags, "unknown tag", "unknown tags"}),
		titled("problems", c.problems()),
		titled("TCP", c.tcp()),
		titled("given up to keep within limits", c.evicted()),
		titled("packets dropped", c.dropped()),
		c.kept(),
	}
	return slices.DeleteFunc(list, func(line string) bool { return line == "" })
}

// passedOver says which packets brought no CTI, and fragments that came to
// nothing.
func (c *account) passedOver() string {
	n := &c.Network
	return counts(
		count{n.NotIP, "not IP", ""},
		count{n.NotTCP, "not TCP", ""},
		count{c.NotCTI, "not CTI", ""},
		count{c.TCP.Neighbors, "of these " + decode.VRUInterface, ""},
		count{n.Snapped, "cut by the snap length before its data", "cut by the snap length before their data"},
		count{n.Malformed, "with wrong headers", ""},
		count{n.Unknown, "wrapped in something unknown", ""},
		count{n.Incomplete, "IP packet with fragments missing", "IP packets with fragments missing"},
		count{n.Evicted, "of these given up early", ""},
	)
}

func (c *account) kept() string {
	if c.Recorded == nil {
		return ""
	}
	return recordText(c.record)
}

func (c *account) sessions(verb string) string {
	if verb == "" { // nothing was decoded
		return ""
	}
	text := count{c.Sessions, "session", "sessions"}.String()
	if kinds := counts(count{c.Recognized, "found by content", ""}, count{c.Midstream, "without beginning", ""}); kinds != "" {
		text += " (" + kinds + ")"
	}
	text += fmt.Sprintf(", %s; %d %s", count{c.Messages, "message", "messages"}, c.Selected, verb)
	if c.Malformed > 0 {
		text += fmt.Sprintf(", %d with errors", c.Malformed)
	}
	if c.TCP.Refused > 0 {
		text += ", " + count{c.TCP.Refused, "connection refused", "connections refused"}.String()
	}
	if c.Silent > 0 {
		text += "; " + count{c.Silent, "connection on a CTI port", "connections on CTI ports"}.String() + " without a message"
		if kinds := counts(count{c.TLS, "TLS, not decoded", ""}, count{c.Neighbors, decode.VRUInterface, ""}); kinds != "" {
			text += " (" + kinds + ")"
		}
	}
	return text
}

func (c *account) missing() string {
	var parts []string
	if c.Gaps > 0 {
		parts = append(parts, fmt.Sprintf("%s of %s", count{c.Gaps, "hole", "holes"}, count{c.GapBytes, "byte", "bytes"}))
	}
	if c.Resyncs > 0 {
		parts = append(parts, fmt.Sprintf("%s over %s", count{c.Resyncs, "resync", "resyncs"}, count{c.SkippedBytes, "byte", "bytes"}))
	}
	if c.Unfinished > 0 {
		parts = append(parts, count{c.Unfinished, "message begun and not finished", "messages begun and not finished"}.String())
	}
	return strings.Join(parts, ", ")
}

func (c *account) problems() string {
	var list []count
	for code := range decode.NumCodes {
		name := decode.Code(code).String()
		list = append(list, count{c.Problems[name], name, ""})
	}
	return counts(list...)
}

func (c *account) tcp() string {
	t := &c.TCP
	return counts(
		count{t.Duplicates, "duplicate", "duplicates"},
		count{t.Retransmissions, "retransmission", "retransmissions"},
		count{t.OutOfOrder, "out of order", ""},
		count{t.Overlaps, "overlap", "overlaps"},
		count{t.Conflicts, "repeated with other content", ""},
		count{t.Late, "too late", ""},
		count{t.Strays, "far from its stream", "far from their stream"},
		count{t.AfterClose, "after the end", ""},
		count{t.IgnoredRST, "RST ignored", "RSTs ignored"},
		count{t.IgnoredSYN, "SYN ignored", "SYNs ignored"},
	)
}

func (c *account) evicted() string {
	t := &c.TCP
	return counts(
		count{t.EvictedHoles, "hole", "holes"},
		count{c.EvictedStreams, "unfinished stream", "unfinished streams"},
		count{t.EvictedConnections, "connection", "connections"},
		count{t.IdleConnections, "idle connection", "idle connections"},
		count{t.EvictedCandidates, "candidate", "candidates"},
	)
}

func (c *account) dropped() string {
	var list []count
	for _, i := range c.Interfaces {
		name := i.Name
		if name == "" {
			name = i.File
		}
		list = append(list, count{i.Dropped, "by the system at " + name, ""})
	}
	if c.Live != nil {
		list = append(list, count{int64(c.Live.QueueDropped), "because the output was too slow", ""})
	}
	return counts(list...)
}
