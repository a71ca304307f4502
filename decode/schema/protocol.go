package schema

// Protocol is one protocol as data: its messages, tags, tables of values,
// versions and ports. It is made by New, read-only from then on, and may be used
// by any number of goroutines. What it hands out is its own: no other Protocol
// shares its Messages, Fields, Tags or Tables, so that these pointers tell the
// protocol, too, and must not be changed.
type Protocol struct {
	name     string
	guide    string
	versions Versions
	ports    Ports

	messages []*Message // by number
	byNumber []*Message // the same by array index
	byName   []*Message // the same in the order of names
	open     *Message
	silence  silence
	tags     []*Tag // by number
	byTag    []*Tag // the same by array index
	tables   []*Table

	history       []Change
	corrections   []Correction
	uncertainties []Uncertainty
	limits        []Limit
}

// Definition is what New makes a Protocol of. All its rows are copied, so that
// definitions may share dictionaries, tables and messages.
type Definition struct {
	Name     string // such as "CTI Server"
	Guide    string // the number of Cisco's document, such as "GED-188"
	Versions Versions
	Ports    Ports

	// Fields is the dictionary of fixed fields, Tags that of floating ones.
	// Untagged are floating fields whose tag no source states.
	Fields   []Field
	Tags     []Tag
	Untagged []Field
	// Tables are all that the fields refer to, and others to be looked up.
	Tables []*Table
	// Messages have a layout; Named are those that the guide only names.
	Messages []*Message
	Named    []*Message

	// What the guide says of its versions, and what is doubtful about it.
	History       []Change
	Corrections   []Correction
	Uncertainties []Uncertainty
	Limits        []Limit
}

// Versions are the versions of a protocol that its tables cover.
type Versions struct {
	Min, Max int // from 1 to MaxVersions
	// WideTag is the first version whose floating fields have a two byte tag
	// and a two byte length; below it both are one byte.
	WideTag int
}

// MaxVersions bounds the version numbers of a Protocol, which are kept as sets
// of bits.
const MaxVersions = 31

// Has tells whether the tables cover a version.
func (v Versions) Has(version int) bool { return version >= v.Min && version <= v.Max }

// Nearest returns the version of the tables that is nearest to version.
func (v Versions) Nearest(version int) int { return min(max(version, v.Min), v.Max) }

// Wide tells whether tags and lengths take two bytes each at a version.
func (v Versions) Wide(version int) bool { return version >= v.WideTag }

// Ports are the TCP ports that servers of a protocol usually listen at.
type Ports struct {
	First []uint16 // those of instance 0
	Step  uint16   // from the ports of an instance to those of the next
}

// Name returns the protocol's name, such as "CTI Server".
func (p *Protocol) Name() string { return p.name }

// Guide returns the number of Cisco's document, such as "GED-188".
func (p *Protocol) Guide() string { return p.guide }

// Versions returns the versions that the tables cover.
func (p *Protocol) Versions() Versions { return p.versions }

// Ports returns the usual TCP ports of a server's instance, counted from 0. An
// instance whose ports would be no ports has none.
func (p *Protocol) Ports(instance int) []uint16 {
	if instance < 0 || instance > 1<<16 {
		return nil
	}
	var ports []uint16
	for _, first := range p.ports.First {
		if n := int(first) + int(p.ports.Step)*instance; n < 1<<16 {
			ports = append(ports, uint16(n))
		}
	}
	return ports
}

// History returns the guide's list of changes, newest version first.
func (p *Protocol) History() []Change { return p.history }

// Corrections returns the places where the tables differ from the guide.
func (p *Protocol) Corrections() []Correction { return p.corrections }

// Uncertainties returns what is not certain about first versions.
func (p *Protocol) Uncertainties() []Uncertainty { return p.uncertainties }

// Limits returns the limits and special values under the guide's names.
func (p *Protocol) Limits() []Limit { return p.limits }
