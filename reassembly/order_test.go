package reassembly_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/reassembly"
)

const opened = "open 1 10.0.0.1:50000 start"

func TestOrder(t *testing.T) {
	cases := []struct {
		name string
		run  func(s *script)
		want []string
	}{
		{"in order", func(s *script) {
			s.c(ack, 1, 1001, "abc")
			s.s(ack, 1001, 4, "xyz")
			s.c(ack, 4, 1004, "def")
		}, []string{"> abc @4", "< xyz @5", "> def @6"}},
		{"swapped", func(s *script) {
			s.c(ack, 4, 1001, "def")
			s.c(ack, 1, 1001, "abc")
		}, []string{"> abc @5", "> def @4"}},
		{"three backwards", func(s *script) {
			s.c(ack, 7, 1001, "ghi")
			s.c(ack, 4, 1001, "def")
			s.c(ack, 1, 1001, "abc")
		}, []string{"> abc @6", "> def @5", "> ghi @4"}},
		{"repeated", func(s *script) {
			s.c(ack, 1, 1001, "abc")
			s.c(ack, 1, 1001, "abc")
		}, []string{"> abc @4"}},
		{"overlap with the past", func(s *script) {
			s.c(ack, 1, 1001, "abc")
			s.c(ack, 2, 1001, "bcdef")
		}, []string{"> abc @4", "> def @5"}},
		{"overlap with what waits", func(s *script) {
			s.c(ack, 3, 1001, "cd")
			s.c(ack, 1, 1001, "abcdef")
		}, []string{"> ab @5", "> cd @4", "> ef @5"}},
		{"overlap between what waits", func(s *script) {
			s.c(ack, 7, 1001, "gh")
			s.c(ack, 3, 1001, "cd")
			s.c(ack, 2, 1001, "bcdefghij")
			s.c(ack, 1, 1001, "a")
		}, []string{"> a @7", "> b @6", "> cd @5", "> ef @6", "> gh @4", "> ij @6"}},
		{"conflict with what waits, the first wins", func(s *script) {
			s.c(ack, 3, 1001, "cd")
			s.c(ack, 2, 1001, "bXXe")
			s.c(ack, 1, 1001, "aYYYYf")
		}, []string{"> conflict", "> a @6", "> b @5", "> cd @4", "> e @5", "> conflict", "> f @6"}},
		{"keep-alive", func(s *script) {
			s.c(ack, 1, 1001, "abc")
			s.c(ack, 3, 1001, "\x00")
			s.c(ack, 3, 1001, "")
			s.c(ack, 4, 1001, "def")
		}, []string{"> abc @4", "> def @7"}},
		{"fin before the last data", func(s *script) {
			s.c(fin|ack, 4, 1001, "")
			s.s(fin|ack, 1001, 5, "")
			s.c(ack, 1, 1002, "abc")
		}, []string{"> abc @6", "close 1 fin"}},
		{"data after fin", func(s *script) {
			s.c(fin|ack, 1, 1001, "abc")
			s.s(fin|ack, 1001, 5, "")
			s.c(ack, 5, 1002, "no")
		}, []string{"> abc @4", "close 1 fin"}},
		{"unacknowledged hole at the end", func(s *script) {
			s.c(ack, 4, 1001, "def")
			s.asm.Close()
		}, []string{"> lost 3 @0-4", "> def @4", "close 1 end of capture"}},
		{"acknowledged bytes at the end", func(s *script) {
			s.c(ack, 1, 1001, "abc")
			s.s(ack, 1001, 104, "")
			s.asm.Close()
		}, []string{"> abc @4", "> lost 100 @4-0", "close 1 end of capture"}},
		{"segments of a closed connection", func(s *script) {
			s.c(fin|ack, 1, 1001, "abc")
			s.s(fin|ack, 1001, 5, "")
			s.c(ack, 5, 1002, "")
			s.c(fin|ack, 1, 1001, "abc")
			s.asm.Close()
		}, []string{"> abc @4", "close 1 fin"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newScript(reassembly.Options{})
			s.handshake()
			require.Equal(t, []string{opened}, s.take())
			c.run(s)
			require.Equal(t, c.want, s.take())
		})
	}
}
