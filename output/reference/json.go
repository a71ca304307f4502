package reference

import (
	"encoding/json"

	"ctiscope/decode/schema"
)

// jsonVersion is the version of the reference's JSON; a change of keys or
// meanings raises it.
const jsonVersion = 1

type jsonMessage struct {
	V            int               `json:"v"`
	Number       uint32            `json:"number"`
	Name         string            `json:"name"`
	From         string            `json:"from"`
	Service      string            `json:"service,omitempty"`
	Purpose      string            `json:"purpose,omitempty"`
	Note         string            `json:"note,omitempty"`
	Since        uint8             `json:"since,omitempty"`
	Layout       bool              `json:"layout"`
	Answers      string            `json:"answers,omitempty"`
	AnsweredBy   []string          `json:"answered_by,omitempty"`
	FixedSizes   []jsonSize        `json:"fixed_sizes,omitempty"`
	Fixed        []jsonField       `json:"fixed,omitempty"`
	Floating     []jsonField       `json:"floating,omitempty"`
	AlsoTags     []uint16          `json:"also_tags,omitempty"`
	Alternatives []jsonAlternative `json:"alternatives,omitempty"`
	Doubts       []string          `json:"doubts,omitempty"`
}

type jsonSize struct {
	From int `json:"from"`
	To   int `json:"to"`
	Size int `json:"size"`
}

type jsonField struct {
	Name     string `json:"name"`
	Tag      uint16 `json:"tag,omitempty"`
	Type     string `json:"type"`
	Size     int    `json:"size,omitempty"`
	Values   string `json:"values,omitempty"`
	Since    uint8  `json:"since,omitempty"`
	Until    uint8  `json:"until,omitempty"`
	Optional bool   `json:"optional,omitempty"`
	Array    bool   `json:"array,omitempty"`
	Count    string `json:"count,omitempty"`
	Group    string `json:"group,omitempty"`
	Secret   bool   `json:"secret,omitempty"`
	Note     string `json:"note,omitempty"`
}

type jsonAlternative struct {
	From   uint8    `json:"from"`
	To     uint8    `json:"to"`
	Size   int      `json:"size"`
	Fields []string `json:"fields"` // names
}

type jsonTag struct {
	V        int      `json:"v"`
	Tag      uint16   `json:"tag"`
	Const    string   `json:"const"`
	Reserved bool     `json:"reserved,omitempty"`
	Field    string   `json:"field"`
	Type     string   `json:"type"`
	Max      int      `json:"max,omitempty"`
	Values   string   `json:"values,omitempty"`
	Since    uint8    `json:"since,omitempty"`
	Until    uint8    `json:"until,omitempty"`
	Also     []string `json:"also,omitempty"`
	Messages []string `json:"messages,omitempty"`
	Note     string   `json:"note,omitempty"`
}

type jsonTable struct {
	V      int         `json:"v"`
	Table  string      `json:"table"`
	Mask   bool        `json:"mask"`
	Note   string      `json:"note,omitempty"`
	Values []jsonValue `json:"values"`
	Doubts []string    `json:"doubts,omitempty"`
}

type jsonValue struct {
	Value uint32 `json:"value"`
	Name  string `json:"name"`
	Note  string `json:"note,omitempty"`
}

// MessageJSON returns all about one message as one line of JSON.
func (b *Book) MessageJSON(m *schema.Message) ([]byte, error) {
	j := jsonMessage{
		V: jsonVersion, Number: m.Number, Name: m.Name, From: m.From.String(),
		Service: m.Service, Purpose: m.Purpose, Note: m.Note, Since: m.Since, Layout: m.HasLayout,
		Fixed: jsonFields(m.Fixed), Floating: jsonFields(m.Floating), AlsoTags: m.AlsoTags, Doubts: m.Doubts,
	}
	if req := b.protocol.Lookup(m.Answers); m.Answers != 0 && req != nil {
		j.Answers = req.Name
	}
	for _, conf := range b.answersTo(m) {
		j.AnsweredBy = append(j.AnsweredBy, conf.Name)
	}
	if m.HasLayout {
		for _, s := range b.fixedSizes(m) {
			j.FixedSizes = append(j.FixedSizes, jsonSize{s.from, s.to, s.size})
		}
	}
	for _, a := range m.Alternatives {
		j.Alternatives = append(j.Alternatives, jsonAlternative{a.From, a.To, a.Size, fieldNames(a.Fields)})
	}
	return json.Marshal(j)
}

func jsonFields(fields []*schema.Field) []jsonField {
	var list []jsonField
	for _, f := range fields {
		list = append(list, jsonField{
			Name: f.Name, Tag: f.Tag, Type: f.Type.String(), Size: f.Size, Values: tableName(f.Values),
			Since: f.Since, Until: f.Until, Optional: f.Optional, Array: f.Array,
			Count: f.Count, Group: f.Group, Secret: f.Secret, Note: f.Note,
		})
	}
	return list
}

func tableName(t *schema.Table) string {
	if t == nil {
		return ""
	}
	return t.Name
}

// TagJSON returns a floating tag as one line of JSON.
func (b *Book) TagJSON(t *schema.Tag) ([]byte, error) {
	return json.Marshal(jsonTag{
		V: jsonVersion, Tag: t.Number, Const: t.Const, Reserved: t.Reserved(), Field: t.Field.Name,
		Type: t.Field.Type.String(), Max: t.Field.Size, Values: tableName(t.Field.Values),
		Since: t.Field.Since, Until: t.Field.Until, Also: t.Also, Messages: t.Messages, Note: t.Note,
	})
}

// TableJSON returns a table of values as one line of JSON.
func (b *Book) TableJSON(t *schema.Table) ([]byte, error) {
	j := jsonTable{V: jsonVersion, Table: t.Name, Mask: t.Mask, Note: t.Note, Doubts: t.Doubts, Values: []jsonValue{}}
	for _, v := range t.Values {
		j.Values = append(j.Values, jsonValue{v.Value, v.Name, v.Note})
	}
	return json.Marshal(j)
}
