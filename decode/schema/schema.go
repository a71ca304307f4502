// Package schema holds protocols as data. A Protocol has messages, fields,
// floating tags, tables of values, versions and ports, and tells what a message
// is to a session (Traits), so that nothing else asks for a message by number.
// New makes one of a Definition, which is rows; CCE returns the one built in:
// CTI Server of Unified CCE, GED-188, protocol versions 5 to 25.
//
// It is the single source of names, layouts and values. The decoder, the
// encoder, the printers, the reference pages and the tests all walk these
// tables; nothing else in the project spells a wire name in a table of its own.
// Framing (a header of 8 bytes, fixed part, tags) is that of all protocols and
// part of decode. What products mean by error and reason numbers (Code, Reason,
// Advice) goes by product, whichever protocol carries the number.
//
// The tables are Go literals, one file a chapter of the guide ("GED-188,
// Client Events" is client_events.go). Names stand exactly as the guide prints
// them. Where the guide contradicts itself or the wire, the table follows the
// wire and the message's Doubts say so.
//
// # How to change the tables
//
// A field is said once: fixed ones in fields.go, floating ones with their tags
// in tags.go. A message's row names its fields in wire order and says only what
// differs in that message: another type, size or table of values, the versions
// that have it, whether it is optional, what counts it, a note.
//
// To add a message: put its row into the chapter's file, new fields into the
// dictionary, a new table of values into values*.go or masks.go and into
// tables.go. A new chapter goes into chapters in cce.go. To add a version:
// raise Versions.Max there, and give Since (or Until) to the fields that it
// changes. New refuses a name that is in no dictionary, and CCE panics with what
// New says. The test of the golden list of layouts, run with -update, shows what
// changed.
//
// Tables that only another interface of Cisco's states (values_other.go) are
// not attached to fields. To add a protocol, such as that of Unified CCX: write a
// Definition of its own messages, with the dictionaries of CCEDefinition and
// what differs from them. New copies every row, so that protocols share no Field,
// Index or Table even where they are made of the same rows.
//
// The package imports only the standard library. A Protocol is read-only: all
// values it hands out are shared and must not be changed.
package schema

// Sizes of the wire format, in bytes (GED-188, Messaging Conventions). They are
// those of every protocol: what differs between protocols is in a Protocol.
const (
	HeaderSize = 8
	// MaxMessageSize counts the header; MaxMessageLength, the largest value
	// of the MessageLength field, does not.
	MaxMessageSize   = 12500
	MaxMessageLength = MaxMessageSize - HeaderSize
	// MaxNumber is the largest number that a message can have: more than any
	// guide has, so that later messages are shown by number, but not any
	// garbage.
	MaxNumber = 4095
)

// Type is a data type of the guide. All numbers are big endian.
type Type uint8

// The data types of GED-188, Messaging Conventions.
const (
	Char       Type = iota + 1 // 1 byte, signed
	UChar                      // 1 byte
	Short                      // 2 bytes, signed
	UShort                     // 2 bytes
	Int                        // 4 bytes, signed
	UInt                       // 4 bytes
	Bool                       // 2 bytes, 0 or 1
	Time                       // 4 bytes, seconds since 1970-01-01 00:00 UTC
	String                     // text; its length counts a trailing null
	Unspec                     // raw bytes
	TaskID                     // 12 bytes: TaskGroupHigh, TaskGroupLow, SequenceNumber
	AppPathID                  // 5 bytes, no layout given
	NamedVar                   // name + null, value + null
	NamedArray                 // index byte, name + null, value + null
)

var types = [...]struct {
	name string
	size int
}{
	Char: {"CHAR", 1}, UChar: {"UCHAR", 1}, Short: {"SHORT", 2}, UShort: {"USHORT", 2},
	Int: {"INT", 4}, UInt: {"UINT", 4}, Bool: {"BOOL", 2}, Time: {"TIME", 4},
	String: {"STRING", 0}, Unspec: {"UNSPEC", 0}, TaskID: {"TASKID", 12}, AppPathID: {"APPPATHID", 5},
	NamedVar: {"NAMEDVAR", 0}, NamedArray: {"NAMEDARRAY", 0},
}

// String returns the guide's name of the type, such as "USHORT".
func (t Type) String() string {
	if int(t) < len(types) && types[t].name != "" {
		return types[t].name
	}
	return "no type"
}

// Size returns the number of bytes a value takes, or 0 where that varies.
func (t Type) Size() int {
	if int(t) < len(types) {
		return types[t].size
	}
	return 0
}

// Side tells who sends a message.
type Side uint8

// The senders. Unknown stands where the guide does not tell, or where a
// message's number is not in the tables.
const (
	Unknown Side = iota
	Client
	Server
)

// String returns "client", "server" or "unknown".
func (s Side) String() string {
	switch s {
	case Client:
		return "client"
	case Server:
		return "server"
	}
	return "unknown"
}

// Field is one field of one message.
type Field struct {
	Name string
	Type Type
	// Size is the number of bytes of a fixed field; for a floating field it
	// is the guide's maximum. Of an Array it is the maximum of the whole.
	Size int
	// Tag is the floating field's tag; 0 for a fixed field, and for the few
	// floating fields whose tag no source states (those never match).
	Tag    uint16
	Values *Table // words for the numbers, nil where there are none
	// Since and Until are the first and last version that has the field;
	// 0 means no limit.
	Since, Until uint8
	Optional     bool
	// Array marks one floating field that holds many numbers of Type.
	Array bool
	// Count names the field that tells how often this one comes. A field with
	// a Count or a Group repeats.
	Count string
	// Group names the record whose fields repeat together, such as
	// "ConnectedParty"; empty for a field that repeats alone or not at all.
	Group string
	// Secret marks passwords and what is as good as one, which output masks.
	Secret bool
	Note   string
	// AlsoNone is one more number that means none; 0 where there is none.
	AlsoNone uint32
	// PerClient marks what differs between the clients that one event is told to.
	PerClient bool
	// Codes names the list of codes that explains the number.
	Codes Codes
	// Kind says how the data are read, Variable that it is a call variable, named
	// or numbered. New sets both.
	Kind     Kind
	Variable bool
	// Index is the field's place among the message's floating fields, NoIndex
	// for a fixed field and for the Field of a Tag. New sets it.
	Index int
}

// NoIndex is the Index of a field that is not among the floating fields of a
// message.
const NoIndex = -1

// Repeats tells whether the tables let the field come more than once.
func (f *Field) Repeats() bool { return f.Count != "" || f.Group != "" }

// In tells whether a message of that version has the field.
func (f *Field) In(version int) bool {
	return version >= int(f.Since) && (f.Until == 0 || version <= int(f.Until))
}

// Message is one message type of one protocol.
type Message struct {
	Number  uint32
	Name    string
	From    Side
	Service string // the guide's group of messages, such as "Client Control"
	Purpose string
	Note    string
	// Traits are what the message is to a session. A row states those that do
	// not follow from names and layout.
	Traits Traits
	// CodeField is the field of a Failure's fixed part that tells why; nil
	// where none does. New finds it: the first one with a table of values.
	CodeField *Field
	// Since is the first version that has the message; 0 means all.
	Since uint8
	// HasLayout is false for the messages that the guide only names. New sets it.
	HasLayout bool
	Fixed     []*Field // in wire order, with those of every version
	Floating  []*Field // any order on the wire
	// AlsoTags are tags that the guide's tag table lists for the message
	// though its layout does not show them.
	AlsoTags []uint16
	// Alternatives are other fixed parts seen or possible on the wire, in the
	// order in which to try them.
	Alternatives []Alternative
	// Answers is the number of the request that this confirmation answers, 0
	// if it answers none or, as AnswersAny says, many. New finds it by the name
	// where the row does not tell.
	Answers uint32
	// Doubts are contradictions and gaps of the guide, in our words.
	Doubts []string
}

// Alternative is another fixed part for a span of versions.
type Alternative struct {
	From, To uint8 // versions, inclusive
	Size     int   // bytes
	// Fields is the fixed part of that size in wire order. Where no source
	// gives the layout of the last bytes, the fields add up to less than Size
	// and the rest stays undecoded. A row of the tables may leave it out; see
	// like and without.
	Fields []*Field

	// like and without say Fields in short: the layout of version like without
	// the fields named. With neither, it is the layout of the nearest version
	// whose fixed part has the size.
	like    int
	without []string
}

// FixedSize returns the size in bytes of the fixed part at a version.
func (m *Message) FixedSize(version int) int {
	n := 0
	for _, f := range m.Fixed {
		if f.In(version) {
			n += f.Size
		}
	}
	return n
}

// fixedOffset returns where a field of the fixed part begins at a version, in
// bytes from the start of the body; ok is false when the version has none of
// that name.
func (m *Message) fixedOffset(name string, version int) (off int, ok bool) {
	for _, f := range m.Fixed {
		switch {
		case !f.In(version):
		case f.Name == name:
			return off, true
		default:
			off += f.Size
		}
	}
	return 0, false
}

// HasInvokeID tells whether the body begins with an InvokeID.
func (m *Message) HasInvokeID() bool {
	return len(m.Fixed) > 0 && m.Fixed[0].Name == "InvokeID"
}

// Tag is one floating tag of the guide's tag table.
type Tag struct {
	Number uint16
	Const  string // the guide's constant, such as "ANI_TAG"
	// Field describes the value where layouts use the tag: its commonest name,
	// type and size. A tag that no layout uses has a Field with the constant
	// as Name and Unspec as Type, a reserved one "Tag_" and its number. Since
	// and Until are those of the tag.
	Field    Field
	Also     []string // other names that layouts give the tag
	Messages []string // messages that the tag table names, where it says so
	Note     string
}
