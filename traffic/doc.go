// Package traffic is a small CTI Server and its clients, which talk real TCP,
// and a laboratory that records what they say as a capture.
//
// The Server keeps agents, calls and sessions and answers requests as a contact
// center would: agents sign in and change state, calls arrive, queue, ring, are
// answered, held, transferred and cleared, clients send each other messages,
// requests that cannot be met are refused. It is honest, not complete: what
// it says follows from its state, and it knows the messages that real traffic
// consists of.
//
// A Client opens a session and sends requests; a Desk is a Client with an agent
// in front of it. A Lab runs one Server and several Clients in lockstep over the
// loopback, with simulated time, and turns each write into packets between
// made-up hosts (package traffic/wire), so that one seed always gives the same
// capture, byte for byte. Load drives them as fast as they go, for tests of live
// capture.
//
// All persons, numbers and addresses are invented: names are common ones put
// together at random, telephone numbers lie in ranges kept for fiction, and
// addresses are private ones.
//
// The package imports decode, decode/schema, traffic/expect and traffic/wire.
package traffic
