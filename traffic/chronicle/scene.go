package chronicle

import (
	"bytes"
	"fmt"
	"net/netip"
	"time"

	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/traffic/wire"
)

// Scene is a conversation being written down.
type Scene struct {
	tape    wire.Tape
	now     int64
	lines   []*Line
	capture Capture
}

// Line is one connection of a Scene.
type Line struct {
	scene   *Scene
	conn    *wire.Conn
	session *Session
	decoder decode.Decoder
}

// Start is when scenes begin.
var Start = time.Date(2025, 7, 21, 8, 0, 0, 0, time.UTC)

// NewScene begins a scene.
func NewScene() *Scene { return &Scene{now: Start.UnixNano()} }

// Wait lets time pass.
func (s *Scene) Wait(d time.Duration) { s.now += d.Nanoseconds() / 1000 * 1000 }

// At goes on at a time after the scene's start, in seconds; it never goes back.
func (s *Scene) At(seconds float64) {
	s.now = max(s.now, Start.UnixNano()+int64(seconds*1e6+0.5)*1000)
}

// Time is the time that the scene has come to, in seconds after its start.
func (s *Scene) Time() float64 { return float64(s.now-Start.UnixNano()) / 1e9 }

// Connect opens a connection at which messages of a version will be said. One
// that has the same addresses and is open still is replaced.
func (s *Scene) Connect(client, server netip.AddrPort, version int) *Line {
	n := len(s.lines) + 1
	l := &Line{scene: s, decoder: decode.CCE().Decoder(version)}
	l.session = &Session{Number: n, Client: client, Server: server, Version: version, SYN: s.now, SYNFrame: int64(len(s.tape) + 1)}
	for _, old := range s.lines {
		if o := old.session; o.Client == client && o.Server == server && o.End == nil {
			o.End = &End{How: "replaced", Time: s.now, Frame: int64(len(s.tape) + 1)}
		}
	}
	l.conn = wire.NewConn(&s.tape, host(client, 1), host(server, 2), wire.Options{ISN: [2]uint32{uint32(n) * 100_003, uint32(n) * 900_007}})
	s.advance(l.conn.Open(s.now))
	s.lines, s.capture.Sessions = append(s.lines, l), append(s.capture.Sessions, l.session)
	return l
}

func host(addr netip.AddrPort, n byte) wire.Host {
	return wire.Host{Addr: addr, MAC: wire.MAC{0, 0x50, 0x56, 1, 1, n}, TTL: 64}
}

// advance goes on after a packet, so that no two have the same time.
func (s *Scene) advance(t int64) { s.now = max(s.now, t) + wire.Microsecond }

// Client lets the client say a message. Fields that the version does not have
// are left out.
func (l *Line) Client(name string, fields ...decode.Setting) *Message {
	return l.say(wire.FromClient, name, fields)
}

// Server lets the server say a message.
func (l *Line) Server(name string, fields ...decode.Setting) *Message {
	return l.say(wire.FromServer, name, fields)
}

func (l *Line) say(d wire.Direction, name string, fields []decode.Setting) *Message {
	frame := encode(name, l.session.Version, fields)
	if len(frame) > wire.DefaultMSS {
		panic("chronicle: " + name + " does not fit one packet")
	}
	s := l.scene
	m := &Message{Frame: int64(len(s.tape) + 1), Session: l.session.Number, FromServer: d == wire.FromServer}
	m.Time = l.conn.Send(s.now, d, frame)
	l.decoder.Decode(&m.Message, frame)
	s.advance(s.tape[len(s.tape)-1].Time)
	s.capture.Messages = append(s.capture.Messages, m)
	return m
}

// encode writes a message without the fields that the version lacks.
func encode(name string, version int, fields []decode.Setting) []byte {
	def := schema.CCE().ByName(name)
	if def == nil {
		panic("chronicle: no message " + name)
	}
	var own []decode.Setting
	for _, f := range fields {
		if inVersion(def, version, f.Name) {
			own = append(own, f)
		}
	}
	frame, err := decode.CCE().AppendMessage(nil, def, version, own)
	if err != nil {
		panic(fmt.Sprintf("chronicle: %v", err))
	}
	return frame
}

// inVersion tells whether a message has a field at a version. Names that the
// message has at none are left to the encoder, which knows the tag table.
func inVersion(def *schema.Message, version int, name string) bool {
	known := false
	for _, list := range [2][]*schema.Field{def.Fixed, def.Floating} {
		for _, f := range list {
			if f.Name == name {
				known = true
				if f.In(version) && (f.Tag <= 0xff || schema.CCE().Versions().Wide(version)) {
					return true
				}
			}
		}
	}
	return !known
}

// Reset ends the connection by RST.
func (l *Line) Reset(byServer bool) {
	l.end("reset", byServer)
	l.conn.Reset(l.scene.now, direction(byServer))
	l.finish()
}

// Finish ends the connection by FIN.
func (l *Line) Finish(byServer bool) {
	l.end("fin", byServer)
	l.conn.Finish(l.scene.now, direction(byServer))
	l.finish()
}

func direction(byServer bool) wire.Direction {
	if byServer {
		return wire.FromServer
	}
	return wire.FromClient
}

func (l *Line) end(how string, byServer bool) {
	l.session.End = &End{How: how, FromServer: byServer, Frame: int64(len(l.scene.tape) + 1)}
}

// finish notes when the first packet of the end was sent.
func (l *Line) finish() {
	s, e := l.scene, l.session.End
	e.Time = s.tape[e.Frame-1].Time
	s.advance(s.tape[len(s.tape)-1].Time)
}

// Number is the session's number.
func (l *Line) Number() int { return l.session.Number }

// Capture returns what was captured so far.
func (s *Scene) Capture() *Capture {
	s.capture.Last = s.tape[len(s.tape)-1].Time
	return &s.capture
}

// Packets returns the packets so far, in the order of time.
func (s *Scene) Packets() wire.Tape { return s.tape }

// Pcap returns the packets as a file, with times in microseconds.
func (s *Scene) Pcap() []byte {
	var b bytes.Buffer
	p := wire.NewPcap(&b, false)
	for _, packet := range s.tape {
		p.Packet(packet.Time, packet.Data)
	}
	if err := p.Flush(); err != nil {
		panic(err) // a buffer takes everything
	}
	return b.Bytes()
}

// Num is a field that holds a number.
func Num(name string, n int64) decode.Setting { return decode.Setting{Name: name, Num: n} }

// Str is a field that holds a text.
func Str(name, s string) decode.Setting { return decode.Setting{Name: name, Bytes: []byte(s)} }

// Named is a named variable.
func Named(key, value string) decode.Setting {
	return decode.Setting{Name: "NamedVariable", Key: key, Bytes: []byte(value)}
}

// Element is an element of a named array.
func Element(key string, index uint8, value string) decode.Setting {
	return decode.Setting{Name: "NamedArray", Key: key, Index: index, Bytes: []byte(value)}
}
