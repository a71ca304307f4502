package bulk

import "ctiscope/traffic/wire"

// session is one connection that replays a script over and over.
type session struct {
	conn   *wire.Conn
	script *script
	next   int
	replay uint32
	buf    []byte

	number, connections int
}

func (g *Generator) newSession(i int) *session {
	s := &session{script: g.scriptOf(i), number: i, replay: uint32(i)}
	s.next = g.rng.IntN(len(s.script.turns))
	s.connect(g)
	return s
}

// connect makes a connection from the session's next port.
func (s *session) connect(g *Generator) {
	i := s.number
	server := host(9, 5+i%2, 42027+uint16(i%2)*1000)
	client := host(1+byte(i>>16), (i+10)&0xffff, 49152+uint16(i+s.connections)%16384)
	s.connections++
	s.conn = wire.NewConn(&g.sink, client, server, wire.Options{
		ISN: [2]uint32{g.rng.Uint32(), g.rng.Uint32()}, ID: [2]uint16{uint16(g.rng.Uint32()), uint16(g.rng.Uint32())},
	})
}

// scriptOf gives three of four sessions a client that follows everything, as
// most bytes of a large site go to such clients; the others are desks.
func (g *Generator) scriptOf(i int) *script {
	all := g.followers
	if i%4 == 3 || len(all) == 0 {
		return &g.scripts[i%len(g.scripts)]
	}
	return all[i%len(all)]
}

func (s *session) open(g *Generator) {
	s.conn.Open(g.now)
	s.say(g, &s.script.open[0])
	s.say(g, &s.script.open[1])
}

func (s *session) say(g *Generator, m *message) {
	if m.frame == nil {
		return
	}
	s.buf = m.append(s.buf[:0], s.replay)
	s.conn.Send(g.now, m.dir, s.buf)
	g.messages++
}

// most is how many messages one write holds at the most.
const most = 7

// turn sends the next few messages of one side in one write, as a busy server
// does.
func (s *session) turn(g *Generator) {
	turns := s.script.turns
	if s.next == len(turns) {
		s.next, s.replay = 0, s.replay+uint32(len(g.sessions))
		if g.rng.Float64() < g.opts.Churn {
			s.close(g)
			s.connect(g)
			s.open(g)
			return
		}
	}
	dir := turns[s.next].dir
	s.buf = s.buf[:0]
	for n := 1 + g.rng.IntN(most); n > 0 && s.next < len(turns) && turns[s.next].dir == dir; n-- {
		s.buf = turns[s.next].append(s.buf, s.replay)
		s.next++
		g.messages++
	}
	s.conn.Send(g.now, dir, s.buf)
}

func (s *session) close(g *Generator) {
	s.say(g, &s.script.close[0])
	s.say(g, &s.script.close[1])
	s.conn.Reset(g.now, wire.FromClient)
}
