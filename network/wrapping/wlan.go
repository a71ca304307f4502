package wrapping

import (
	"encoding/binary"

	"github.com/google/gopacket"
	"github.com/google/gopacket/layers"
)

// wlan takes off an IEEE 802.11 header (clause 9.2.3) of a data frame.
func wlan(b []byte) (Inside, error) { return wlanFrame(b, 0) }

func wlanFrame(b []byte, trailer int) (Inside, error) {
	const (
		toDS, fromDS = 0x0100, 0x0200
		moreFragment = 0x0400
		protected    = 0x4000
		ordered      = 0x8000
		aggregate    = 0x80 // in the QoS control
	)
	if len(b) < 24 {
		if len(b) > 0 && b[0]>>2&3 != 2 {
			return Inside{}, ErrNothing
		}
		return Inside{}, ErrShort
	}
	control := binary.LittleEndian.Uint16(b)
	kind, subtype := control>>2&3, control>>4&15
	switch {
	case kind != 2, subtype&4 != 0: // management, control, or without data
		return Inside{}, ErrNothing
	case control&protected != 0:
		return Inside{}, unread("encrypted IEEE 802.11")
	case control&moreFragment != 0, b[22]&0x0f != 0:
		return Inside{}, unread("IEEE 802.11 fragments")
	}
	n := 24
	if control&toDS != 0 && control&fromDS != 0 {
		n += 6
	}
	joined := false
	if subtype&8 != 0 { // QoS
		if len(b) < n+2 {
			return Inside{}, ErrShort
		}
		joined = b[n]&aggregate != 0
		if n += 2; control&ordered != 0 {
			n += 4
		}
	}
	if joined { // the first of several frames, each after addresses and length
		n += 14
	}
	return Inside{Kind: WLAN, What: LLC, Header: n, Trailer: trailer}, has(b, n+8)
}

// radioTap takes off what a driver tells of the radio (radiotap.org), and the IEEE
// 802.11 header behind it.
func radioTap(b []byte) (Inside, error) {
	if len(b) < 8 {
		return Inside{}, ErrShort
	}
	n := int(binary.LittleEndian.Uint16(b[2:]))
	if n < 8 {
		return Inside{}, ErrBad
	}
	if len(b) < n {
		return Inside{}, ErrShort
	}
	trailer, padded := radioFlags(b[:n])
	in, err := wlanFrame(b[n:], trailer)
	if in.Header += n; padded && err == nil {
		in.Header = n + (in.Header-n+3)&^3
	}
	in.Kind = RadioTap
	return in, err
}

// radioFlags asks gopacket whether a check sum ends the frame, and whether its header
// is padded to four bytes. What gopacket cannot read says neither.
func radioFlags(header []byte) (trailer int, padded bool) {
	var radio layers.RadioTap
	readRadio(&radio, header)
	if radio.Flags.FCS() {
		trailer = 4
	}
	return trailer, radio.Flags.Datapad()
}

// readRadio reads as much as the header holds. The header alone is given, since
// gopacket would change and copy the frame behind it; that it trusts the bit maps, and
// looks for the frame, ends in a panic, when the flags are read already.
func readRadio(radio *layers.RadioTap, header []byte) {
	defer func() { _ = recover() }()
	_ = radio.DecodeFromBytes(header[:len(header):len(header)], gopacket.NilDecodeFeedback)
}

// prism takes off the header of old wireless drivers, which gopacket reads.
func prism(b []byte) (Inside, error) {
	if len(b) < 24 {
		return Inside{}, ErrShort
	}
	var header layers.PrismHeader
	if err := header.DecodeFromBytes(b, gopacket.NilDecodeFeedback); err != nil {
		return Inside{}, ErrBad
	}
	n := len(header.Contents)
	in, err := wlanFrame(b[n:], 0)
	in.Kind, in.Header = Prism, in.Header+n
	return in, err
}

// avs takes off the header of LINKTYPE_IEEE802_11_AVS: a version, then its length.
func avs(b []byte) (Inside, error) {
	if len(b) < 8 {
		return Inside{}, ErrShort
	}
	n := int(binary.BigEndian.Uint32(b[4:]))
	if n < 8 || n > 4096 {
		return Inside{}, ErrBad
	}
	if len(b) < n {
		return Inside{}, ErrShort
	}
	in, err := wlanFrame(b[n:], 0)
	in.Kind, in.Header = AVS, in.Header+n
	return in, err
}

// ppi takes off per-packet information (CACE): version, flags, length, link type.
func ppi(b []byte) (Inside, error) {
	if len(b) < 8 {
		return Inside{}, ErrShort
	}
	n := int(binary.LittleEndian.Uint16(b[2:]))
	if n < 8 {
		return Inside{}, ErrBad
	}
	return Inside{Kind: PPI, What: Link, Number: binary.LittleEndian.Uint32(b[4:]), Header: n}, has(b, n)
}
