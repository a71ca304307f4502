package reassembly_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ctiscope/reassembly"
)

// Refused and Close tell which side it was, and that it was neither.
func TestWhoEnded(t *testing.T) {
	const client, server, none = reassembly.AtoB, reassembly.BtoA, reassembly.NoDirection
	connect := func(s *script) {
		s.c(syn, 0, 0, "")
		s.s(syn|ack, 1000, 1, "")
		s.c(ack, 1, 1001, "abc")
		s.s(ack, 1001, 4, "xyz")
	}
	cases := []struct {
		name string
		run  func(s *script)
		want []reassembly.Direction
	}{
		{"reset by the server", func(s *script) { connect(s); s.s(rst, 1004, 0, "") }, []reassembly.Direction{server}},
		{"reset by the client", func(s *script) { connect(s); s.c(rst, 4, 0, "") }, []reassembly.Direction{client}},
		{"closed by the server", func(s *script) {
			connect(s)
			s.s(fin|ack, 1004, 4, "")
			s.c(fin|ack, 4, 1005, "")
		}, []reassembly.Direction{server}},
		{"closed by the client", func(s *script) {
			connect(s)
			s.c(fin|ack, 4, 1004, "")
			s.s(fin|ack, 1004, 5, "")
		}, []reassembly.Direction{client}},
		{"closed by the client, data still to come", func(s *script) {
			connect(s)
			s.c(fin|ack, 7, 1004, "")
			s.s(fin|ack, 1004, 4, "")
			s.c(ack, 4, 1005, "def")
		}, []reassembly.Direction{client}},
		{"refused", func(s *script) {
			s.c(syn, 0, 0, "")
			s.s(rst|ack, 0, 1, "")
		}, []reassembly.Direction{server, server}},
		{"never answered", func(s *script) {
			s.c(syn, 0, 0, "")
			s.pass(int64(5 * time.Second))
		}, []reassembly.Direction{none, none}},
		{"taken back", func(s *script) {
			s.c(syn, 0, 0, "")
			s.c(rst, 1, 0, "")
		}, []reassembly.Direction{client}},
		{"replaced", func(s *script) {
			s.c(syn, 0, 0, "")
			s.s(syn|ack, 1000, 1, "")
			s.c(syn, 9000, 0, "")
		}, []reassembly.Direction{none, none}},
		{"half closed at the end of the capture", func(s *script) {
			connect(s)
			s.s(fin|ack, 1004, 4, "")
		}, []reassembly.Direction{none}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newScript(reassembly.Options{})
			c.run(s)
			s.asm.Close()
			require.Equal(t, c.want, s.enders, s.lines)
		})
	}
}
