// Package output prints decoded messages: JSON lines, text lines, a table, the
// tree of all fields, statistics, and the account of a run.
//
// A printer (JSON, Text, Table, Detail) turns one Record at a time into bytes. It
// belongs to one goroutine; what its Append gives depends on the Record and the Options only,
// never on the Records before, so that several printers working side by side
// print what one would. JSON and Text allocate nothing on the usual path.
//
// Whatever bytes a message holds, what is printed is valid UTF-8 without
// control characters other than the line ends and colours put there by this
// package; passwords are masked unless Options.ShowSecrets is set.
//
// The package imports text for what printers share, decode, decode/schema, session
// and reassembly for the records, statistics and account for what it puts into tables
// and words.
package output

import (
	"time"

	"ctiscope/session"
	"ctiscope/text"
)

// Options say how to print. The zero value prints messages only, in UTC,
// without colour, and cuts nothing.
type Options struct {
	// Zone is the time zone of the packets' times; nil means UTC.
	Zone *time.Location
	// ShowSecrets prints passwords instead of "********".
	ShowSecrets bool
	// Color uses colours; the caller has looked at the terminal and NO_COLOR.
	Color bool
	// Width is the number of columns of the terminal, which the table fits
	// into; 0 means that the output is no terminal, and nothing is cut.
	Width int
	// Wrap breaks the rows of the table into lines instead of cutting them.
	Wrap bool
	// NoFold gives each message a row of its own in the table.
	NoFold bool
	// Hex puts the bytes beside the fields of the detail output.
	Hex bool
	// Events prints events about the capture among the messages.
	Events bool
}

// mask is printed in place of a secret. Its length tells nothing.
const mask = "********"

// appendMoment appends the time of a record; a dash where it has none.
func appendMoment(dst []byte, c *text.Clock, r *session.Record) []byte {
	if r.Mark.Timeless() {
		return append(dst, '-')
	}
	return c.AppendTime(dst, r.Mark.Time, digits(r))
}

// waited returns how long the request waited for this answer; ok is false where the
// record answers none that is known, or a time is missing.
func waited(r *session.Record) (ns int64, ok bool) {
	if r.Request.Type == 0 || r.Mark.Timeless() || r.Request.Mark.Timeless() {
		return 0, false
	}
	return r.Mark.Time - r.Request.Mark.Time, true
}

// wants tells whether the Options let the Record through.
func (o *Options) wants(r *session.Record) bool {
	switch r.Kind {
	case session.Message:
		return r.Message != nil
	case session.RequestEvent, session.TransportEvent: // for who follows them, not for who reads
		return false
	}
	return o.Events
}
