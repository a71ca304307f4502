package reference

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"ctiscope/decode/schema"
)

var update = flag.Bool("update", false, "rewrite docs/REFERENCE.md")

var book = New(schema.CCE())

// TestMarkdownFile holds docs/REFERENCE.md against the schema; -update
// rewrites it.
func TestMarkdownFile(t *testing.T) {
	file := filepath.Join("..", "..", "docs", "REFERENCE.md")
	want := book.Markdown()
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(want), 0o644))
	}
	got, err := os.ReadFile(file)
	require.NoError(t, err)
	require.True(t, want == string(got), "docs/REFERENCE.md is not what the schema says; go test ./output/reference -update rewrites it")
}

// TestMarkdownLinks checks that every link of the contents has its heading.
func TestMarkdownLinks(t *testing.T) {
	anchors := make(map[string]bool)
	var links []string
	for line := range strings.Lines(book.Markdown()) {
		if title, ok := strings.CutPrefix(line, "### "); ok {
			anchor := strings.NewReplacer(" ", "-", "(", "", ")", "", ",", "").Replace(strings.ToLower(strings.TrimSpace(title)))
			require.False(t, anchors[anchor], "two headings for %s", anchor)
			anchors[anchor] = true
		}
		for _, part := range strings.Split(line, "](#")[1:] {
			link, _, _ := strings.Cut(part, ")")
			links = append(links, link)
		}
	}
	anchors["floating-tags"], anchors["tables-of-values"] = true, true
	require.Greater(t, len(links), len(schema.CCE().Messages()))
	for _, link := range links {
		require.True(t, anchors[link], "no heading for #%s", link)
	}
}

// TestMessageTellsAll checks that the page of every message has every field,
// doubt and pair that the schema has.
func TestMessageTellsAll(t *testing.T) {
	for _, m := range schema.CCE().Messages() {
		text := book.Message(m, 0)
		require.Contains(t, text, m.Name)
		require.Contains(t, text, m.Purpose)
		for _, f := range fields(m) {
			require.Contains(t, text, f.Name, m.Name)
			if f.Values != nil {
				require.Contains(t, text, f.Values.Name, m.Name)
			}
		}
		for _, doubt := range m.Doubts {
			require.Contains(t, text, doubt)
		}
		if req := schema.CCE().Lookup(m.Answers); m.Answers != 0 {
			require.Contains(t, text, "Answers "+named(req))
			require.Contains(t, book.Message(req, 0), m.Name)
		}
	}
}

// TestWidth checks that no line is wider than asked unless a single cell or
// word is.
func TestWidth(t *testing.T) {
	const width = 100
	for _, m := range schema.CCE().Messages() {
		for line := range strings.Lines(book.Message(m, width)) {
			line = strings.TrimRight(line, "\n")
			require.Equal(t, strings.TrimRight(line, " "), line, "blanks at the end of a line of %s", m.Name)
			if n := utf8.RuneCountInString(line); n > width {
				require.Contains(t, line, "  ", "%s: %d columns: %s", m.Name, n, line)
			}
		}
	}
	for line := range strings.Lines(book.Message(schema.CCE().ByName("OPEN_REQ"), width)) {
		require.LessOrEqual(t, len(line)-1, width)
	}
}

func TestFixedSizes(t *testing.T) {
	require.Equal(t, []sizes{{5, 5, 22}, {6, 18, 26}, {19, 23, 30}, {24, 25, 32}}, book.fixedSizes(schema.CCE().ByName("OPEN_CONF")))
	require.Equal(t, "22 bytes at version 5, 26 bytes at versions 6 to 18, 30 bytes at versions 19 to 23, 32 bytes at version 24 on",
		book.sizeText(schema.CCE().ByName("OPEN_CONF")))
	require.Equal(t, "4 bytes", book.sizeText(schema.CCE().ByName("FAILURE_EVENT")))
}

func TestJSON(t *testing.T) {
	for _, m := range schema.CCE().Messages() {
		line, err := book.MessageJSON(m)
		require.NoError(t, err)
		var back jsonMessage
		require.NoError(t, json.Unmarshal(line, &back))
		require.Equal(t, m.Name, back.Name)
		require.Len(t, back.Fixed, len(m.Fixed))
		require.Len(t, back.Floating, len(m.Floating))
	}
	for _, tag := range schema.CCE().Tags() {
		line, err := book.TagJSON(tag)
		require.NoError(t, err)
		var back jsonTag
		require.NoError(t, json.Unmarshal(line, &back))
		require.Equal(t, tag.Number, back.Tag)
	}
	for _, table := range schema.CCE().Tables() {
		line, err := book.TableJSON(table)
		require.NoError(t, err)
		var back jsonTable
		require.NoError(t, json.Unmarshal(line, &back))
		require.Len(t, back.Values, len(table.Values))
	}
}

func TestCode(t *testing.T) {
	require.Empty(t, book.Code(4_000_000_000, 0))
	text := book.Code(10, 0)
	require.Contains(t, text, "As Status\n  - E_CTI_DEVICE_IN_USE\n")
	require.Contains(t, text, "As FailureCode")
	lines, err := book.CodeJSON(10)
	require.NoError(t, err)
	require.Len(t, lines, 2)
	var back meaning
	require.NoError(t, json.Unmarshal(lines[0], &back))
	require.Equal(t, "E_CTI_DEVICE_IN_USE", back.Const)
	for _, c := range schema.PeripheralErrors() {
		require.Contains(t, book.Code(c.Value, 0), "As PeripheralErrorCode")
	}
	for _, r := range schema.EventReasons() {
		require.Contains(t, book.Code(r.Value, 0), r.Text)
	}
}

func TestLists(t *testing.T) {
	list := book.List(schema.CCE().Messages(), 0)
	require.Equal(t, len(schema.CCE().Messages())+1, strings.Count(list, "\n"))
	require.Equal(t, len(schema.CCE().Tags())+1, strings.Count(book.Tags(schema.CCE().Tags(), 0), "\n"))
	require.Equal(t, len(schema.CCE().Tables())+1, strings.Count(book.Tables(0), "\n"))
	for _, table := range schema.CCE().Tables() {
		require.GreaterOrEqual(t, strings.Count(book.Table(table, 0), "\n"), len(table.Values)+2)
	}
	for _, tag := range schema.CCE().Tags() {
		require.Contains(t, book.Tag(tag, 0), tag.Const)
	}
	require.Contains(t, book.Codes(0), "EventReasonCode")
}

func TestGridEscapesMarkdown(t *testing.T) {
	g := grid{head: []string{"A"}, right: []bool{true}, rows: [][]string{{"a|b <c> *d* e_f"}}}
	require.Equal(t, "| A |\n| ---: |\n| a\\|b &lt;c&gt; \\*d\\* e\\_f |\n", g.escaped().markdown())
}

func TestWrap(t *testing.T) {
	require.Equal(t, []string{"one two", "three", "fourteenletters", "x"}, wrap("one two three fourteenletters x", 8))
	require.Equal(t, []string{"one two"}, wrap("one two", 0))
	require.Equal(t, []string{"über wo"}, wrap("über wo", 7))
}
