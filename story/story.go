// Package story tells what the messages of a capture add up to: sessions and
// their ends, requests and what became of them, agents and their states, user messages, calls. It is the engine
// only; commands choose what to tell and where to write it.
//
// A Tap rides a run of package pipeline. Its Stage, one in each worker, follows
// what concerns one session alone, and gives finished things as flat facts. The one
// Sink joins what concerns several sessions, brings the things into the order in
// which they are told, and hands each to Options.Emit. A Writer makes lines of
// JSON of them.
//
// What a capture cannot tell is left empty in a thing and named in its Unknown: it
// is not the same as what was not there.
//
// The package imports pipeline, session and reassembly for the records of a run,
// capture for times, decode and decode/schema for messages, and text for output.
package story

import (
	"ctiscope/pipeline"
)

// Kinds says which things are told.
type Kinds uint8

// The kinds.
const (
	Sessions Kinds = 1 << iota
	// Requests tells the requests, and after them what the requests of each type
	// add up to.
	Requests
	// Agents tells the time lines of agents, each followed by its entries.
	Agents
	// UserMessages tells the texts that clients sent each other.
	UserMessages
	// Calls tells the calls.
	Calls
	// CallEvents tells, after each call, its events and what refers to it; with
	// Calls.
	CallEvents
)

// Thing is what is told: a *Session, *Request, *RequestType, *Agent, *AgentState, *UserMessage, *Call or *CallEvent.
type Thing interface {
	// code writes or reads all that there is of the thing.
	code(*coder)
}

// Options say what is told, and within which bounds.
type Options struct {
	Kinds Kinds
	// Emit takes the things, in the sink's goroutine; a thing is valid during the
	// call. An error ends the run and is returned by it.
	Emit func(Thing) error
	// Live hands each thing on as soon as it is finished, in the order in which
	// they finish.
	Live bool
	// Limits bound the memory.
	Limits Limits
	// SpoolDir is where finished things wait for their turn; empty means the
	// folder for temporary files.
	SpoolDir string
}

// Limits bound what is kept. A zero field takes the default.
type Limits struct {
	// Memory is how many bytes of finished things wait in memory; what is more
	// goes to a temporary file.
	Memory int
	// Spool is how large that file may grow. Beyond it the run ends with
	// ErrSpool.
	Spool int64
	// Agents is how many time lines are told; later ones are left out.
	Agents int
	// Calls is how many calls are followed at a time; what else begins is left out.
	Calls int
}

// The defaults of Limits.
const (
	DefaultMemory = 16 << 20
	DefaultSpool  = 16 << 30
	DefaultAgents = 32768
	DefaultCalls  = 131072
)

func (l Limits) withDefaults() Limits {
	if l.Memory <= 0 {
		l.Memory = DefaultMemory
	}
	if l.Spool <= 0 {
		l.Spool = DefaultSpool
	}
	if l.Agents <= 0 {
		l.Agents = DefaultAgents
	}
	if l.Calls <= 0 {
		l.Calls = DefaultCalls
	}
	return l
}

// Tap is the use of a run that tells the story. The run needs
// reassembly.Options.Facts: without them no session is known from its beginning.
type Tap struct{ options Options }

// New returns a Tap.
func New(o Options) *Tap {
	o.Limits = o.Limits.withDefaults()
	return &Tap{o}
}

// Stage makes the part of one worker.
func (t *Tap) Stage() pipeline.Stage { return newStage(t.options.Kinds) }

// Sink makes the part that sees the facts of all workers.
func (t *Tap) Sink() pipeline.Sink { return newSink(t.options) }
