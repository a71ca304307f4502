package judge

import (
	"bytes"
	"context"
	"encoding/hex"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/output"
	"ctiscope/pipeline"
)

// TestCutPacketsShowNoPassword cuts the packets of a day at every length that may
// fall into a password, and prints what is left in every format.
func TestCutPacketsShowNoPassword(t *testing.T) {
	c := day(t, 15, 1)
	whole, err := Decode(parse(t, c).File(true), Options{})
	require.NoError(t, err)
	secrets := map[string]bool{}
	for _, m := range regexp.MustCompile(`"(AgentPassword|ClientPassword)":"([^"]{4,})"`).FindAllSubmatch(whole.Text, -1) {
		text := string(m[2])
		if plain, err := hex.DecodeString(text); err == nil && string(m[1]) == "ClientPassword" {
			text = string(bytes.TrimRight(plain, "\x00"))
		}
		secrets[text] = true
	}
	require.Greater(t, len(secrets), 2)
	for snap := 40; snap < 140; snap += 3 {
		d := parse(t, c)
		d.Snap(snap)
		out := printed(t, d.File(true))
		for s := range secrets {
			require.NotContains(t, out, s[:4], "snap %d", snap)
			require.NotContains(t, out, hex.EncodeToString([]byte(s[:4])), "snap %d", snap)
		}
	}
}

// printed runs a capture once and returns what all formats print of it.
func printed(t *testing.T, file []byte) string {
	t.Helper()
	o := output.Options{Width: 300, Hex: true, Events: true}
	var all [4]bytes.Buffer
	table := pipeline.NewPrint(&all[3], 0, func() pipeline.Formatter { return output.NewTable(o) })
	table.Arrange(output.NewTableWriter(o))
	taps := []pipeline.Tap{
		pipeline.NewPrint(&all[0], 0, func() pipeline.Formatter { return output.NewDetail(o) }),
		pipeline.NewPrint(&all[1], 0, func() pipeline.Formatter { return output.NewJSON(o) }),
		pipeline.NewPrint(&all[2], 0, func() pipeline.Formatter { return output.NewText(o) }),
		table,
	}
	src, err := capture.Open([]string{"-"}, capture.Options{Stdin: bytes.NewReader(file)})
	require.NoError(t, err)
	defer src.Close()
	_, err = pipeline.Run(context.Background(), src, pipeline.Options{Taps: taps})
	require.NoError(t, err)
	return all[0].String() + all[1].String() + all[2].String() + all[3].String()
}
