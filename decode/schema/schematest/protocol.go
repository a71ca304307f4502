// Package schematest has a second, small protocol for tests that read several
// side by side. It is made up: its numbers and tags are those of CTI Server with
// other layouts and meanings, its fields partly those of CTI Server's
// dictionary. It imports decode/schema only.
package schematest

import (
	"sync"

	"ctiscope/decode/schema"
)

// Protocol returns the protocol, always the same. Its messages are
//
//	  1 REFUSAL      server, answers any request: InvokeID, Reason
//	  3 HELLO_REQ    client, opens a session: InvokeID, PeripheralID, VersionNumber; ClientID
//	  4 HELLO_CONF   server: InvokeID
//	  5 HEARTBEAT_REQ, 6 HEARTBEAT_CONF as in CTI Server
//	 30 MOOD_EVENT   server: Mood (UINT), from version 2 StateDuration; AgentExtension, Score (tag 5, UINT)
//	300 LATER_EVENT  server, without a layout
//
// at versions 1 to 3, with two byte tags at 3. In CTI Server tag 5 is AgentID, a
// text, and message 30 AGENT_STATE_EVENT.
func Protocol() *schema.Protocol { return protocol() }

var protocol = sync.OnceValue(func() *schema.Protocol {
	p, err := schema.New(Definition())
	if err != nil {
		panic(err)
	}
	return p
})

// Definition returns the rows of Protocol.
func Definition() schema.Definition {
	d := schema.CCEDefinition()
	d.Name, d.Guide = "Small Server", "GED-000"
	d.Versions = schema.Versions{Min: 1, Max: 3, WideTag: 3}
	d.Ports = schema.Ports{First: []uint16{12028}, Step: 10}
	d.Fields = append(d.Fields, schema.Field{Name: "Mood", Type: schema.UInt, Values: moods}, schema.Field{Name: "Reason", Type: schema.UShort, Values: reasons})
	for i := range d.Tags {
		if d.Tags[i].Number == 5 {
			d.Tags[i] = schema.Tag{Number: 5, Const: "SCORE_TAG", Field: schema.Field{Name: "Score", Type: schema.UInt}}
		}
	}
	d.Tables = append(d.Tables, moods, reasons)
	d.Messages = messages
	d.Named = []*schema.Message{{Number: 300, Name: "LATER_EVENT", From: schema.Server}}
	d.History, d.Corrections, d.Uncertainties, d.Limits = nil, nil, nil, nil
	return d
}

var moods = &schema.Table{
	Name: "Mood", Prefixes: []string{"MOOD_"},
	Values: []schema.Value{{Value: 0, Name: "MOOD_CALM"}, {Value: 3, Name: "MOOD_VERY_GOOD"}, {Value: 70000, Name: "MOOD_FOUL"}},
}

var reasons = &schema.Table{
	Name:   "Reason",
	Values: []schema.Value{{Value: 1, Name: "R_TOO_LATE", Note: "the office is closed"}},
}

var messages = []*schema.Message{
	{
		Number: 1, Name: "REFUSAL", From: schema.Server, Traits: schema.Failure | schema.AnswersAny,
		Fixed: []*schema.Field{{Name: "InvokeID"}, {Name: "Reason"}},
	},
	{
		Number: 3, Name: "HELLO_REQ", From: schema.Client, Traits: schema.OpensSession,
		Fixed:    []*schema.Field{{Name: "InvokeID"}, {Name: "PeripheralID"}, {Name: "VersionNumber"}},
		Floating: []*schema.Field{{Name: "ClientID"}},
	},
	{Number: 4, Name: "HELLO_CONF", From: schema.Server, Fixed: []*schema.Field{{Name: "InvokeID"}}},
	{Number: 5, Name: "HEARTBEAT_REQ", From: schema.Client, Traits: schema.Heartbeat, Fixed: []*schema.Field{{Name: "InvokeID"}}},
	{Number: 6, Name: "HEARTBEAT_CONF", From: schema.Server, Traits: schema.Heartbeat, Fixed: []*schema.Field{{Name: "InvokeID"}}},
	{
		Number: 30, Name: "MOOD_EVENT", From: schema.Server,
		Fixed:    []*schema.Field{{Name: "Mood"}, {Name: "StateDuration", Since: 2}},
		Floating: []*schema.Field{{Name: "AgentExtension"}, {Name: "Score"}},
	},
}
