package live

import (
	"encoding/binary"

	netbpf "golang.org/x/net/bpf"
	"golang.org/x/sys/unix"

	"ctiscope/capture"
	"ctiscope/capture/bpf"
)

// Offsets in a block of the ring (struct tpacket_block_desc).
const (
	blockStatus = 8
	blockCount  = 12 // number of packets
	blockFirst  = 16 // where the first is
	blockLength = 20 // bytes in use
	blockHeader = 48
)

// Offsets from the beginning of a packet in a block (struct tpacket3_hdr, and
// behind it struct sockaddr_ll).
const (
	frameNext    = 0 // distance of the next packet
	frameSec     = 4
	frameNsec    = 8
	frameSnap    = 12 // captured length
	frameLen     = 16
	frameStatus  = 20
	frameMAC     = 24 // where the bytes begin
	frameTCI     = 32 // VLAN tag
	frameTPID    = 36 // and its ether type
	frameAddress = 48 // the sockaddr_ll
	frameHeader  = frameAddress + unix.SizeofSockaddrLinklayer
)

// Offsets in struct sockaddr_ll.
const (
	addressProtocol = 2 // in network byte order
	addressIndex    = 4
	addressHardware = 8
	addressType     = 10
	addressLength   = 11
	addressBytes    = 12
)

const (
	etherVLAN  = 0x8100
	sll2Header = 20
	vlanTag    = 4
)

// frames reads the packets of a block of the ring that was copied.
type frames struct {
	link     capture.LinkType
	index    uint16 // of the packets' Interface
	loopback int32  // the system's index of the loopback interface, 0 if none
	// own is the filter, if the kernel does not run it.
	own []netbpf.RawInstruction
}

// parse appends the packets in b.Buf to b.Packets. Link headers and VLAN tags
// that the kernel took off are put back, into the place of the kernel's own
// headers, which lie before each packet.
func (f *frames) parse(b *capture.Block) {
	buf := b.Buf
	if len(buf) < blockHeader {
		return
	}
	count := binary.NativeEndian.Uint32(buf[blockCount:])
	at := int(binary.NativeEndian.Uint32(buf[blockFirst:]))
	for range count {
		if at < blockHeader || at+frameHeader > len(buf) {
			return
		}
		if p, ok := f.packet(buf[at:]); ok {
			b.Packets = append(b.Packets, p)
		}
		next := int(binary.NativeEndian.Uint32(buf[at+frameNext:]))
		if next <= 0 {
			return
		}
		at += next
	}
}

// packet reads one packet; false for the second copy of a packet on the
// loopback interface.
func (f *frames) packet(raw []byte) (capture.Packet, bool) {
	address := raw[frameAddress:frameHeader]
	if f.loopback != 0 && address[addressType] == unix.PACKET_OUTGOING &&
		int32(binary.NativeEndian.Uint32(address[addressIndex:])) == f.loopback {
		return capture.Packet{}, false
	}
	begin := int(binary.NativeEndian.Uint16(raw[frameMAC:]))
	snap := int(binary.NativeEndian.Uint32(raw[frameSnap:]))
	if begin < frameHeader || snap < 0 || begin+snap > len(raw) {
		return capture.Packet{}, false
	}
	size := int(binary.NativeEndian.Uint32(raw[frameLen:]))
	if f.own != nil {
		keep := f.keep(raw, raw[begin:begin+snap], size)
		if keep == 0 {
			return capture.Packet{}, false
		}
		snap = min(snap, keep)
	}
	seconds := int64(binary.NativeEndian.Uint32(raw[frameSec:]))
	end := begin + snap
	switch {
	case f.link == capture.LinkLinuxSLL2:
		begin = cook(raw, begin)
	case f.link == capture.LinkEthernet:
		begin = retag(raw, begin, end)
	}
	size += end - begin - snap
	return capture.Packet{
		Data:      raw[begin:end:end],
		Time:      seconds*1e9 + int64(binary.NativeEndian.Uint32(raw[frameNsec:])),
		Length:    max(size, end-begin),
		Link:      f.link,
		Digits:    9,
		Interface: f.index,
	}, true
}

// keep runs the filter as the kernel would, on the packet and on what the kernel
// tells beside it. It returns how many bytes are kept.
func (f *frames) keep(raw, data []byte, size int) int {
	address := raw[frameAddress:frameHeader]
	p := bpf.Packet{Data: data, Length: max(size, len(data)), Beside: bpf.Beside{
		Protocol:   binary.BigEndian.Uint16(address[addressProtocol:]),
		PacketType: address[addressType],
		Interface:  binary.NativeEndian.Uint32(address[addressIndex:]),
	}}
	_, p.Beside.VLANTag, p.Beside.HasVLAN = tag(raw)
	return int(bpf.Run(f.own, &p))
}

// tag returns a VLAN tag that the kernel took off.
func tag(raw []byte) (tpid, tci uint16, ok bool) {
	status := binary.NativeEndian.Uint32(raw[frameStatus:])
	if status&unix.TP_STATUS_VLAN_VALID == 0 {
		return 0, 0, false
	}
	tpid = etherVLAN
	if status&unix.TP_STATUS_VLAN_TPID_VALID != 0 {
		tpid = binary.NativeEndian.Uint16(raw[frameTPID:])
	}
	return tpid, uint16(binary.NativeEndian.Uint32(raw[frameTCI:])), true
}

// retag puts a VLAN tag back behind the Ethernet addresses, and returns where
// the packet now begins.
func retag(raw []byte, begin, end int) int {
	const addresses = 12
	tpid, tci, ok := tag(raw)
	if !ok || end-begin < addresses {
		return begin
	}
	copy(raw[begin-vlanTag:], raw[begin:begin+addresses])
	begin -= vlanTag
	binary.BigEndian.PutUint16(raw[begin+addresses:], tpid)
	binary.BigEndian.PutUint16(raw[begin+addresses+2:], tci)
	return begin
}

// untagged is the ether type of a packet that this host sends with a tag.
// Kernels before 6.10 leave the tag off without telling what it was.
func untagged(packet []byte, protocol uint16) uint16 {
	if len(packet) == 0 {
		return protocol
	}
	switch packet[0] >> 4 {
	case 4:
		return unix.ETH_P_IP
	case 6:
		return unix.ETH_P_IPV6
	default:
		return protocol
	}
}

// cook writes a header of the link type LinkLinuxSLL2, and the VLAN tag, before
// a packet without link header, and returns where the packet now begins. There
// is room: the kernel's headers are longer.
func cook(raw []byte, begin int) int {
	var address [unix.SizeofSockaddrLinklayer]byte
	copy(address[:], raw[frameAddress:])
	protocol := binary.BigEndian.Uint16(address[addressProtocol:])
	tpid, tci, tagged := tag(raw)
	if !tagged && protocol == etherVLAN && address[addressType] == unix.PACKET_OUTGOING {
		protocol = untagged(raw[begin:], protocol)
	}
	if tagged {
		begin -= vlanTag
		binary.BigEndian.PutUint16(raw[begin:], tci)
		binary.BigEndian.PutUint16(raw[begin+2:], protocol)
		protocol = tpid
	}
	begin -= sll2Header
	h := raw[begin : begin+sll2Header]
	binary.BigEndian.PutUint16(h, protocol)
	binary.BigEndian.PutUint16(h[2:], 0)
	binary.BigEndian.PutUint32(h[4:], binary.NativeEndian.Uint32(address[addressIndex:]))
	binary.BigEndian.PutUint16(h[8:], binary.NativeEndian.Uint16(address[addressHardware:]))
	h[10], h[11] = address[addressType], min(address[addressLength], 8)
	copy(h[12:], address[addressBytes:])
	return begin
}
