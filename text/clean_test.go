package text

import (
	"encoding/json"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// requireClean requires valid UTF-8 without anything that is not printable.
func requireClean(t testing.TB, b []byte) {
	t.Helper()
	require.True(t, utf8.Valid(b), "%q", b)
	for _, r := range string(b) {
		require.True(t, unicode.IsPrint(r), "%U in %q", r, b)
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"plain":                "plain",
		"Zürich 東京":            "Zürich 東京",
		"Z\xfcrich \x80":       "Zürich €",
		"\x1b[31m\x00\x7f":     `\x1b[31m\x00\x7f`,
		"a\tb\r\nc":            `a\tb\r\nc`,
		"\u202eevil\u2028":     `\u202eevil\u2028`,
		"\x9b31m":              "›31m", // Windows-1252, no control character
		"\u009b31m\x81":        `\x9b31m\x81`,
		"\U000e0041":           `\U000e0041`,
		`"quotes" and \ stay`:  `"quotes" and \\ stay`,
		"no\u00a0break\ufeff.": `no\xa0break\ufeff.`,
	} {
		got := AppendClean(nil, in)
		require.Equal(t, want, string(got))
		requireClean(t, got)
	}
}

func TestWord(t *testing.T) {
	for in, want := range map[string]string{
		"3001":      "3001",
		"":          `""`,
		"two words": `"two words"`,
		`a"b`:       `"a\"b"`,
		"\x1b":      `"\x1b"`,
		"Müller":    `"Müller"`,
	} {
		require.Equal(t, want, string(AppendWord(nil, []byte(in))))
	}
}

func TestColumn(t *testing.T) {
	require.Equal(t, "-", string(AppendColumn(nil, "")))
	require.Equal(t, `a_b\x1b`, string(AppendColumn(nil, "a b\x1b")))
}

func FuzzQuote(f *testing.F) {
	for _, s := range []string{"plain", "a\"b", "\x1b[0m", "Z\xfcrich", "\u202e", "12345678\x80", "\U0001f600\xf0\x9f"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, s []byte) {
		requireClean(t, AppendClean(nil, s))
		requireClean(t, AppendInQuotes(nil, s))
		requireClean(t, AppendWord(nil, s))
		requireClean(t, AppendColumn(nil, string(s)))
		quoted := AppendJSON(nil, s)
		require.True(t, json.Valid(quoted), "%s", quoted)
		for _, r := range string(quoted) {
			require.True(t, unicode.IsGraphic(r), "%U", r)
		}
		require.Equal(t, tablePlain(s), isPlain(s))
	})
}
