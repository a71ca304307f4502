package wire

// Direction is one of the two streams of a connection.
type Direction uint8

// The directions.
const (
	FromClient Direction = iota
	FromServer
)

// Reverse returns the other direction.
func (d Direction) Reverse() Direction { return d ^ 1 }

// Sink takes packets. t is in nanoseconds since 1970-01-01 00:00 UTC; data is
// valid during the call only.
type Sink interface {
	Packet(t int64, data []byte)
}

// Microsecond and Millisecond are in the unit of Sink's times.
const (
	Microsecond = 1_000
	Millisecond = 1_000_000
)

// DefaultMSS is the segment size of Ethernet with IPv4.
const DefaultMSS = 1460

// Options say how a connection behaves. The zero value is fit for use.
type Options struct {
	MSS  int    // largest segment in bytes; 0 means DefaultMSS
	VLAN uint16 // tag of every packet; 0 means none
	// Latency is the time between a packet and what the other end sends on
	// seeing it, in nanoseconds.
	Latency int64
	// DelayedAck is how long an end waits for data to carry its
	// acknowledgement. It acknowledges every second segment at once.
	// 0 means that single segments are acknowledged by later data only.
	DelayedAck int64
	// Pad tells that the capture is taken at the server: small frames from the
	// client show their padding.
	Pad bool
	// ISN are the initial sequence numbers of client and server.
	ISN [2]uint32
	// IP identification of the first packet of either end.
	ID [2]uint16
}

// Conn is one TCP connection. Its methods write packets to the Sink, in the
// order of time for one connection: a time that lies before the packet written
// last is moved behind it. Over several connections times may go back, because
// answers come a latency later: sort the packets (see Tape), or leave Latency
// and DelayedAck 0.
type Conn struct {
	sink Sink
	opts Options
	ends [2]end
	last int64 // time of the packet written last
	seg  Segment
	buf  []byte
}

// end is one end's view of the connection.
type end struct {
	host    Host
	next    uint32 // sequence number of the next byte to send
	acked   uint32 // what this end has acknowledged of the other's bytes
	waiting int    // segments received and not yet acknowledged
	due     int64  // when they have to be; 0 for no such time
	id      uint16
	window  uint16
}

// NewConn returns a connection that is not open yet.
func NewConn(sink Sink, client, server Host, o Options) *Conn {
	if o.MSS == 0 {
		o.MSS = DefaultMSS
	}
	c := &Conn{sink: sink, opts: o}
	for i, h := range [2]Host{client, server} {
		c.ends[i] = end{host: h, next: o.ISN[i], id: o.ID[i], window: 64240}
	}
	c.ends[FromClient].acked = o.ISN[FromServer]
	c.ends[FromServer].acked = o.ISN[FromClient]
	c.ends[FromServer].window = 65535
	return c
}

// Options of a SYN: MSS, window scale 8, SACK permitted.
var synOptions = []byte{2, 4, 0x05, 0xb4, 1, 3, 3, 8, 1, 1, 4, 2}

// Open writes the handshake and returns the time of its last packet.
func (c *Conn) Open(t int64) int64 {
	t = c.emit(t, FromClient, SYN, nil)
	t = c.emit(t+c.opts.Latency, FromServer, SYN|ACK, nil)
	return c.emit(t+c.opts.Latency, FromClient, ACK, nil)
}

// Send writes data as one program's single write: segments of at most the MSS,
// the last with PSH, and the acknowledgements due by then. It returns the time
// of the last segment.
func (c *Conn) Send(t int64, d Direction, data []byte) int64 {
	c.Idle(t)
	for {
		n := min(len(data), c.opts.MSS)
		flags := uint8(ACK)
		if n == len(data) {
			flags |= PSH
		}
		t = c.emit(t, d, flags, data[:n])
		c.received(t, d.Reverse())
		if data = data[n:]; len(data) == 0 {
			return t
		}
		t += 12 * Microsecond // the time of a full segment at 1 Gbit/s
	}
}

// received is called for the end that a segment reached.
func (c *Conn) received(t int64, d Direction) {
	e := &c.ends[d]
	e.waiting++
	switch {
	case e.waiting >= 2:
		c.emit(t+c.opts.Latency, d, ACK, nil)
	case c.opts.DelayedAck > 0:
		e.due = t + c.opts.DelayedAck
	}
}

// Idle writes the delayed acknowledgements that are due before t.
func (c *Conn) Idle(t int64) {
	for d := range c.ends {
		if due := c.ends[d].due; due != 0 && due < t {
			c.emit(due, Direction(d), ACK, nil)
		}
	}
}

// Finish writes a close by FIN, begun by one end, and returns the time of its
// last packet.
func (c *Conn) Finish(t int64, d Direction) int64 {
	c.Idle(t)
	t = c.emit(t, d, FIN|ACK, nil)
	t = c.emit(t+c.opts.Latency, d.Reverse(), ACK, nil)
	t = c.emit(t+c.opts.Latency, d.Reverse(), FIN|ACK, nil)
	return c.emit(t+c.opts.Latency, d, ACK, nil)
}

// Reset writes a RST, which is how CTI clients are told to close: they linger
// with time zero.
func (c *Conn) Reset(t int64, d Direction) {
	c.Idle(t)
	c.emit(t, d, RST|ACK, nil)
}

// emit writes one segment, keeps both ends' books and returns the time given
// to the packet.
func (c *Conn) emit(t int64, d Direction, flags uint8, data []byte) int64 {
	t = max(t, c.last+Microsecond)
	c.last = t
	e, peer := &c.ends[d], &c.ends[d.Reverse()]
	s := &c.seg
	s.Src, s.Dst = e.host, peer.host
	s.VLAN, s.ID, s.Seq, s.Flags, s.Window = c.opts.VLAN, e.id, e.next, flags, e.window
	s.Ack, s.Options, s.Payload = 0, nil, data
	s.Pad = c.opts.Pad && d == FromClient
	if flags&ACK != 0 {
		s.Ack = peer.next
		e.acked, e.waiting, e.due = peer.next, 0, 0
	}
	if flags&SYN != 0 {
		s.Options = synOptions
	}
	if flags&RST != 0 {
		s.Window = 0
	}
	e.id++
	e.next += uint32(len(data))
	if flags&(SYN|FIN) != 0 {
		e.next++
	}
	c.buf = s.Append(c.buf[:0])
	c.sink.Packet(t, c.buf)
	return t
}
