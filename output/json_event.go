package output

import (
	"strconv"

	"ctiscope/text"

	"ctiscope/reassembly"
	"ctiscope/session"
)

// appendEvent appends an event about the capture. Its keys, after v, time,
// frame and session:
//
//	event          gap, resync, session_start, session_end or finding
//	src, dst, from the direction, as for a message
//
//	of a gap       bytes (null when not known), cause (lost, snapped, evicted),
//	               from_frame, from_time, to_frame, to_time (the packets on both
//	               sides of the hole, null where there is none),
//	               maybe_lost (most messages that fit into it), partial (a
//	               message begun before it is lost)
//	of a resync    skipped (bytes), tail (true when no message follows, else left
//	               out), maybe_lost, partial
//	of a session_start, session_end
//	               client, server (null while not known), client_id (null
//	               before OPEN_REQ), and of an end its cause
//	of a finding   code, text
func (j *JSON) appendEvent(dst []byte, r *session.Record) []byte {
	dst = append(dst, `,"event":"`...)
	dst = append(append(dst, r.Kind.String()...), '"')
	dst = appendEnds(dst, r)
	switch r.Kind {
	case session.GapEvent:
		return j.appendGap(dst, r)
	case session.ResyncEvent:
		dst = append(dst, `,"skipped":`...)
		dst = strconv.AppendInt(dst, r.Skipped, 10)
		if r.Tail {
			dst = append(dst, `,"tail":true`...)
		}
		return appendLoss(dst, r)
	case session.StartEvent:
		return appendSides(dst, r)
	case session.EndEvent:
		dst = appendSides(dst, r)
		dst = append(dst, `,"cause":`...)
		return text.AppendJSON(dst, r.Cause.String())
	case session.FindingEvent:
		dst = append(dst, `,"code":`...)
		dst = text.AppendJSON(dst, r.Code)
		dst = append(dst, `,"text":`...)
		return text.AppendJSON(dst, r.Text)
	}
	return dst
}

func (j *JSON) appendGap(dst []byte, r *session.Record) []byte {
	dst = append(dst, `,"bytes":`...)
	if r.Gap.Bytes < 0 {
		dst = append(dst, "null"...)
	} else {
		dst = strconv.AppendInt(dst, r.Gap.Bytes, 10)
	}
	dst = append(dst, `,"cause":"`...)
	dst = append(append(dst, r.Gap.Cause.String()...), '"')
	dst = j.appendMark(dst, `,"from_frame":`, `,"from_time":`, r.Gap.From)
	dst = j.appendMark(dst, `,"to_frame":`, `,"to_time":`, r.Gap.To)
	return appendLoss(dst, r)
}

func (j *JSON) appendMark(dst []byte, frame, time string, m reassembly.Mark) []byte {
	if m == (reassembly.Mark{}) {
		return append(append(append(append(dst, frame...), "null"...), time...), "null"...)
	}
	dst = strconv.AppendInt(append(dst, frame...), m.Number, 10)
	return j.appendTime(append(dst, time...), m.Time, m.Digits)
}

func appendLoss(dst []byte, r *session.Record) []byte {
	dst = append(dst, `,"maybe_lost":`...)
	dst = strconv.AppendInt(dst, r.MaybeLost, 10)
	dst = append(dst, `,"partial":`...)
	return strconv.AppendBool(dst, r.Partial)
}

func appendSides(dst []byte, r *session.Record) []byte {
	if r.Info == nil || !r.Info.Sides {
		dst = append(dst, `,"client":null,"server":null`...)
	} else {
		client, server := r.Info.BString, r.Info.AString
		if r.Info.ClientIsA {
			client, server = server, client
		}
		dst = append(append(dst, `,"client":"`...), client...)
		dst = append(append(dst, `","server":"`...), server...)
		dst = append(dst, '"')
	}
	dst = append(dst, `,"client_id":`...)
	if r.Info == nil || r.Info.ClientID == "" {
		return append(dst, "null"...)
	}
	return text.AppendJSON(dst, r.Info.ClientID)
}
