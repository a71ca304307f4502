package schema

import (
	"slices"
	"sync"
)

// CCE returns CTI Server of Unified CCE (GED-188), versions 5 to 25. It is built
// when it is first asked for. A slip in its tables panics then, so that any test
// finds it.
func CCE() *Protocol { return cce() }

var cce = sync.OnceValue(func() *Protocol {
	p, err := New(CCEDefinition())
	if err != nil {
		panic("schema: " + err.Error())
	}
	return p
})

// CCEDefinition returns the rows that CCE is made of, for a protocol that is like
// it to take dictionaries, tables or messages from. The rows must not be
// changed; the Definition and its slices are the caller's.
func CCEDefinition() Definition {
	return Definition{
		Name:     "CTI Server",
		Guide:    "GED-188",
		Versions: Versions{Min: 5, Max: 25, WideTag: 20},
		Ports:    ccePorts,
		Fields:   slices.Concat(fields, counters()),
		Tags:     slices.Clone(tags),
		Untagged: slices.Clone(untagged),
		Tables:   slices.Clone(tables),
		Messages: slices.Concat(chapters...),
		Named:    slices.Clone(unlisted),

		History:       slices.Clone(history),
		Corrections:   slices.Clone(corrections),
		Uncertainties: slices.Clone(uncertainties),
		Limits:        slices.Clone(limits),
	}
}

// ccePorts are side A and B, plain and secured, of instance 0, and the plain
// ones of a second peripheral gateway on the same host.
var ccePorts = Ports{
	First: []uint16{42027, 43027, 42030, 43030, 44027, 45027},
	Step:  40,
}

// chapters are the message tables of this package; a new chapter's table must
// be added here. The unlisted messages come apart since they have no layout.
var chapters = [][]*Message{
	sessions,
	callEvents,
	clientEvents,
	callData,
	miscellaneous,
	agentControl,
	callControl,
	callMaking,
	devices,
	monitors,
	statisticsMessages,
	supervisor,
	recording,
	configuration,
}

// counters are the fields of the statistics confirmations.
func counters() []Field {
	list := make([]Field, len(statistics))
	for i, name := range statistics {
		list[i] = Field{Name: name, Type: UInt}
	}
	return list
}
