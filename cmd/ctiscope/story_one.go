package main

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// onlyOne lets through the lines of one agent or one call, as its name says.
type onlyOne struct {
	one, id string
	add     func(line []byte) error
	// number is that of the call at hand, as its events bear it; 0 for none.
	number int64
	// found tells that a call has the id for its number, or among its ids. held are
	// the lines of calls that only have it for a ConnectionCallID, in case none has.
	found, holding bool
	held           [][]byte
}

// maxHeld bounds the lines that are held.
const maxHeld = 100_000

// take takes the next line of the story.
func (o *onlyOne) take(line []byte) error {
	var l struct {
		Kind             string   `json:"kind"`
		Agent            *string  `json:"agent"`
		Call             int64    `json:"call"`
		IDs              []string `json:"ids"`
		ConnectionCallID *int64   `json:"connection_call_id"`
	}
	if err := json.Unmarshal(line, &l); err != nil {
		return err
	}
	switch {
	case o.one == "agent":
		if l.Agent != nil && *l.Agent == o.id {
			return o.add(line)
		}
		return nil
	case l.Kind == "call":
		o.number, o.holding = 0, false
		if strconv.FormatInt(l.Call, 10) == o.id || slices.ContainsFunc(l.IDs, o.isID) {
			o.number, o.found, o.held = l.Call, true, nil
		} else if !o.found && l.ConnectionCallID != nil && strconv.FormatInt(*l.ConnectionCallID, 10) == o.id {
			o.number, o.holding = l.Call, true
		}
	}
	switch {
	case o.number == 0 || l.Call != o.number:
		return nil
	case !o.holding:
		return o.add(line)
	case len(o.held) < maxHeld:
		o.held = append(o.held, bytes.Clone(line))
	}
	return nil
}

// isID tells whether one of a call's ids is meant; that of a later call with the
// same number, which ends in /2, is meant by the number alone too.
func (o *onlyOne) isID(id string) bool {
	plain, _, _ := strings.Cut(id, "/")
	return id == o.id || plain == o.id
}

// end lets through what was held.
func (o *onlyOne) end() error {
	for _, line := range o.held {
		if err := o.add(line); err != nil {
			return err
		}
	}
	return nil
}
