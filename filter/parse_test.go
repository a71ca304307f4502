package filter

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ctiscope/decode/schema"
)

func TestParseTypes(t *testing.T) {
	cases := []struct {
		name string
		list []string
		want []uint32
	}{
		{"names", []string{"OPEN_REQ", "OPEN_CONF"}, []uint32{3, 4}},
		{"other case, hyphens, spaces", []string{" open-req", "Open_Conf"}, []uint32{3, 4}},
		{"numbers", []string{"4", "3", "4"}, []uint32{3, 4}},
		{"numbers that are in no table", []string{"9999", "UNKNOWN_77777"}, []uint32{9999, 77777}},
		{"pattern", []string{"open_*"}, []uint32{3, 4}},
		{"none", nil, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := ParseTypes(schema.CCE(), c.list)
			require.NoError(t, err)
			require.Equal(t, c.want, got)
		})
	}
}

func TestParseTypesUnknown(t *testing.T) {
	cases := []struct {
		name, text, nearest string
	}{
		{"letter left out", "AGENT_STATE_EVNT", "AGENT_STATE_EVENT"},
		{"ending left out", "AGENT_STATE", "AGENT_STATE_EVENT"},
		{"letters swapped", "opne_req", "OPEN_REQ"},
		{"nothing alike", "@@@@", ""},
		{"pattern that fits nothing", "XYZZY_*", ""},
		{"pattern that is none", "[", ""},
		{"number too large", "4294967296", ""},
		{"empty", "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := ParseTypes(schema.CCE(), []string{"OPEN_REQ", c.text})
			var unknown *UnknownNameError
			require.ErrorAs(t, err, &unknown)
			require.Equal(t, c.text, unknown.Name)
			if c.nearest == "" {
				require.Empty(t, unknown.Nearest)
			} else {
				require.Contains(t, unknown.Nearest, c.nearest)
				require.LessOrEqual(t, len(unknown.Nearest), maxNearest)
			}
		})
	}
}

func TestEditDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"kitten", "sitting", 3}, {"abc", "abc", 0}} {
		require.Equal(t, c.want, editDistance(c.a, c.b), "%s to %s", c.a, c.b)
	}
}

func TestParseSessions(t *testing.T) {
	got, err := ParseSessions([]string{"3", " 5-9", "9-9"})
	require.NoError(t, err)
	require.Equal(t, []Span{{3, 3}, {5, 9}, {9, 9}}, got)
	for _, bad := range []string{"", "0", "-1", "5-", "-", "9-5", "x", "1-2-3", "99999999999999999999"} {
		_, err := ParseSessions([]string{bad})
		require.Error(t, err, bad)
	}
}

func TestParseMoment(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	// 00:30 of July 21st in Berlin.
	start := time.Date(2025, 7, 20, 22, 30, 0, 0, time.UTC)
	cases := []struct{ name, text, want string }{
		{"UTC", "2025-07-20T08:26:40.5Z", "2025-07-20T08:26:40.5Z"},
		{"offset", "2025-07-20T08:26:40+05:00", "2025-07-20T03:26:40Z"},
		{"date and time in zone", "2025-07-20T08:26:40", "2025-07-20T06:26:40Z"},
		{"with a space and a fraction", "2025-07-20 08:26:40.001942", "2025-07-20T06:26:40.001942Z"},
		{"no seconds", "2025-07-20 08:26", "2025-07-20T06:26:00Z"},
		{"day", "2025-07-20", "2025-07-19T22:00:00Z"},
		{"clock time, on the zone's day", "08:26:40.25", "2025-07-21T06:26:40.25Z"},
		{"clock time without seconds", "08:26", "2025-07-21T06:26:00Z"},
		{"relative", "+1m30s", "2025-07-20T22:31:30Z"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			m, err := ParseMoment(c.text, berlin)
			require.NoError(t, err)
			from, _ := Interval(m, Moment{}, start)
			require.Equal(t, c.want, from.UTC().Format(time.RFC3339Nano))
		})
	}
}

func TestInterval(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	evening := time.Date(2025, 7, 20, 20, 0, 0, 0, time.UTC) // 22:00 in Berlin
	morning := time.Date(2025, 7, 20, 6, 26, 40, 0, time.UTC)
	for _, c := range []struct {
		name, since, until string
		start              time.Time
		from, to           string
	}{
		{"a minute", "2025-07-20 08:26", "2025-07-20 08:27", morning, "2025-07-20T06:26:00Z", "2025-07-20T06:27:59.999999999Z"},
		{"a day", "2025-07-20", "2025-07-20", morning, "2025-07-19T22:00:00Z", "2025-07-20T21:59:59.999999999Z"},
		{"seconds are exact", "", "2025-07-20 08:27:00", morning, "", "2025-07-20T06:27:00Z"},
		{"twice in autumn", "2025-10-26 02:15", "2025-10-26 02:45", morning, "2025-10-26T00:15:00Z", "2025-10-26T01:45:59.999999999Z"},
		{"not at all in spring", "2025-03-30 02:15", "2025-03-30 02:45", morning, "2025-03-30T01:00:00Z", "2025-03-30T01:00:00Z"},
		{"shortly before the capture", "08:00", "08:30", morning, "2025-07-20T06:00:00Z", "2025-07-20T06:30:59.999999999Z"},
		{"over midnight", "08:00", "09:30", evening, "2025-07-21T06:00:00Z", "2025-07-21T07:30:59.999999999Z"},
		{"into the next day", "23:00", "01:00", evening, "2025-07-20T21:00:00Z", "2025-07-20T23:00:59.999999999Z"},
		{"an end on the next day", "", "09:30:00", evening, "", "2025-07-21T07:30:00Z"},
		{"from the first packet on", "+10s", "+1m", morning, "2025-07-20T06:26:50Z", "2025-07-20T06:27:40Z"},
	} {
		since, err := ParseMoment(c.since, berlin)
		require.NoError(t, err)
		until, err := ParseMoment(c.until, berlin)
		require.NoError(t, err)
		from, to := Interval(since, until, c.start)
		for want, got := range map[string]time.Time{c.from: from, c.to: to} {
			if want == "" {
				require.True(t, got.IsZero(), c.name)
			} else {
				require.Equal(t, want, got.UTC().Format(time.RFC3339Nano), c.name)
			}
		}
	}
}

func TestZonesInAnyCase(t *testing.T) {
	for name, want := range map[string]string{
		"utc": "UTC", "UTC": "UTC", "Local": "Local", "europe/berlin": "Europe/Berlin", "AMERICA/NEW_YORK": "America/New_York",
		"america/port-au-prince": "America/Port-au-Prince", "africa/dar_es_salaam": "Africa/Dar_es_Salaam", "cet": "CET", "etc/gmt+5": "Etc/GMT+5",
		"est5edt": "EST5EDT", "Asia/Kolkata": "Asia/Kolkata",
	} {
		zone, err := ParseZone(name)
		require.NoError(t, err, name)
		require.Equal(t, want, zone.String())
	}
	for _, name := range []string{"Europe/Nowhere", "../etc/passwd", "berlin"} {
		_, err := ParseZone(name)
		require.ErrorContains(t, err, name)
	}
}

func TestParseMomentNeedsStart(t *testing.T) {
	for text, want := range map[string]bool{"": false, "2025-07-20": false, "08:26": true, "+3s": true} {
		m, err := ParseMoment(text, time.UTC)
		require.NoError(t, err)
		require.Equal(t, want, m.NeedsStart(), text)
	}
	from, to := Interval(Moment{}, Moment{}, time.Now())
	require.True(t, from.IsZero() && to.IsZero())
}

func TestParseMomentBad(t *testing.T) {
	for _, text := range []string{"soon", "+", "+-3s", "-3s", "25:00", "2025-13-01", "2025-07-20T08:26:40 Z"} {
		_, err := ParseMoment(text, time.UTC)
		require.ErrorIs(t, err, errMoment, text)
	}
}
