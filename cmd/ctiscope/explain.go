package main

import (
	"fmt"
	"strings"
	"time"

	"ctiscope/decode"
	"ctiscope/filter"
	"ctiscope/pipeline"
	"ctiscope/reassembly"
	"ctiscope/text"
)

// explain says why nothing was selected, and what to do; nil where that is not
// known.
func (j *job) explain(result *pipeline.Result) []string {
	switch {
	case result.Packets == 0:
		return nil
	case result.Session.Messages == 0:
		return noCTI(result)
	case j.nothing != "":
		return []string{j.nothing}
	}
	return j.selector.explain(result)
}

// noCTI says what there is instead of CTI.
func noCTI(result *pipeline.Result) []string {
	switch {
	case result.Session.TLS > 0:
		return []string{"the connections are TLS, and what they carry cannot be read without their keys; " +
			"capture where it is plain: on the ports of CTI Server that are not secured (42027, 43027), " +
			"or with the secured connection switched off meanwhile"}
	case result.Reassembly.Segments == 0:
		return []string{"there is no TCP in this capture; look at the filter and at the place that it was made with"}
	case result.Reassembly.Neighbors > 0:
		return []string{"what was found is " + decode.VRUInterface + ", another interface of Cisco's with the same header, and not CTI; " +
			"capture the ports of CTI Server, 42027 and 43027"}
	case len(result.Passed) == 0:
		return nil
	}
	list := make([]string, len(result.Passed))
	for i, p := range result.Passed {
		list[i] = busy(p)
	}
	ports := "ports are"
	if len(list) == 1 {
		ports = "port is"
	}
	return []string{fmt.Sprintf("no CTI was found; the busiest TCP %s %s; --port %d would decode one as CTI",
		ports, strings.Join(list, ", "), result.Passed[0].Port)}
}

// busy names a port and what is known of it.
func busy(p reassembly.PortCount) string {
	said := text.Count(p.Segments, "segment", "segments").String()
	if p.TLS {
		said += ", TLS"
	}
	return fmt.Sprintf("%d (%s)", p.Port, said)
}

// explain says which parts of the selection no message can fulfil or, if each
// could be, that they are not fulfilled together.
func (s *selector) explain(result *pipeline.Result) []string {
	var why []string
	add := func(format string, args ...any) { why = append(why, fmt.Sprintf(format, args...)) }
	first, last := time.Unix(0, result.First), time.Unix(0, result.Last)
	if o := &s.options; len(o.Sessions) > 0 && !anyWithin(o.Sessions, result.Reassembly.Connections) {
		add("%s", sessionsAre(result))
	}
	if result.First != 0 && !s.resolved.Since.IsZero() && s.resolved.Since.After(last) {
		add("--since is %s, and the capture ends %s", s.moment(s.resolved.Since), s.moment(last))
	}
	if result.First != 0 && !s.resolved.Until.IsZero() && s.resolved.Until.Before(first) {
		add("--until is %s, and the capture begins %s", s.moment(s.resolved.Until), s.moment(first))
	}
	if len(why) > 0 {
		return why
	}
	switch asked := s.asked(); len(asked) {
	case 0:
	case 1:
		add("no message has %s; `ctiscope stats` tells which types, sessions and times there are", asked[0])
	default:
		add("no message has all of %s; leave one out to see the others", strings.Join(asked, ", "))
	}
	return why
}

// asked names the parts of the selection as they were written.
func (s *selector) asked() []string {
	var list []string
	for _, part := range []struct{ option, value string }{
		{"-t", strings.Join(s.written.types, ",")}, {"-s", strings.Join(s.written.sessions, ",")},
		{"-f", s.written.from.current}, {"--since", s.written.since}, {"--until", s.written.until},
	} {
		if part.value != "" {
			list = append(list, part.option+" "+part.value)
		}
	}
	return list
}

// moment writes a time in the zone of --tz, as --since reads it.
func (s *selector) moment(t time.Time) string {
	return t.In(s.zone).Format("2006-01-02T15:04:05.999999Z07:00")
}

// sessionsAre tells the numbers of sessions; connections without a message have
// numbers too.
func sessionsAre(result *pipeline.Result) string {
	last := result.Reassembly.Connections
	switch {
	case last == 1:
		return "the only session is 1"
	case result.Session.Sessions < last:
		return fmt.Sprintf("sessions have numbers from 1 to %d", last)
	}
	return fmt.Sprintf("sessions are 1 to %d", last)
}

func anyWithin(spans []filter.Span, last int64) bool {
	for _, s := range spans {
		if s.First <= last {
			return true
		}
	}
	return false
}
