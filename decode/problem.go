package decode

import (
	"fmt"
	"strconv"
)

// Severity tells how bad a Problem is.
type Severity uint8

// The severities. A note is worth knowing; a warning is a rule of the guide
// broken by the sender though all could be read; an error means that bytes
// could not be read.
const (
	Note Severity = iota
	Warning
	Error
)

// String returns "note", "warning" or "error".
func (s Severity) String() string { return [...]string{"note", "warning", "error"}[s] }

// Code names a kind of Problem; its String is part of the JSON contract.
type Code uint8

// The codes. Need and Have of the Problem are byte counts unless told else.
const (
	UnknownType   Code = iota // message number not in the tables
	NoLayout                  // the guide names the message and gives no layout
	OtherSize                 // the fixed part has not the version's size; Need is that, Have what fitted
	Truncated                 // the frame was cut; Need is its whole size, Have what there is
	ShortFixed                // the message ends inside its fixed part
	BadFloating               // the floating part does not end at the end of the message
	UnknownTag                // floating tag in no table
	ForeignTag                // floating tag not in this message's table
	ReservedTag               // floating tag that the guide reserves
	BadSize                   // data size does not fit the type
	OverLength                // longer than the guide allows
	BadBool                   // BOOL neither 0 nor 1; Have is the value
	CountMismatch             // Need repetitions announced by the count field, Have found
	LaterField                // field of a later version than the session's; Need is that version
	LaterMessage              // message of a later version than the session's; Need is that version
	MalformedName             // NAMEDVAR or NAMEDARRAY without its nulls
	WrongSide                 // the message travels against its direction
	OtherWidth                // floating tags have the width of other versions
	Repeated                  // a floating field that does not repeat comes again
	numCodes
)

var codes = [numCodes]struct {
	name     string
	severity Severity
}{
	UnknownType:   {"unknown_type", Note},
	NoLayout:      {"no_layout", Note},
	OtherSize:     {"other_size", Note},
	Truncated:     {"truncated", Error},
	ShortFixed:    {"short_fixed", Error},
	BadFloating:   {"bad_floating", Error},
	UnknownTag:    {"unknown_tag", Note},
	ForeignTag:    {"foreign_tag", Note},
	ReservedTag:   {"reserved_tag", Note},
	BadSize:       {"bad_size", Error},
	OverLength:    {"over_length", Warning},
	BadBool:       {"bad_bool", Warning},
	CountMismatch: {"count_mismatch", Warning},
	LaterField:    {"later_field", Note},
	LaterMessage:  {"later_message", Note},
	MalformedName: {"malformed_name", Warning},
	WrongSide:     {"wrong_side", Note},
	OtherWidth:    {"other_width", Note},
	Repeated:      {"repeated", Note},
}

// NumCodes is the number of codes; Codes run from 0 to NumCodes-1.
const NumCodes = int(numCodes)

// String returns the stable name, such as "over_length".
func (c Code) String() string {
	if c < numCodes {
		return codes[c].name
	}
	return "code_" + strconv.Itoa(int(c))
}

// Severity returns how bad problems of that code are.
func (c Code) Severity() Severity { return codes[c].severity }

// Problem is something about a message that its reader should know.
type Problem struct {
	Code Code
	// Field is an index into the Message's Fields, or -1.
	Field int
	// Offset counts bytes from the start of the message's header.
	Offset     int
	Need, Have int
	// More is how many further times the same is true of the same field later in
	// the message; only the first is listed.
	More int
}

// AppendText appends the problem in words: lower case, facts last.
func (p *Problem) AppendText(dst []byte, m *Message) []byte {
	dst = append(dst, problemText(p, m)...)
	if p.More > 0 {
		dst = fmt.Appendf(dst, ", %d times", p.More+1)
	}
	return dst
}
