// Package bpf compiles capture filters, in the language of tcpdump, to classic
// BPF programs, and runs such programs.
//
// # The language
//
//	host, net, port, portrange   with src, dst, src or dst, src and dst before,
//	                             and ip, ip6, arp, rarp, ether, tcp, udp, sctp
//	tcp udp sctp icmp icmp6 igmp igrp pim vrrp carp ah esp ip ip6 arp rarp
//	proto N, ip proto N, ip6 proto N, ether proto N    (names as \tcp, or tcp)
//	ether host M, ether broadcast, ether multicast, ip multicast, ip6 multicast
//	vlan [N], mpls [N], pppoed, pppoes [N]             move what follows behind the header
//	geneve [N], vxlan [N]                              move what follows into the tunnel
//	less N, greater N, inbound, outbound, ifindex N
//	E op E with op one of = == != < <= > >=            E of numbers, len, proto[i:n], + - * / % & | ^ << >>
//	and && or || not ! ( )
//
// As with tcpdump, and and or bind equally and to the left, "port 80 or 443"
// repeats the qualifiers, and vlan, mpls, pppoes, geneve and vxlan change the
// offsets of everything to their right. Services have the names that the system
// knows. What is outside this language is refused with an
// *Error that names the word and its place; nothing is ever ignored. Names of
// hosts are refused, since the answer of a name server would decide what is
// captured.
//
// # VLAN tags on Linux
//
// The Linux kernel takes the outer VLAN tag out of a frame before a socket
// filter runs and keeps it beside the packet. A program for such a socket is
// compiled with Target.Kernel: where the expression says vlan, the program
// asks the kernel for the tag first and looks into the frame if there is none.
// As with tcpdump, an expression without the word vlan then matches packets
// with and without an outer tag.
//
// The package imports capture, for the link types, and golang.org/x/net/bpf
// for the form of an instruction.
package bpf

import (
	"errors"
	"fmt"

	netbpf "golang.org/x/net/bpf"

	"ctiscope/capture"
)

// MaxInstructions is the length of the longest program that Linux and the BSDs
// accept.
const MaxInstructions = 4096

// maxSnapLen is what a program returns for "the whole packet".
const maxSnapLen = 262144

// ErrNothing is an expression that no packet of the link type can match, as
// "ip and arp".
var ErrNothing = errors.New("capture filter: no packet can match it")

// ErrTooLong is an expression whose program is longer than MaxInstructions.
var ErrTooLong = errors.New("capture filter: its program is too long for the system")

// Target says which packets a program runs on.
type Target struct {
	Link capture.LinkType
	// SnapLen is how many bytes of a packet the program keeps; 0 means all.
	SnapLen int
	// Kernel is true for a program that is attached to a Linux packet socket:
	// the outer VLAN tag is then beside the packet, and a socket of the link
	// types LinkLinuxSLL and LinkLinuxSLL2 sees packets without a link header.
	Kernel bool
	// Unlimited is true for a program that Run runs, which may be longer than
	// MaxInstructions.
	Unlimited bool
}

// Compile compiles expr for packets as they are in a capture file, or as a
// system other than Linux gives them to a filter. The empty expression matches
// every packet. snaplen is in bytes, 0 for all. An expression that cannot be
// compiled gives an *Error, ErrNothing or ErrTooLong.
func Compile(expr string, link capture.LinkType, snaplen int) ([]netbpf.RawInstruction, error) {
	return Target{Link: link, SnapLen: snaplen}.Compile(expr)
}

// Compile compiles expr for the target; see the function Compile.
func (t Target) Compile(expr string) ([]netbpf.RawInstruction, error) {
	return t.program(func(s *scope) (*cond, error) { return parse(expr, s) })
}

// program builds the condition that build gives and turns it into
// instructions. If the condition looks at VLAN tags in a kernel, it is built
// once for each place in which a tag can be.
func (t Target) program(build func(*scope) (*cond, error)) ([]netbpf.RawInstruction, error) {
	s, err := newScope(t, tagInPacket)
	if err != nil {
		return nil, err
	}
	c, err := build(s)
	if err != nil {
		return nil, err
	}
	if t.Kernel && s.usedVLAN {
		places := []tagPlace{tagBeside}
		if s.cooked() {
			places = []tagPlace{tagInFront, tagBeside}
		}
		for _, place := range places {
			s, err := newScope(t, place)
			if err != nil {
				return nil, err
			}
			other, err := build(s)
			if err != nil {
				return nil, err
			}
			c = choose(place.is(), other, c)
		}
	}
	prog, ok := assemble(c, t.keep())
	if !ok {
		return nil, ErrNothing
	}
	if !settled(prog) {
		return nil, ErrOutside
	}
	if len(prog) > MaxInstructions && !t.Unlimited {
		return nil, fmt.Errorf("%w: %d instructions, at most %d", ErrTooLong, len(prog), MaxInstructions)
	}
	return prog, nil
}

// keep is what the program returns for a packet that matches.
func (t Target) keep() uint32 {
	if t.SnapLen <= 0 || t.SnapLen > maxSnapLen {
		return maxSnapLen
	}
	return uint32(t.SnapLen)
}

// Error is an expression that cannot be compiled.
type Error struct {
	Expr   string // the expression
	Offset int    // where the word begins, in bytes from 0
	Word   string // the word that is wrong; empty at the end of the expression
	Reason string
}

// Error names the word, its place and what is wrong.
func (e *Error) Error() string {
	if e.Word == "" {
		return fmt.Sprintf("capture filter: at the end: %s", e.Reason)
	}
	return fmt.Sprintf("capture filter: %q at character %d: %s", e.Word, e.Offset+1, e.Reason)
}
