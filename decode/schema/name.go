package schema

import "strconv"

// unknownMessage is what the name of a message number that is in no table
// begins with; the number follows.
const unknownMessage = "UNKNOWN_"

// MessageName returns the name of a message number; "UNKNOWN_300" for one that
// is not in the tables.
func (p *Protocol) MessageName(number uint32) string {
	if m := p.Lookup(number); m != nil {
		return m.Name
	}
	return UnknownName(number)
}

// AppendMessageName appends what MessageName returns.
func (p *Protocol) AppendMessageName(dst []byte, number uint32) []byte {
	return p.Lookup(number).AppendName(dst, number)
}

// AppendName appends the message's name; of no message, nil, that of the number
// given.
func (m *Message) AppendName(dst []byte, number uint32) []byte {
	if m != nil {
		return append(dst, m.Name...)
	}
	return strconv.AppendUint(append(dst, unknownMessage...), uint64(number), 10)
}

// UnknownName returns the name of a message number that is in no table.
func UnknownName(number uint32) string {
	return unknownMessage + strconv.FormatUint(uint64(number), 10)
}
