package expect

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"ctiscope/decode/schema"
)

// Printed is one line of the tool's JSON output, groups taken apart.
type Printed struct {
	Message
	Event         string // name of an event line; it has no Type and Fields
	Time          string
	Frame         int64
	Src, Dst      string
	Version       int
	VersionSource string
	Problems      []Problem
	// Of an event: the bytes of a gap, -1 when the tool does not know, and its
	// cause.
	Bytes int64
	Cause string
}

// Problem is one entry of a line's problems.
type Problem struct {
	Severity, Code, Field, Text string
	Offset                      int
}

// HasProblem tells whether the line reports a problem of that code.
func (p *Printed) HasProblem(code string) bool {
	for i := range p.Problems {
		if p.Problems[i].Code == code {
			return true
		}
	}
	return false
}

// Parse reads a line of the JSON output. Fields keep their order; the members
// of a group follow one another, element by element. Values stay as printed
// (objects, strings, bools); Diff knows how to compare them with raw ones.
func Parse(line []byte) (*Printed, error) {
	var top struct {
		Session       int             `json:"session"`
		From          string          `json:"from"`
		Type          uint32          `json:"type"`
		Name          string          `json:"name"`
		Length        int             `json:"length"`
		Fields        json.RawMessage `json:"fields"`
		Event         string          `json:"event"`
		Time          string          `json:"time"`
		Frame         int64           `json:"frame"`
		Src           string          `json:"src"`
		Dst           string          `json:"dst"`
		Version       int             `json:"version"`
		VersionSource string          `json:"version_source"`
		Problems      []Problem       `json:"problems"`
		V             int             `json:"v"`
		Bytes         *int64          `json:"bytes"`
		Cause         string          `json:"cause"`
	}
	if err := json.Unmarshal(line, &top); err != nil {
		return nil, fmt.Errorf("line of output: %w", err)
	}
	p := &Printed{
		Message: Message{Session: top.Session, From: top.From, Type: top.Type, Name: top.Name, Length: top.Length},
		Event:   top.Event, Time: top.Time, Frame: top.Frame, Src: top.Src, Dst: top.Dst,
		Version: top.Version, VersionSource: top.VersionSource, Problems: top.Problems,
	}
	if top.V != 1 {
		return nil, fmt.Errorf("version of the format is %d", top.V)
	}
	if top.Event != "" {
		p.Bytes, p.Cause = -1, top.Cause
		if top.Bytes != nil {
			p.Bytes = *top.Bytes
		}
		return p, nil
	}
	if len(top.Fields) == 0 {
		return nil, errors.New("line of output has no fields")
	}
	if err := p.parseFields(top.Fields); err != nil {
		return nil, fmt.Errorf("fields of %s: %w", top.Name, err)
	}
	return p, nil
}

// parseFields walks the object, whose order matters and whose keys must be
// unique.
func (p *Printed) parseFields(b []byte) error {
	d := json.NewDecoder(bytes.NewReader(b))
	if _, err := d.Token(); err != nil {
		return err
	}
	groups := groupsOf(p.Type)
	seen := make(map[string]bool)
	p.Fields = []Field{}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		name, _ := key.(string)
		if seen[name] {
			return fmt.Errorf("key %s comes twice", name)
		}
		seen[name] = true
		var rest json.RawMessage
		if err := d.Decode(&rest); err != nil {
			return err
		}
		if groups[name] {
			err = p.parseGroup(rest)
		} else {
			err = p.parseField(name, rest)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// parseField adds one field, or the elements of one that repeats.
func (p *Printed) parseField(name string, b []byte) error {
	v, err := value(b)
	if err != nil {
		return err
	}
	list, ok := v.([]any)
	if !ok || isArray(p.Type, name) && !nested(list) {
		p.Fields = append(p.Fields, Field{name, v})
		return nil
	}
	for _, e := range list {
		p.Fields = append(p.Fields, Field{name, e})
	}
	return nil
}

// nested tells whether the elements of a list are lists: an array field that
// came more than once.
func nested(list []any) bool {
	if len(list) == 0 {
		return false
	}
	_, ok := list[0].([]any)
	return ok
}

// parseGroup adds the members of each element, in order.
func (p *Printed) parseGroup(b []byte) error {
	var elements []json.RawMessage
	if err := json.Unmarshal(b, &elements); err != nil {
		return err
	}
	for _, e := range elements {
		d := json.NewDecoder(bytes.NewReader(e))
		if _, err := d.Token(); err != nil {
			return err
		}
		for d.More() {
			key, err := d.Token()
			if err != nil {
				return err
			}
			var rest json.RawMessage
			if err := d.Decode(&rest); err != nil {
				return err
			}
			name, _ := key.(string)
			if err := p.parseField(name, rest); err != nil {
				return err
			}
		}
	}
	return nil
}

func groupsOf(number uint32) map[string]bool {
	groups := make(map[string]bool)
	if def := schema.CCE().Lookup(number); def != nil {
		for _, f := range def.Floating {
			if f.Group != "" {
				groups[f.Group] = true
			}
		}
	}
	return groups
}

// isArray tells whether a field holds many numbers: in the message's layout, or
// in the tag table if it is from there.
func isArray(number uint32, name string) bool {
	if def := schema.CCE().Lookup(number); def != nil {
		for _, f := range def.Floating {
			if f.Name == name {
				return f.Array
			}
		}
	}
	return slices.ContainsFunc(schema.CCE().Tags(), func(t *schema.Tag) bool { return t.Field.Name == name && t.Field.Array })
}

// numberOf reads back a number from the form in which the tool prints it.
func numberOf(v any) (n int64, null, ok bool) {
	switch v := v.(type) {
	case int64:
		return v, false, true
	case bool:
		if v {
			n = 1
		}
		return n, false, true
	case nil: // TIME of 0 or 0xFFFFFFFF
		return 0, true, true
	case string:
		t, err := time.Parse(time.RFC3339Nano, v)
		return t.Unix(), false, err == nil
	case map[string]any:
		n, ok = v["value"].(int64)
		return n, false, ok
	}
	return 0, false, false
}
