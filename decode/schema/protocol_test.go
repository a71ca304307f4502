package schema

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// small is a definition of two messages that New accepts.
func small() Definition {
	return Definition{
		Name:     "Small",
		Versions: Versions{Min: 1, Max: 3, WideTag: 3},
		Ports:    Ports{First: []uint16{5000, 65530}, Step: 4},
		Fields:   []Field{{Name: "InvokeID", Type: UInt}, {Name: "VersionNumber", Type: UInt}, {Name: "Colour", Type: UShort, Values: colours}},
		Tags:     []Tag{{Number: 9, Const: "NOTE_TAG", Field: Field{Name: "Note", Type: String, Size: 20}}},
		Tables:   []*Table{colours},
		Messages: []*Message{
			{Number: 7, Name: "HELLO_REQ", From: Client, Traits: OpensSession, Fixed: []*Field{{Name: "InvokeID"}, {Name: "VersionNumber"}}},
			{Number: 8, Name: "HELLO_CONF", From: Server, Fixed: []*Field{{Name: "InvokeID"}}, Floating: []*Field{{Name: "Note"}}},
			{Number: 9, Name: "NO", From: Server, Traits: Failure, Fixed: []*Field{{Name: "Colour"}}},
		},
		Named: []*Message{{Number: 11, Name: "TALK_REQ"}, {Number: 12, Name: "TALK_RESP"}},
	}
}

var colours = &Table{Name: "Colour", Values: []Value{{Value: 1, Name: "COLOUR_RED"}, {Value: 2, Name: "COLOUR_BLUE"}}, Prefixes: []string{"COLOUR_"}}

func TestNew(t *testing.T) {
	p, err := New(small())
	require.NoError(t, err)
	require.Equal(t, "Small", p.Name())
	require.Len(t, p.Messages(), 5)
	hello, conf := p.ByName("HELLO_REQ"), p.Lookup(8)
	require.Same(t, hello, p.OpenRequest())
	require.True(t, hello.Is(OpensSession|Request) && !hello.Is(Answer))
	require.True(t, conf.Is(Answer) && conf.CanAnswer(hello) && !hello.CanAnswer(conf))
	require.True(t, p.Lookup(11).Is(Request) && p.Lookup(12).Is(Answer), "messages that are only named pair by their names")
	require.Equal(t, "blue", p.Lookup(9).CodeField.Values.Words(2, 0))
	require.Equal(t, 20, conf.Floating[0].Size)
	off, ok := p.VersionOffset()
	require.True(t, ok)
	require.Equal(t, 4, off)
	require.False(t, (*Message)(nil).Is(Request))
}

// What two protocols make of the same rows is their own.
func TestProtocolsShareNothing(t *testing.T) {
	d := CCEDefinition()
	d.Messages = []*Message{
		d.Messages[0],
		{Number: 30, Name: "OTHER_EVENT", Fixed: []*Field{{Name: "AgentState"}}, Floating: []*Field{{Name: "AgentExtension"}, {Name: "AgentID"}}},
	}
	d.Named = nil
	other, err := New(d)
	require.NoError(t, err)
	require.Nil(t, d.Messages[1].Fixed[0].Values, "the rows stay as they are")
	m, mine := other.Lookup(30), CCE().Lookup(30)
	require.Equal(t, "OTHER_EVENT", m.Name)
	require.Equal(t, "AGENT_STATE_EVENT", mine.Name)
	require.NotSame(t, CCE().Lookup(1), other.Lookup(1))
	require.NotSame(t, CCE().Lookup(1).Fixed[1], other.Lookup(1).Fixed[1])
	require.NotSame(t, CCE().LookupTag(5), other.LookupTag(5))
	require.NotSame(t, CCE().TableByName("AgentState"), other.TableByName("AgentState"))
	require.Same(t, other.TableByName("AgentState"), m.Fixed[0].Values)
	require.Equal(t, 1, m.Floating[1].Index)
	for i, f := range mine.Floating {
		require.Equal(t, i, f.Index)
	}
	for _, f := range mine.Floating {
		require.NotContains(t, m.Floating, f)
	}
}

func TestPortsOfInstances(t *testing.T) {
	p, err := New(small())
	require.NoError(t, err)
	require.Equal(t, []uint16{5000, 65530}, p.Ports(0))
	require.Equal(t, []uint16{5008}, p.Ports(2), "the second port would be 65538")
	for _, instance := range []int{-1, 1 << 40, -1 << 60} {
		require.Empty(t, p.Ports(instance))
	}
	require.ElementsMatch(t, []uint16{42027, 43027, 42030, 43030, 44027, 45027}, CCE().Ports(0))
	require.Subset(t, CCE().Ports(2), []uint16{42107, 43107, 42110, 43110})
	require.NotContains(t, CCE().Ports(2), uint16(42027))
}

func TestBrokenDefinitions(t *testing.T) {
	field := func(f ...*Field) *Message { return &Message{Number: 30, Name: "SOME_EVENT", Fixed: f} }
	floating := func(f ...*Field) *Message { return &Message{Number: 30, Name: "SOME_EVENT", Floating: f} }
	add := func(m *Message) func(*Definition) {
		return func(d *Definition) { d.Messages = append(d.Messages, m) }
	}
	for name, c := range map[string]struct {
		damage func(*Definition)
		want   string
	}{
		"no versions":                {func(d *Definition) { d.Versions = Versions{} }, "versions 0 to 0"},
		"too high a version":         {func(d *Definition) { d.Versions.Max = 32 }, "versions 1 to 32"},
		"a number twice":             {add(&Message{Number: 7, Name: "SECOND"}), "HELLO_REQ and SECOND have the number 7"},
		"a number twice, only named": {func(d *Definition) { d.Named[0].Number = 8 }, "HELLO_CONF and TALK_REQ have the number 8"},
		"a name twice":               {add(&Message{Number: 20, Name: "NO"}), `called "NO"`},
		"no name":                    {add(&Message{Number: 20}), `called ""`},
		"no number":                  {add(&Message{Name: "SOME_EVENT"}), "SOME_EVENT has the number 0"},
		"too high a number":          {add(&Message{Number: 1 << 31, Name: "SOME_EVENT"}), "SOME_EVENT has the number 2147483648"},
		"unknown field":              {add(field(&Field{Name: "MonitorId"})), "SOME_EVENT names the field MonitorId, which is in no dictionary"},
		"a fixed name is no floating one": {add(floating(&Field{Name: "Colour"})),
			"SOME_EVENT names the field Colour, which is in no dictionary"},
		"a field twice in the dictionary": {func(d *Definition) { d.Fields = append(d.Fields, Field{Name: "Colour", Type: UInt}) },
			"field Colour is in the dictionary twice"},
		"a field without a type": {func(d *Definition) { d.Fields[0].Type = 0 }, "field InvokeID of HELLO_REQ has no type"},
		"a fixed field of no size": {func(d *Definition) {
			d.Fields = append(d.Fields, Field{Name: "Raw", Type: Unspec})
			add(field(&Field{Name: "Raw"}))(d)
		}, "fixed field Raw of SOME_EVENT has no size"},
		"an array of texts":        {add(floating(&Field{Name: "Note", Array: true})), "is an array of STRING"},
		"a fixed part without end": {add(field(&Field{Name: "Colour", Size: 13000})), "takes 13000 bytes at version 1"},
		"a tag twice":              {func(d *Definition) { d.Tags = append(d.Tags, Tag{Number: 9, Const: "B_TAG"}) }, "NOTE_TAG and B_TAG have the tag 9"},
		"a table twice":            {func(d *Definition) { d.Tables = append(d.Tables, &Table{Name: "Colour"}) }, "two tables are called Colour"},
		"a table not listed":       {func(d *Definition) { d.Tables = nil }, "Colour refers to the table Colour, which is not among the tables"},
		"a table out of order": {func(d *Definition) {
			d.Tables = append(d.Tables, &Table{Name: "T", Values: []Value{{Value: 2}, {Value: 1}}})
		},
			"the values of the table T are not in order"},
		"an answer to nothing": {add(&Message{Number: 20, Name: "SOME_CONF", Answers: 99}), "SOME_CONF answers the message 99, which there is not"},
		"two that open":        {func(d *Definition) { d.Messages[2].Traits = OpensSession }, "HELLO_REQ and NO open a session"},
		"an open without a version": {func(d *Definition) { d.Messages[0].Fixed = d.Messages[0].Fixed[:1] },
			"HELLO_REQ does not hold its VersionNumber at one place"},
		"a version that moves":     {func(d *Definition) { d.Messages[0].Fixed[0].Since = 2 }, "HELLO_REQ does not hold its VersionNumber at one place"},
		"too many floating fields": {add(floating(make256()...)), "more than 255 floating fields"},
		"an alternative too small": {func(d *Definition) {
			d.Messages[1].Alternatives = []Alternative{{From: 1, To: 3, Size: 3, Fields: []*Field{{Name: "InvokeID"}}}}
		}, "with fields of 4 bytes has the size 3"},
		"an alternative of no version": {func(d *Definition) { d.Messages[1].Alternatives = []Alternative{{From: 1, To: 3, Size: 99}} },
			"no version gives the size of an alternative of HELLO_CONF"},
	} {
		t.Run(name, func(t *testing.T) {
			d := small()
			c.damage(&d)
			p, err := New(d)
			require.ErrorContains(t, err, c.want)
			require.ErrorContains(t, err, "protocol Small: ")
			require.Nil(t, p)
		})
	}
}

func make256() []*Field {
	list := make([]*Field, 256)
	for i := range list {
		list[i] = &Field{Name: "Note"}
	}
	return list
}

// The roles that code asks for were once message numbers.
func TestTraitsOfCCE(t *testing.T) {
	named := func(want Traits) (names []string) {
		for _, m := range CCE().Messages() {
			if m.Is(want) {
				names = append(names, m.Name)
			}
		}
		return names
	}
	require.Equal(t, []string{"OPEN_REQ"}, named(OpensSession))
	require.Equal(t, []string{"HEARTBEAT_REQ", "HEARTBEAT_CONF"}, named(Heartbeat))
	require.Equal(t, []string{"CLOSE_REQ", "ACTIVE_MAINTENANCE_REQ_MSG"}, named(Prompt))
	require.Equal(t, []string{"FAILURE_CONF", "FAILURE_EVENT", "CONTROL_FAILURE_CONF"}, named(Failure))
	require.Equal(t, []string{"FAILURE_CONF", "CONTROL_FAILURE_CONF"}, named(AnswersAny))
	require.Equal(t, []string{"FAILURE_CONF", "CONTROL_FAILURE_CONF"}, named(AnswersAny|Answer))
	require.Empty(t, named(Request|Answer))
	require.Equal(t, "Status", CCE().ByName("FAILURE_CONF").CodeField.Name)
	require.Equal(t, "Status", CCE().ByName("FAILURE_EVENT").CodeField.Name)
	require.Equal(t, "FailureCode", CCE().ByName("CONTROL_FAILURE_CONF").CodeField.Name)
	for _, m := range CCE().Messages() {
		req := CCE().Lookup(m.Answers)
		require.Equal(t, m.HasInvokeID() || !m.HasLayout && req != nil || isLayoutlessRequest(m), m.Is(Request) || m.Is(Answer), m.Name)
		if req != nil {
			require.True(t, m.Is(Answer) && req.Is(Request) && m.CanAnswer(req), m.Name)
		}
	}
}

func isLayoutlessRequest(m *Message) bool {
	for _, other := range CCE().Messages() {
		if other.Answers == m.Number && !other.HasLayout {
			return true
		}
	}
	return false
}
