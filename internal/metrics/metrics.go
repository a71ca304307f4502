// Package metrics serves the counts of a running capture to Prometheus.
//
//	ctiscope_packets_total               packets that were read
//	ctiscope_captured_bytes_total        and their bytes
//	ctiscope_messages_total{type}        decoded messages
//	ctiscope_failures_total{type,code}   messages that report a failure
//	ctiscope_sessions_open               sessions between OPEN and CLOSE
//	ctiscope_sessions_total              sessions seen
//	ctiscope_lost_packets_total{place}   packets lost, by where
//	ctiscope_lost_bytes_total{place}     bytes of streams missing, by where
//	ctiscope_queue_bytes                 memory that waits to be decoded
//	ctiscope_build_info{version}         1
//
// and what the Prometheus library tells of the Go runtime and the process.
//
// What the records of a run add up to is counted by a Tap; the rest is asked for
// when somebody asks for the numbers. The package imports pipeline, session, reassembly
// and decode for the Tap.
package metrics

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Snapshot is the counts at one moment, since the capture began.
type Snapshot struct {
	Packets, Bytes uint64
	// Messages is by the name of the message.
	Messages map[string]uint64
	Failures []Failure
	// SessionsOpen is now, Sessions since the beginning.
	SessionsOpen int
	Sessions     uint64
	// LostPackets and LostBytes are by place, as "kernel" or "queue".
	LostPackets, LostBytes map[string]uint64
	QueueBytes             int
}

// Failure counts the messages of a type that carry a code.
type Failure struct {
	Type  string // name of the message
	Code  string // name of the code, or its number
	Count uint64
}

// Server answers Prometheus until it is closed.
type Server struct {
	listener net.Listener
	http     http.Server
	done     chan struct{}
}

// Listen serves /metrics at an address: "9188" and ":9188" mean that port of
// the loopback interface, other interfaces must be named, as in
// "0.0.0.0:9188". snapshot is called for each request, from any goroutine.
func Listen(address, version string, snapshot func() Snapshot) (*Server, error) {
	place, err := loopback(address)
	if err != nil {
		return nil, err
	}
	registry := prometheus.NewRegistry()
	registry.MustRegister(&collector{version: version, snapshot: snapshot},
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4}))
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprintln(w, "ctiscope: the counts are at /metrics")
	})
	listener, err := net.Listen(family(place), place)
	if err != nil {
		return nil, fmt.Errorf("metrics: %w", err)
	}
	s := &Server{listener: listener, done: make(chan struct{})}
	s.http = http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second,
		WriteTimeout: 30 * time.Second, IdleTimeout: time.Minute, MaxHeaderBytes: 16 << 10}
	go func() {
		defer close(s.done)
		_ = s.http.Serve(listener) // ends by Close
	}()
	return s, nil
}

// family is the network of an address: one of IPv4 means IPv4 alone, also
// 0.0.0.0, for which Go would listen on IPv6 too.
func family(place string) string {
	if host, _, err := net.SplitHostPort(place); err == nil {
		if ip, err := netip.ParseAddr(host); err == nil && ip.Is4() {
			return "tcp4"
		}
	}
	return "tcp"
}

// ErrAddress is an address that cannot be listened on.
var ErrAddress = errors.New("metrics: expected a port or host:port")

// loopback completes an address without host.
func loopback(address string) (string, error) {
	if _, err := strconv.ParseUint(address, 10, 16); err == nil {
		return net.JoinHostPort("127.0.0.1", address), nil
	}
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return "", fmt.Errorf("%w, not %q", ErrAddress, address)
	}
	if host == "" {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port), nil
}

// Addr is where the server listens.
func (s *Server) Addr() net.Addr { return s.listener.Addr() }

// Loopback tells whether only this host can ask.
func (s *Server) Loopback() bool {
	a, ok := s.listener.Addr().(*net.TCPAddr)
	return ok && a.IP.IsLoopback()
}

// Close ends the server; requests under way have a second.
func (s *Server) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	err := s.http.Shutdown(ctx)
	if err != nil { // a client that keeps its connection open is not waited for
		err = s.http.Close()
	}
	<-s.done
	return err
}
