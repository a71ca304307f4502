package reassembly

import "time"

// Options are the limits of an Assembler and what it looks for. A zero field
// takes the default, so that the zero value is fit for days of live capture.
type Options struct {
	// Ports are the CTI ports: every connection with one of them on either
	// side is followed. nil means that there are none. It is copied.
	Ports *PortSet
	// Recognizer looks at the data of connections on other ports. nil means
	// that these are not followed.
	Recognizer Recognizer

	// Trace tells the Pieces of Data events. Segments put together from fragments
	// need a network.Decoder that traces, too.
	Trace bool

	// Placer learns where every TCP segment of the capture belongs; nil asks for
	// nothing.
	Placer Placer
	// Facts asks for Fact events.
	Facts bool

	// Connections is how many connections are remembered. Beyond it one is
	// forgotten: of those that are closed, of those that never carried data,
	// of those that carried little, of the others, in this order, and among
	// equals one that has been idle for long.
	Connections int
	// DirectionBytes is how many bytes wait behind holes in one direction.
	DirectionBytes int
	// TotalBytes is how many bytes wait behind holes in all. Beyond it the
	// direction that has been waiting longest stops waiting.
	TotalBytes int

	// Wait is how long, in capture time, a hole is waited for that the
	// receiver has not acknowledged: it may ask for the bytes again.
	Wait time.Duration
	// WaitSegments is how many segments of followed connections a hole is
	// waited for at most.
	WaitSegments int
	// AckedWait is how long a hole is waited for that the receiver has
	// acknowledged: only a mirror port that reorders can still bring it.
	AckedWait time.Duration
	// AckedSegments is how many segments of followed connections such a hole
	// is waited for.
	AckedSegments int

	// Idle is after which time without a packet a connection is forgotten.
	Idle time.Duration
	// HalfOpen is after which time a connection is forgotten that has only
	// asked for to be opened.
	HalfOpen time.Duration
	// Candidates is how many connections on other than CTI ports are
	// remembered whose first bytes are too few to tell what they are.
	Candidates int
	// LookBack is how many SYN packets on other than CTI ports are
	// remembered; it is rounded up to a power of two.
	LookBack int
}

// The defaults of Options.
const (
	DefaultConnections    = 16384
	DefaultDirectionBytes = 1 << 20
	DefaultTotalBytes     = 32 << 20
	DefaultWait           = 30 * time.Second
	DefaultWaitSegments   = 8192
	DefaultAckedWait      = 2 * time.Second
	DefaultAckedSegments  = 1024
	DefaultIdle           = 24 * time.Hour
	DefaultHalfOpen       = 75 * time.Second
	DefaultCandidates     = 256
	DefaultLookBack       = 4096
)

// withDefaults returns o with its zero fields filled in.
func (o Options) withDefaults() Options {
	if o.Ports == nil {
		o.Ports = new(PortSet)
	}
	defaults(&o.Connections, DefaultConnections)
	defaults(&o.DirectionBytes, DefaultDirectionBytes)
	defaults(&o.TotalBytes, DefaultTotalBytes)
	defaults(&o.Wait, DefaultWait)
	defaults(&o.WaitSegments, DefaultWaitSegments)
	defaults(&o.AckedWait, DefaultAckedWait)
	defaults(&o.AckedSegments, DefaultAckedSegments)
	defaults(&o.Idle, DefaultIdle)
	defaults(&o.HalfOpen, DefaultHalfOpen)
	defaults(&o.Candidates, DefaultCandidates)
	defaults(&o.LookBack, DefaultLookBack)
	return o
}

func defaults[T int | time.Duration](field *T, value T) {
	if *field <= 0 {
		*field = value
	}
}
