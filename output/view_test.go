package output

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestView writes what is unknown as such, what there is none of as nothing, and
// text that is hostile clean.
func TestView(t *testing.T) {
	lines := []string{
		`{"v":1,"kind":"request","time":"2025-07-21T08:00:00.000000Z","session":1,"frame":4,"name":"OPEN_REQ","invoke_id":1,"outcome":"refused","answer_ms":1.23456,"failure":{"value":10,"name":"E_CTI_DEVICE_IN_USE"},"why":null,"unknown":[]}`,
		`{"v":1,"kind":"request","time":"2025-07-21T08:00:01.000000Z","session":1,"frame":5,"name":"a|b\u001b[2J","invoke_id":2,"outcome":"unknown","answer_ms":null,"failure":null,"why":"hole","unknown":["answer_ms"]}`,
		`{"v":1,"kind":"request_type","type":3,"name":"OPEN_REQ","count":1,"outcomes":{"answered":0,"refused":1},"unknown":[]}`,
	}
	for form, want := range map[string][]string{
		ViewTable:    {"Requests, 2025-07-21", "08:00:00.000 │", "1.234 │ E_CTI_DEVICE_IN_USE", "unknown │", "\nRequests by type\n"},
		ViewText:     {"2025-07-21T08:00:00.000000Z  ses 1  frame 4  request OPEN_REQ  id 1  outcome refused  ms 1.234  failure E_CTI_DEVICE_IN_USE\n", "ms unknown  why hole\n"},
		ViewMarkdown: {"| time | ses |", `a\|b`, `| E\_CTI\_DEVICE\_IN\_USE |`},
		ViewCSV:      {"v,kind,time,session", `,refused,1.23456,"{""value"":10,""name"":""E_CTI_DEVICE_IN_USE""}",,[]`, ",unknown,unknown,,hole,", "\n\nv,kind,type,name"},
		ViewJSON:     lines,
	} {
		var out bytes.Buffer
		v := NewView(&out, form, 0)
		for _, line := range lines {
			require.NoError(t, v.Add([]byte(line+"\n")))
		}
		require.NoError(t, v.Flush())
		for _, part := range want {
			require.Contains(t, out.String(), part, form)
		}
		require.NotContains(t, strings.ReplaceAll(out.String(), `\u001b`, ""), "\x1b", form)
	}
}

// TestViewColumns has a title and columns for each kind.
func TestViewColumns(t *testing.T) {
	for kind, columns := range viewColumns {
		require.NotEmpty(t, viewTitles[kind], kind)
		require.NotEmpty(t, columns)
	}
}
