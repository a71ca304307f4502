// Package decode reads and writes CTI Server messages (GED-188).
//
// A CTI stream is a sequence of frames, one message each:
//
//	 0                   4                   8
//	+-------------------+-------------------+----------------+------------------+
//	| MessageLength     | MessageType       | fixed part     | floating part    |
//	| UINT, without the | UINT              | by type and    | tag, length,     |
//	| 8 byte header     |                   | version        | data; repeated   |
//	+-------------------+-------------------+----------------+------------------+
//
// All numbers are big endian. MessageType and protocol version decide the
// fields of the fixed part, which has no padding. The floating part fills the
// rest of the frame; its tags and lengths are one byte each below version 20
// and two bytes each from 20 on. (GED-188, Messaging Conventions.)
//
// The package sees bytes, never packets: Stream cuts a byte stream into frames
// and finds the next one after a hole, Decoder turns a frame into a Message,
// Guess infers the protocol version where the capture does not show it, and
// AppendMessage is the inverse of Decoder. All of them are made of a Codec, which
// is one protocol (schema.Protocol) made ready for reading and writing, and
// every Message names the Codec that it was decoded with: several protocols may
// be read side by side. CCE is the one built in. The package imports
// decode/schema and the standard library only.
package decode
