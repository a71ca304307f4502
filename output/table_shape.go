package output

import (
	"bytes"

	"ctiscope/text"
)

// The widths of terminals from which the table shows more.
const (
	leastTable  = 60
	clientTable = 100 // the client in each row
	wideTable   = 150 // InvokeIDs, and longer names
)

// shape says how a table uses its width. What a row says stands in its last
// column, which begins with the message's name.
type shape struct {
	width   int // of the terminal, 0 for none: nothing is cut then
	time    int
	session int
	wait    int
	client  int // 0 for no such column
	name    int // names are padded to it
	invoke  bool
	coarse  bool // times to the millisecond
}

// shapeFor returns the shape of a table on a terminal of that width, for times of so
// many digits.
func shapeFor(width int, digits uint8) shape {
	s := shape{width: width, time: 15, session: 4, wait: 6, client: 22, name: 24, invoke: true}
	if digits == 9 {
		s.time = 18
	}
	if width == 0 {
		return s
	}
	s.width = max(width, leastTable)
	switch {
	case width < clientTable:
		s.coarse, s.time, s.session, s.wait, s.client, s.name, s.invoke = true, 12, 3, 5, 0, 0, false
	case width < wideTable:
		s.client, s.name, s.invoke = 14, 0, false
	}
	return s
}

// columns returns the columns, the last with what is left of the width.
func (s *shape) columns() []text.Column {
	list := []text.Column{
		{Title: "time", Width: s.time}, {Title: "ses", Width: s.session, Right: true}, {Title: "ms", Width: s.wait, Right: true},
	}
	if s.client > 0 {
		list = append(list, text.Column{Title: "client", Width: s.client})
	}
	return append(list, text.Column{Title: "message", Width: max(s.rest(), 24)})
}

// left returns how many columns stand left of the last one.
func (s *shape) left() int {
	n := s.time + s.session + s.wait + 3*(text.ColumnFrame+text.ColumnLine)
	if s.client > 0 {
		n += s.client + text.ColumnFrame + text.ColumnLine
	}
	return n + 1
}

// rest returns the width of the last column, 0 for no limit.
func (s *shape) rest() int {
	if s.width == 0 {
		return 0
	}
	return s.width - s.left() - 1
}

// head returns the titles and the line under them.
func (s *shape) head() []byte {
	g, err := text.NewGrid(s.columns())
	if err != nil {
		panic("output: " + err.Error()) // the columns are ours, not the input's
	}
	var head []byte
	for line := range bytes.Lines(g.Head) {
		head = append(append(head, bytes.TrimRight(line, " \n")...), '\n')
	}
	return head
}

// appendBlank appends the columns left of the last one, empty.
func (s *shape) appendBlank(dst []byte) []byte {
	dst = append(text.AppendBlanks(dst, s.time+1), " │"...)
	dst = append(text.AppendBlanks(dst, s.session+1), " │"...)
	dst = append(text.AppendBlanks(dst, s.wait+1), " │"...)
	if s.client > 0 {
		dst = append(text.AppendBlanks(dst, s.client+1), " │"...)
	}
	return append(dst, ' ')
}
