package decode

// Setting is one field to encode and what it shall hold, by name. AppendMessage takes them in wire
// order for the floating part; fixed fields may stand in any order.
type Setting struct {
	// Name is a field of the message's layout, or the name of a tag of the tag
	// table, or "" to encode by Tag alone.
	Name string
	// Tag picks a floating tag that the layout does not have under Name; 0
	// means that Name tells.
	Tag uint16
	// Num is the value of a number, BOOL or TIME; negative values are stored
	// in two's complement.
	Num int64
	// Nums are the elements of an Array field.
	Nums []int64
	// Bytes is the value of STRING (without its null, which is added) and of
	// UNSPEC, TASKID and APPPATHID.
	Bytes []byte
	// Index, Key and Bytes are the parts of a NAMEDARRAY; Key and Bytes those
	// of a NAMEDVAR (nulls are added).
	Index uint8
	Key   string
}
