package output

import (
	"strings"

	"ctiscope/decode/schema"
	"ctiscope/session"
)

// meaning is what colours tell apart.
type meaning uint8

const (
	otherMeaning  meaning = iota
	request               // from the client
	confirmation          // the server's answer
	event                 // from the server, unasked
	failure               // a refusal, or news of one
	trouble               // a hole in the capture, a problem of a message
	quiet                 // what the eye may skip
	fieldName             // the name of a field
	strongTrouble         // bytes that could not be read
)

// The colours are plain SGR sequences of one or two numbers, which less -R
// passes and every terminal of today knows.
var colors = [...]string{
	request:       "\x1b[36m",
	confirmation:  "\x1b[32m",
	event:         "\x1b[1m",
	failure:       "\x1b[1;31m",
	trouble:       "\x1b[33m",
	quiet:         "\x1b[2m",
	fieldName:     "\x1b[36m",
	strongTrouble: "\x1b[31m",
}

const resetColor = "\x1b[0m"

// paint writes colours, or nothing where they are off.
type paint bool

func (p paint) on(dst []byte, m meaning) []byte {
	if !p || m == otherMeaning {
		return dst
	}
	return append(dst, colors[m]...)
}

func (p paint) off(dst []byte, m meaning) []byte {
	if !p || m == otherMeaning {
		return dst
	}
	return append(dst, resetColor...)
}

// meaningOf tells what kind of message the definition is.
func meaningOf(def *schema.Message) meaning {
	switch name := def.Name; {
	case def.Is(schema.Failure) || def.Is(schema.Trouble):
		return failure
	case def.Answers != 0 || strings.HasSuffix(name, "_CONF") || strings.HasSuffix(name, "_RESP"):
		return confirmation
	case def.From == schema.Client:
		return request
	case def.From == schema.Server:
		return event
	}
	return otherMeaning
}

// meaningOfKind tells the same of an event about the capture.
func meaningOfKind(k session.Kind) meaning {
	switch k {
	case session.GapEvent, session.ResyncEvent:
		return trouble
	case session.FindingEvent:
		return failure
	}
	return quiet
}
