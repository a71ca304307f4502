package decode

import (
	"fmt"

	"ctiscope/decode/schema"
)

// problemText says a problem in one sentence for people. Problems are rare, so
// it may allocate.
func problemText(p *Problem, m *Message) string {
	var f *Field
	if p.Field >= 0 && p.Field < len(m.Fields) {
		f = &m.Fields[p.Field]
	}
	switch p.Code {
	case UnknownType:
		return fmt.Sprintf("message type %d is not in the guide", m.Type)
	case NoLayout:
		return "the guide gives no layout for this message"
	case OtherSize:
		return fmt.Sprintf("fixed part of %d bytes fits, version %d has %d", p.Have, m.Version, p.Need)
	case Truncated:
		return fmt.Sprintf("the message has %d bytes, captured were %d", p.Need, p.Have)
	case ShortFixed:
		return fmt.Sprintf("the fixed part needs %d bytes, the message has %d", p.Need, p.Have)
	case BadFloating:
		return fmt.Sprintf("floating part does not end at the end of the message: need %d bytes, have %d", p.Need, p.Have)
	case UnknownTag:
		return fmt.Sprintf("tag %d is not in the guide", f.tag())
	case ForeignTag:
		return fmt.Sprintf("tag %d is not in this message's table", f.tag())
	case ReservedTag:
		return fmt.Sprintf("tag %d is reserved", f.tag())
	case BadSize:
		return fmt.Sprintf("%s of %d bytes, it takes %d", f.defType(), p.Have, p.Need)
	case OverLength:
		return fmt.Sprintf("%s of %d bytes, the guide allows %d", f.defType(), p.Have, p.Need)
	case BadBool:
		return fmt.Sprintf("BOOL of value %d", p.Have)
	case CountMismatch:
		return fmt.Sprintf("%d announced, %d found", p.Need, p.Have)
	case LaterField:
		return fmt.Sprintf("field of version %d in a session of version %d", p.Need, m.Version)
	case LaterMessage:
		return fmt.Sprintf("message of version %d in a session of version %d", p.Need, m.Version)
	case MalformedName:
		return fmt.Sprintf("%s without its nulls", f.defType())
	case WrongSide:
		return fmt.Sprintf("the guide has this message from the %s", m.from())
	case Repeated:
		return "the field comes once by the guide, and here again"
	case OtherWidth:
		return fmt.Sprintf("floating tags have not the width of version %d", m.Version)
	}
	return p.Code.String()
}

func (f *Field) tag() uint16 {
	if f == nil {
		return 0
	}
	return f.Tag
}

func (f *Field) defType() schema.Type {
	if f == nil || f.Def == nil {
		return schema.Unspec
	}
	return f.Def.Type
}

func (m *Message) from() schema.Side {
	if m.Def == nil {
		return schema.Unknown
	}
	return m.Def.From
}
