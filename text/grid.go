package text

import (
	"bytes"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"
)

// Column is a column of a table.
type Column struct {
	Title string
	Width int // of the text, without the blank on each side
	Right bool
}

// frame is what a table spends on each column besides its text: a blank on
// both sides; between columns there is a line as well.
const (
	ColumnFrame = 2
	ColumnLine  = 1
)

// Grid draws a table row by row through tablewriter. The widths of its columns
// are fixed, so that what a row looks like does not depend on other rows.
type Grid struct {
	table *tablewriter.Table
	buf   bytes.Buffer
	// Head is the title line and the line under it.
	Head []byte
}

// NewGrid returns a grid with these columns.
func NewGrid(columns []Column) (*Grid, error) {
	g := new(Grid)
	widths := tw.NewMapper[int, int]()
	titles := make([]string, len(columns))
	align := make([]tw.Align, len(columns))
	for i, c := range columns {
		widths.Set(i, c.Width+ColumnFrame)
		titles[i] = c.Title
		align[i] = tw.AlignLeft
		if c.Right {
			align[i] = tw.AlignRight
		}
	}
	g.table = tablewriter.NewTable(&g.buf,
		tablewriter.WithStreaming(tw.StreamConfig{Enable: true, StrictColumns: true}),
		tablewriter.WithWidths(tw.CellWidth{PerColumn: widths}),
		tablewriter.WithRenderer(renderer.NewBlueprint(tw.Rendition{
			Borders: tw.Border{Left: tw.Off, Right: tw.Off, Top: tw.Off, Bottom: tw.Off},
			Symbols: tw.NewSymbols(tw.StyleLight),
			Settings: tw.Settings{
				Separators: tw.Separators{BetweenRows: tw.Off, BetweenColumns: tw.On},
				Lines:      tw.Lines{ShowHeaderLine: tw.On, ShowTop: tw.Off, ShowBottom: tw.Off},
			},
			Streaming: true,
		})),
		tablewriter.WithRowAutoWrap(tw.WrapNone),
		tablewriter.WithRowAlignmentConfig(tw.CellAlignment{PerColumn: align}),
		tablewriter.WithHeaderAlignmentConfig(tw.CellAlignment{PerColumn: align}),
		tablewriter.WithHeaderAutoFormat(tw.Off),
		tablewriter.WithTrimSpace(tw.Off),
		// Arrows and the like take one column on every terminal, whatever the
		// locale of this process says.
		tablewriter.WithEastAsian(tw.Off),
	)
	return g, g.start(titles)
}

// start has the table write its titles. The line under them comes with the
// first row only, so an empty row is drawn and taken off again.
func (g *Grid) start(titles []string) error {
	if err := g.table.Start(); err != nil {
		return err
	}
	g.table.Header(titles)
	empty := make([]string, len(titles))
	if err := g.table.Append(empty); err != nil {
		return err
	}
	withRow := g.buf.Len()
	if err := g.table.Append(empty); err != nil {
		return err
	}
	row := g.buf.Len() - withRow
	g.Head = bytes.Clone(g.buf.Bytes()[:withRow-row])
	g.buf.Reset()
	return nil
}

// Append appends a row. Its cells may hold line ends; no line may be wider
// than its column.
func (g *Grid) Append(dst []byte, cells []string) ([]byte, error) {
	g.buf.Reset()
	if err := g.table.Append(cells); err != nil {
		return dst, err
	}
	return append(dst, g.buf.Bytes()...), nil
}
