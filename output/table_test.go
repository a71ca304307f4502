package output

import (
	"strings"
	"testing"
	"time"

	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/session"
	"ctiscope/text"

	"github.com/stretchr/testify/require"
)

// tabled prints records as a table.
func tabled(opts Options, records []*session.Record) []byte {
	table, w := NewTable(opts), NewTableWriter(opts)
	var out []byte
	for _, r := range records {
		if fact := table.Append(nil, r); len(fact) > 0 {
			out = w.Put(out, fact)
		}
		out = w.Reached(out, r.Mark.Time)
	}
	return w.Close(out)
}

func linesOf(b []byte) []string { return strings.Split(strings.TrimSuffix(string(b), "\n"), "\n") }

func TestTableFitsTheTerminal(t *testing.T) {
	for _, opts := range []Options{{}, {NoFold: true}, {Wrap: true}} {
		for _, width := range []int{60, 80, 99, 100, 120, 149, 150, 160, 200, 300} {
			opts.Width, opts.Events = width, true
			for i, l := range linesOf(tabled(opts, office(t, 3))) {
				require.LessOrEqual(t, text.Width(l), width, "width %d, line %d: %s", width, i, l)
				require.Equal(t, strings.TrimRight(l, " "), l, "line %d", i)
				requireClean(t, []byte(l))
			}
		}
	}
}

// A terminal that is too narrow for the table gets the narrowest one.
func TestTableHasALeastWidth(t *testing.T) {
	require.Equal(t, tabled(Options{Width: 1}, story(t)), tabled(Options{Width: 60}, story(t)))
}

func TestTableCutsNothingWithoutTerminal(t *testing.T) {
	long := strings.Repeat("word ", 500)
	r := record(t, "USER_MESSAGE_REQ", 24, num("InvokeID", schema.None32), str("Text", long))
	out := string(tabled(Options{}, []*session.Record{r}))
	require.Contains(t, out, long)
	require.Contains(t, out, "4294967295")
	for _, l := range linesOf(tabled(Options{}, story(t))) {
		require.NotContains(t, l, "…")
	}
}

// at places records at milliseconds, each in its session.
func at(ms int64, id int64, r *session.Record) *session.Record {
	r.Mark.Time += ms * 1e6
	r.Info.ID = id
	return r
}

// rowsOf returns the rows about messages, without what stands left of them.
func rowsOf(b []byte) (rows []string) {
	for _, l := range linesOf(b) {
		cells := strings.Split(l, "│")
		if last := cells[len(cells)-1]; len(cells) > 3 && (strings.HasPrefix(last, " >") || strings.HasPrefix(last, " <")) {
			rows = append(rows, strings.TrimSpace(cells[1])+strings.Join(strings.Fields(last), " "))
		}
	}
	return rows
}

func stateOf(t *testing.T, monitor int64, agent string) *session.Record {
	t.Helper()
	return record(t, "AGENT_STATE_EVENT", 15, num("MonitorID", monitor), num("AgentState", 3), num("SkillGroupNumber", schema.None32), str("AgentID", agent))
}

func TestTableFoldsWhatSeveralAreTold(t *testing.T) {
	told := func(opts Options, records ...*session.Record) []string { return rowsOf(tabled(opts, records)) }
	require.Equal(t, []string{"1< AGENT_STATE_EVENT +2 available, agent 7"},
		told(Options{}, at(0, 1, stateOf(t, 1, "7")), at(3, 2, stateOf(t, 0, "7")), at(900, 4, stateOf(t, 9, "7"))))
	require.Equal(t, []string{"1< AGENT_STATE_EVENT +1 available, agent 7"},
		told(Options{}, at(0, 1, stateOf(t, 1, "7")), at(0, 1, stateOf(t, 2, "7"))), "two monitors of one session")
	require.Len(t, told(Options{NoFold: true}, at(0, 1, stateOf(t, 1, "7")), at(3, 2, stateOf(t, 0, "7"))), 2)
	require.Len(t, told(Options{}, at(0, 1, stateOf(t, 1, "7")), at(0, 2, stateOf(t, 1, "8"))), 2, "another event")
	require.Len(t, told(Options{}, at(0, 1, stateOf(t, 1, "7")), at(1, 1, stateOf(t, 1, "7"))), 2, "told twice")
	require.Len(t, told(Options{}, at(0, 1, stateOf(t, 1, "7")), at(1001, 2, stateOf(t, 1, "7"))), 2, "too late")
	require.Equal(t, []string{"1< AGENT_STATE_EVENT available, agent 7", "2< AGENT_STATE_EVENT +1 available, agent 8", "2< AGENT_STATE_EVENT available, agent 7"},
		told(Options{}, at(0, 1, stateOf(t, 1, "7")), at(0, 2, stateOf(t, 1, "8")), at(0, 1, stateOf(t, 1, "8")), at(0, 2, stateOf(t, 1, "7"))),
		"a session's messages keep their order")
}

// asks makes a request, answers its answer.
func asks(t *testing.T, id int64) *session.Record {
	t.Helper()
	r := record(t, "MAKE_CALL_REQ", 15, num("InvokeID", id), num("SkillGroupNumber", schema.None32), str("AgentInstrument", "3001"), str("DialedNumber", "9999"))
	r.RequestID = id
	return r
}

func answers(t *testing.T, id int64, name string, values ...decode.Setting) *session.Record {
	t.Helper()
	r := record(t, name, 15, append(values, num("InvokeID", id))...)
	r.RequestID = id
	r.Request = session.Request{ID: id, Type: schema.CCE().ByName("MAKE_CALL_REQ").Number, Mark: r.Mark}
	r.Mark.Time += 12_345_678
	return r
}

func TestTableJoinsRequestAndAnswer(t *testing.T) {
	rows := rowsOf(tabled(Options{}, []*session.Record{at(0, 1, asks(t, 5)), at(0, 2, stateOf(t, 1, "7")), at(0, 1, answers(t, 5, "MAKE_CALL_CONF", num("NewConnectionCallID", 77), num("LineType", schema.None16)))}))
	require.Equal(t, []string{"1> MAKE_CALL_REQ 5 +CONF 3001 -> 9999; call 77", "2< AGENT_STATE_EVENT available, agent 7"}, rows)
	out := string(tabled(Options{}, []*session.Record{at(0, 1, asks(t, 5)), at(0, 1, answers(t, 5, "CONTROL_FAILURE_CONF", num("FailureCode", 46)))}))
	require.Contains(t, out, "12.3 │")
	require.Contains(t, out, "MAKE_CALL_REQ 5 +CONTROL_FAILURE_CONF refused: ")
	for name, records := range map[string][]*session.Record{
		"something came between": {at(0, 1, asks(t, 5)), at(0, 1, stateOf(t, 1, "7")), at(0, 1, answers(t, 5, "MAKE_CALL_CONF"))},
		"another request":        {at(0, 1, asks(t, 5)), at(0, 1, answers(t, 6, "MAKE_CALL_CONF"))},
		"another session":        {at(0, 1, asks(t, 5)), at(0, 2, answers(t, 5, "MAKE_CALL_CONF"))},
		"too late":               {at(0, 1, asks(t, 5)), at(1500, 2, stateOf(t, 1, "7")), at(1500, 1, answers(t, 5, "MAKE_CALL_CONF"))},
	} {
		require.Len(t, rowsOf(tabled(Options{}, records)), len(records), name)
	}
}

// What failed is never cut: it takes the lines that it needs.
func TestTableCutsNoFailure(t *testing.T) {
	r := answers(t, 5, "CONTROL_FAILURE_CONF", num("FailureCode", 46), num("PeripheralErrorCode", 20124))
	whole := string(tabled(Options{}, []*session.Record{r}))
	narrow := string(tabled(Options{Width: 60}, []*session.Record{r}))
	require.NotContains(t, narrow, "…")
	var said strings.Builder
	for _, l := range linesOf([]byte(narrow))[6:] {
		_, last, _ := strings.Cut(l, "│       │")
		said.WriteString(last)
	}
	bare := func(s string) string { return strings.ReplaceAll(s, " ", "") }
	_, want, _ := strings.Cut(whole, "CONTROL_FAILURE_CONF 5 ")
	require.Equal(t, bare(strings.TrimSuffix(want, "\n")), bare(said.String()))
}

func TestTableTellsWhenTheDateChanges(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	night := func(hours int64) *session.Record {
		r := record(t, "HEARTBEAT_REQ", 15)
		r.Mark.Time = time.Date(2025, 10, 25, 21, 30, 0, 0, time.UTC).UnixNano() + hours*int64(time.Hour)
		return r
	}
	out := string(tabled(Options{Zone: zone}, []*session.Record{night(0), night(1), night(3), night(4)}))
	require.Contains(t, out, " times in Europe/Berlin, server")
	for _, l := range []string{" 2025-10-25  CEST +02:00", " 2025-10-26  CEST +02:00", " 2025-10-26  CET +01:00"} {
		require.Equal(t, 1, strings.Count(out, l+"\n"), out)
	}
	require.Equal(t, 1, strings.Count(string(tabled(Options{}, []*session.Record{night(0), night(1), night(3)})), "2025-10-26"))
}

func TestTableTimesOfNanoseconds(t *testing.T) {
	r := record(t, "HEARTBEAT_REQ", 15)
	r.Mark.Digits, r.Mark.Time = 9, r.Mark.Time+123
	for _, width := range []int{0, 80, 110, 160} {
		lines := linesOf(tabled(Options{Width: width}, []*session.Record{r}))
		require.Len(t, lines, 6, "a message takes one line")
		if width != 80 {
			require.Contains(t, lines[5], " 08:26:40.001942123 │")
		}
	}
}

// Columns line up whatever the texts hold.
func TestTableLinesUp(t *testing.T) {
	for _, id := range []string{"desk", "東京", "❤️ love", "🇨🇭 flag", "👍🏽 ok", "e\u0301te", "\u3164x", "🇨", "a\u200db"} {
		r := record(t, "HEARTBEAT_REQ", 15)
		r.Info.ClientID = id
		lines := linesOf(tabled(Options{Width: 120}, []*session.Record{r}))
		want := -1
		for _, l := range lines[1:] {
			at := strings.LastIndexAny(l, "│┼")
			if at < 0 {
				continue
			}
			if n := text.Width(l[:at]); want < 0 {
				want = n
			} else {
				require.Equal(t, want, n, "%q: %s", id, l)
			}
		}
	}
}

func TestTableIsBounded(t *testing.T) {
	w, table := NewTableWriter(Options{}), NewTable(Options{})
	var out []byte
	for i := range int64(3 * maxKnown) {
		r := record(t, "HEARTBEAT_REQ", 15)
		r.Info.ID = i
		out = w.Put(out[:0], table.Append(nil, r))
	}
	require.LessOrEqual(t, w.waiting(), maxHeld)
	require.LessOrEqual(t, len(w.held), 2*maxHeld+2)
	require.LessOrEqual(t, len(w.last), maxHeld)
	require.LessOrEqual(t, len(w.known), maxKnown)
	w.Close(nil)
	require.Empty(t, w.last)
	require.Empty(t, w.events)
}

func TestWrap(t *testing.T) {
	tests := []struct {
		text  string
		width int
		most  int
		want  []string
	}{
		{"short", 10, 0, []string{"short"}},
		{"", 10, 3, []string{""}},
		{"one two three", 7, 0, []string{"one two", "three"}},
		{"one two three", 8, 0, []string{"one two", "three"}},
		{"abcdefghij", 4, 0, []string{"abcd", "efgh", "ij"}},
		{"one two three four", 7, 2, []string{"one two", "three …"}},
		{"a bcdefghijklmnop", 8, 0, []string{"a bcdefg", "hijklmno", "p"}},
		{"東京都渋谷区", 5, 0, []string{"東京", "都渋", "谷区"}},
		{"東京都渋谷区", 5, 1, []string{"東京…"}},
	}
	for _, test := range tests {
		require.Equal(t, test.want, text.AppendWrapped(nil, test.text, test.width, test.most), test.text)
	}
}

func TestTableAllocatesNothing(t *testing.T) {
	table, w := NewTable(Options{Width: 160}), NewTableWriter(Options{Width: 160})
	r := delivered(t)
	var fact, out []byte
	row := func() {
		r.Mark.Time += holdTime
		fact = table.Append(fact[:0], r)
		out = w.Reached(w.Put(out[:0], fact), r.Mark.Time)
	}
	for range 2000 {
		row()
	}
	require.Zero(t, testing.AllocsPerRun(1000, row))
}

func BenchmarkTable(b *testing.B) {
	table, w := NewTable(Options{Width: 160}), NewTableWriter(Options{Width: 160})
	r := delivered(b)
	var fact, out []byte
	b.ReportAllocs()
	for b.Loop() {
		r.Mark.Time += holdTime
		fact = table.Append(fact[:0], r)
		out = w.Reached(w.Put(out[:0], fact), r.Mark.Time)
	}
}
