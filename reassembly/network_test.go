package reassembly_test

import (
	"fmt"
	"strings"

	"ctiscope/network"
	"ctiscope/reassembly"
)

const (
	syn = network.SYN
	ack = network.ACK
	fin = network.FIN
	rst = network.RST
)

const millisecond = 1_000_000

// script feeds an Assembler and writes down what comes out, one line an event.
type script struct {
	asm    *reassembly.Assembler
	lines  []string
	data   [2]strings.Builder // all data by direction, of all connections
	number int64
	time   int64
	client network.Endpoint
	server network.Endpoint
	id     uint16
	// enders are the directions of the Refused and Close events.
	enders []reassembly.Direction
}

// newAssembler makes an Assembler that follows the usual ports of CTI Server.
func newAssembler(o reassembly.Options, emit func(*reassembly.Event)) *reassembly.Assembler {
	if o.Ports == nil {
		o.Ports = reassembly.NewPortSet(42027, 43027, 42030, 43030, 44027, 45027)
	}
	return reassembly.New(o, emit)
}

func newScript(o reassembly.Options) *script {
	s := &script{client: endpoint(1, 50000), server: endpoint(2, 42027), time: 1700000000e9}
	s.asm = newAssembler(o, s.event)
	return s
}

func endpoint(host byte, port uint16) network.Endpoint {
	return network.Endpoint{Addr: network.Addr{10: 0xff, 11: 0xff, 12: 10, 15: host}, Port: port}
}

func (s *script) event(e *reassembly.Event) {
	arrow := [3]string{">", "<", "-"}[e.Dir]
	text := ""
	switch e.Kind {
	case reassembly.Open:
		text = fmt.Sprintf("open %d", e.Conn.ID)
		if e.Conn.ClientKnown {
			text += " " + e.Conn.A.String()
		}
		if e.Conn.Start {
			text += " start"
		}
	case reassembly.Data:
		text = fmt.Sprintf("%s %s @%d", arrow, e.Bytes, e.Mark.Number)
		s.data[e.Dir].Write(e.Bytes)
	case reassembly.Hole:
		text = fmt.Sprintf("%s %s %d @%d-%d", arrow, e.Gap.Cause, e.Gap.Bytes, e.Gap.From.Number, e.Gap.To.Number)
		s.data[e.Dir].WriteString(strings.Repeat("_", int(max(0, min(e.Gap.Bytes, 100)))))
	case reassembly.Conflict:
		text = arrow + " conflict"
	case reassembly.Refused:
		text = "refused"
		s.enders = append(s.enders, e.Dir)
	case reassembly.Close:
		text = fmt.Sprintf("close %d %s", e.Conn.ID, e.Cause)
		s.enders = append(s.enders, e.Dir)
	}
	s.lines = append(s.lines, text)
}

// step is a segment: c, s (the sender), flags, sequence numbers from 0 and data.
func (s *script) segment(fromClient bool, flags network.Flags, seq, acked uint32, data string) {
	seg := network.Segment{
		Src: s.client, Dst: s.server, Seq: seq, Ack: acked, Flags: flags,
		Payload: []byte(data), Length: len(data), Owned: true,
	}
	if !fromClient {
		seg.Src, seg.Dst = seg.Dst, seg.Src
	}
	s.send(seg)
}

// send gives a segment the next number and a time one millisecond later.
func (s *script) send(seg network.Segment) {
	s.number++
	s.time += millisecond
	s.id++
	seg.Number, seg.Time = s.number, s.time
	if seg.IPID == 0 {
		seg.IPID = s.id
	}
	s.asm.Segment(&seg, nil)
}

func (s *script) c(flags network.Flags, seq, acked uint32, data string) {
	s.segment(true, flags, seq, acked, data)
}

func (s *script) s(flags network.Flags, seq, acked uint32, data string) {
	s.segment(false, flags, seq, acked, data)
}

// handshake opens a connection with the initial sequence numbers 0 and 1000.
func (s *script) handshake() {
	s.c(syn, 0, 0, "")
	s.s(syn|ack, 1000, 1, "")
	s.c(ack, 1, 1001, "")
}

// pass lets time go on.
func (s *script) pass(nanos int64) {
	s.time += nanos
	for range 2 {
		s.asm.Advance(reassembly.Mark{Number: s.number, Time: s.time})
	}
}

// take returns the events since the last call.
func (s *script) take() []string {
	l := s.lines
	s.lines = nil
	return l
}
