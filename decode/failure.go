package decode

import "ctiscope/decode/schema"

// FailureCode returns the field that tells why, of a message that tells of a
// failure: the first of its fixed part that has a table of values. Fixed parts of
// other sizes have another one than the definition's CodeField. It is nil where the
// message tells of no failure, or does not hold the field.
func (m *Message) FailureCode() *Field {
	if !m.Def.Is(schema.Failure) {
		return nil
	}
	for i := range m.Fields[:m.NumFixed] {
		if f := &m.Fields[i]; f.Def != nil && f.Def.Values != nil && !f.Odd {
			return f
		}
	}
	return nil
}

// PeripheralError returns the PeripheralErrorCode of the fixed part: the error that
// the peripheral gave for a failure; 0 for none.
func (m *Message) PeripheralError() uint32 {
	for i := range m.Fields[:m.NumFixed] {
		if f := &m.Fields[i]; f.Def != nil && f.Def.Codes == schema.PeripheralCodes && !f.Odd {
			return m.Uint(f)
		}
	}
	return 0
}
