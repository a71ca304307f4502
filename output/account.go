package output

import (
	"fmt"
	"slices"
	"strings"

	"ctiscope/account"
	"ctiscope/decode"
	"ctiscope/network"
	"ctiscope/text"
)

// run is an Account to be worded.
type run struct{ *account.Account }

// AccountLines words an account for people, a line for each subject; what is zero is
// left out. verb is what was done with the selected messages, such as "printed"; it
// is empty when nothing was decoded.
func AccountLines(a *account.Account, verb string) []string { return run{a}.lines(verb) }

func (c run) lines(verb string) []string {
	first := text.Counts(text.Count(c.Packets, "packet", "packets"), text.Count(c.Bytes, "byte", "bytes"))
	if c.Packets == 0 {
		return slices.DeleteFunc([]string{"no packets", text.Titled("packets dropped", c.drops()), c.recording()}, func(line string) bool { return line == "" })
	}
	if first += ", no times"; c.First != "" {
		first = strings.TrimSuffix(first, "no times") + c.First + " to " + c.Last
	}
	if c.Stopped {
		first += ", not read to the end"
	}
	list := []string{
		first,
		text.Titled("passed over", c.skipped()),
		text.Titled("unknown wrappings", wrappings(c.UnknownCounts)),
		text.Titled("tunnels", wrappings(c.TunnelCounts)),
		c.sessions(verb),
		text.Titled("missing", c.missing()),
		text.Counts(text.Count(c.UnknownTypes, "message of unknown type", "messages of unknown type"),
			text.Count(c.UnknownTags, "unknown tag", "unknown tags")),
		text.Titled("problems", c.problems()),
		text.Titled("TCP", c.tcp()),
		text.Titled("given up to keep within limits", c.evictions()),
		text.Titled("packets dropped", c.drops()),
		c.recording(),
	}
	return slices.DeleteFunc(list, func(line string) bool { return line == "" })
}

// skipped says which packets brought no CTI, and fragments that came to
// nothing.
func (c run) skipped() string {
	n := &c.Network
	return text.Counts(
		text.Count(n.NotIP, "not IP", ""),
		text.Count(n.NotTCP, "not TCP", ""),
		text.Count(c.NotCTI, "not CTI", ""),
		text.Count(c.TCP.Neighbors, "of these "+decode.VRUInterface, ""),
		text.Count(n.Snapped, "cut by the snap length before its data", "cut by the snap length before their data"),
		text.Count(n.Malformed, "with wrong headers", ""),
		text.Count(n.Unknown, "wrapped in something unknown", ""),
		text.Count(n.Incomplete, "IP packet with fragments missing", "IP packets with fragments missing"),
		text.Count(n.Evicted, "of these given up early", ""),
	)
}

func (c run) recording() string {
	if c.Recorded == nil {
		return ""
	}
	return RecordedText(c.Recorded)
}

func (c run) sessions(verb string) string {
	if verb == "" { // nothing was decoded
		return ""
	}
	said := text.Count(c.Sessions, "session", "sessions").String()
	if kinds := text.Counts(text.Count(c.Recognized, "found by content", ""), text.Count(c.Midstream, "without beginning", "")); kinds != "" {
		said += " (" + kinds + ")"
	}
	said += fmt.Sprintf(", %s; %d %s", text.Count(c.Messages, "message", "messages"), c.Selected, verb)
	if c.Malformed > 0 {
		said += fmt.Sprintf(", %d with errors", c.Malformed)
	}
	if c.TCP.Refused > 0 {
		said += ", " + text.Count(c.TCP.Refused, "connection refused", "connections refused").String()
	}
	if c.Silent > 0 {
		said += "; " + text.Count(c.Silent, "connection on a CTI port", "connections on CTI ports").String() + " without a message"
		if kinds := text.Counts(text.Count(c.TLS, "TLS, not decoded", ""), text.Count(c.Neighbors, decode.VRUInterface, "")); kinds != "" {
			said += " (" + kinds + ")"
		}
	}
	return said
}

func (c run) missing() string {
	var parts []string
	if c.Gaps > 0 {
		parts = append(parts, fmt.Sprintf("%s of %s", text.Count(c.Gaps, "hole", "holes"), text.Count(c.GapBytes, "byte", "bytes")))
	}
	if c.Resyncs > 0 {
		parts = append(parts, fmt.Sprintf("%s over %s", text.Count(c.Resyncs, "resync", "resyncs"), text.Count(c.SkippedBytes, "byte", "bytes")))
	}
	if c.Unfinished > 0 {
		parts = append(parts, text.Count(c.Unfinished, "message begun and not finished", "messages begun and not finished").String())
	}
	return strings.Join(parts, ", ")
}

func (c run) problems() string {
	var list []text.Amount
	for code := range decode.NumCodes {
		name := decode.Code(code).String()
		list = append(list, text.Count(c.Problems[name], name, ""))
	}
	return text.Counts(list...)
}

func (c run) tcp() string {
	t := &c.TCP
	return text.Counts(
		text.Count(t.Duplicates, "duplicate", "duplicates"),
		text.Count(t.Retransmissions, "retransmission", "retransmissions"),
		text.Count(t.OutOfOrder, "out of order", ""),
		text.Count(t.Overlaps, "overlap", "overlaps"),
		text.Count(t.Conflicts, "repeated with other content", ""),
		text.Count(t.Late, "too late", ""),
		text.Count(t.Strays, "far from its stream", "far from their stream"),
		text.Count(t.AfterClose, "after the end", ""),
		text.Count(t.IgnoredRST, "RST ignored", "RSTs ignored"),
		text.Count(t.IgnoredSYN, "SYN ignored", "SYNs ignored"),
	)
}

func (c run) evictions() string {
	t := &c.TCP
	return text.Counts(
		text.Count(t.EvictedHoles, "hole", "holes"),
		text.Count(c.EvictedStreams, "unfinished stream", "unfinished streams"),
		text.Count(t.EvictedConnections, "connection", "connections"),
		text.Count(t.IdleConnections, "idle connection", "idle connections"),
		text.Count(t.EvictedCandidates, "candidate", "candidates"),
	)
}

func (c run) drops() string {
	var list []text.Amount
	for _, i := range c.Interfaces {
		name := i.Name
		if name == "" {
			name = i.File
		}
		list = append(list, text.Count(i.Dropped, "by the system at "+name, ""))
	}
	if c.Live != nil {
		list = append(list, text.Count(int64(c.Live.QueueDropped), "because the output was too slow", ""))
	}
	return text.Counts(list...)
}

// wrappings names tunnels that were read, or wrappings that were not.
func wrappings(list []network.Count) string {
	parts := make([]string, len(list))
	for i, c := range list {
		parts[i] = fmt.Sprintf("%d in %s", c.Packets, c.Name)
	}
	return strings.Join(parts, ", ")
}

// RecordedText says what was kept in files.
func RecordedText(s *account.Recorded) string {
	said := fmt.Sprintf("%s kept in %s", text.Count(s.Packets, "packet", "packets"), text.Count(s.Files, "file", "files"))
	if more := text.Counts(text.Count(s.Removed, "file removed", "files removed"), text.Count(s.Unwritten, "packet not written", "packets not written"),
		text.Count(s.QueueDropped, "too fast to be written", "")); more != "" {
		said += ", " + more
	}
	return said
}
