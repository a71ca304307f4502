// Package expect says what a right decoder makes of a capture, in the form of
// the files testdata/vectors/*.expect.jsonl: one line a message, fields as
// pairs of name and raw value.
//
//	{"session":1,"from":"client","type":3,"name":"OPEN_REQ","length":133,
//	 "fields":[["InvokeID",1],["VersionNumber",15],["ClientID","desk-1"]]}
//
// Raw values are numbers for everything that is one on the wire (enumerations,
// masks, BOOL as 0 or 1, TIME in seconds), strings for STRING, hex for UNSPEC,
// a list for an array of numbers, and an object for NAMEDVAR and NAMEDARRAY.
//
// Of builds the expectation from what was encoded, Read reads a file of them,
// Parse reads a line of the tool's own JSON output, and Diff compares. The
// package imports decode and decode/schema; it decodes nothing itself.
package expect

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"ctiscope/decode"
	"ctiscope/decode/schema"
)

// Message is one message as it was sent.
type Message struct {
	// Session counts connections from 1 in the order of their first packets.
	Session int     `json:"session"`
	From    string  `json:"from"` // "client" or "server"
	Type    uint32  `json:"type"`
	Name    string  `json:"name"`
	Length  int     `json:"length"` // MessageLength, header not counted
	Fields  []Field `json:"fields"`
}

// Field is a name and a raw value: int64, string, []any of numbers, or Named.
type Field struct {
	Name  string
	Value any
}

// Named is the value of a NAMEDVAR, and with an Index that of a NAMEDARRAY.
type Named struct {
	Name  string `json:"name"`
	Index *int   `json:"index,omitempty"`
	Value string `json:"value"`
}

// MarshalJSON writes a field as a pair.
func (f Field) MarshalJSON() ([]byte, error) { return json.Marshal([2]any{f.Name, f.Value}) }

// UnmarshalJSON reads a field from a pair.
func (f *Field) UnmarshalJSON(b []byte) error {
	var pair [2]json.RawMessage
	if err := json.Unmarshal(b, &pair); err != nil {
		return err
	}
	if err := json.Unmarshal(pair[0], &f.Name); err != nil {
		return err
	}
	v, err := value(pair[1])
	f.Value = v
	return err
}

// value reads any JSON value; integers become int64, objects stay maps.
func value(b []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	return integers(v), nil
}

func integers(v any) any {
	switch v := v.(type) {
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return n
		}
	case []any:
		for i := range v {
			v[i] = integers(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = integers(v[k])
		}
	}
	return v
}

// Read reads a file of expectations.
func Read(r io.Reader) ([]Message, error) {
	var all []Message
	s := bufio.NewScanner(r)
	s.Buffer(nil, 1<<24)
	for s.Scan() {
		var m Message
		if err := json.Unmarshal(s.Bytes(), &m); err != nil {
			return nil, fmt.Errorf("expectation %d: %w", len(all)+1, err)
		}
		all = append(all, m)
	}
	return all, s.Err()
}

// Write writes expectations as Read reads them.
func Write(w io.Writer, all []Message) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for i := range all {
		if err := e.Encode(&all[i]); err != nil {
			return err
		}
	}
	return nil
}

// Of returns the expectation of a message that was encoded from values with
// the layout of a version. Session is left 0.
func Of(def *schema.Message, version int, values []decode.Setting, frame []byte) Message {
	m := Message{
		From: def.From.String(), Type: def.Number, Name: def.Name,
		Length: len(frame) - schema.HeaderSize, Fields: []Field{},
	}
	last := make(map[string]*decode.Setting, len(values))
	for i := range values {
		if values[i].Tag == 0 {
			last[values[i].Name] = &values[i]
		}
	}
	fixed := make(map[string]bool)
	for _, f := range def.Fixed {
		if !f.In(version) {
			continue
		}
		fixed[f.Name] = true
		v := last[f.Name]
		if v == nil {
			v = &decode.Setting{}
		}
		m.Fields = append(m.Fields, Field{f.Name, raw(f, v)})
	}
	for i := range values {
		v := &values[i]
		if v.Tag == 0 && fixed[v.Name] {
			continue
		}
		if f := floating(def, version, v); f != nil {
			m.Fields = append(m.Fields, Field{f.Name, raw(f, v)})
		}
	}
	return m
}

// floating finds the definition of a floating field: in the message's layout,
// else in the tag table.
func floating(def *schema.Message, version int, v *decode.Setting) *schema.Field {
	for _, f := range def.Floating {
		if (v.Name == "" || f.Name == v.Name) && (v.Tag == 0 || v.Tag == f.Tag) && f.In(version) {
			return f
		}
	}
	if v.Tag != 0 {
		if t := schema.CCE().LookupTag(v.Tag); t != nil && !t.Reserved() {
			return &t.Field
		}
		return &schema.Field{Name: "Tag_" + strconv.Itoa(int(v.Tag)), Type: schema.Unspec}
	}
	for _, t := range schema.CCE().Tags() {
		if t.Field.Name == v.Name && !t.Reserved() {
			return &t.Field
		}
	}
	return nil
}

// raw is the value as the files hold it.
func raw(f *schema.Field, v *decode.Setting) any {
	if f.Array {
		list := make([]any, len(v.Nums))
		for i, n := range v.Nums {
			list[i] = wire(f.Type, n)
		}
		return list
	}
	switch f.Type {
	case schema.String:
		return string(bytes.TrimRight(v.Bytes, "\x00"))
	case schema.Unspec, schema.TaskID, schema.AppPathID:
		return hex.EncodeToString(v.Bytes)
	case schema.NamedVar:
		return Named{Name: v.Key, Value: string(v.Bytes)}
	case schema.NamedArray:
		index := int(v.Index)
		return Named{Name: v.Key, Index: &index, Value: string(v.Bytes)}
	}
	return wire(f.Type, v.Num)
}

// wire is the number that is read back after n was stored as type t.
func wire(t schema.Type, n int64) int64 {
	switch t {
	case schema.Char:
		return int64(int8(n))
	case schema.UChar:
		return int64(uint8(n))
	case schema.Short:
		return int64(int16(n))
	case schema.UShort, schema.Bool:
		return int64(uint16(n))
	case schema.Int:
		return int64(int32(n))
	}
	return int64(uint32(n))
}
