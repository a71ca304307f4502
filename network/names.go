package network

// unknownNames are wrappings that are known by name but not read.
var unknownNames = map[unknownKey]string{
	{etherKind, 0x22f3}: "TRILL",
	{etherKind, 0x8903}: "Cisco FabricPath",
	{etherKind, 0x88bb}: "LWAPP",
	{etherKind, 0x88e5}: "MACsec",
	{etherKind, 0x892f}: "HSR",
	{etherKind, 0x894f}: "NSH",
	{etherKind, 0x880b}: "PPP",
	{etherKind, 0x883e}: "WCCP",
	{etherKind, 0x8870}: "jumbo LLC",

	{protocolKind, 50}:  "IPsec ESP",
	{protocolKind, 55}:  "Mobile IP",
	{protocolKind, 94}:  "KA9Q IP in IP",
	{protocolKind, 98}:  "ENCAP",
	{protocolKind, 108}: "IPComp",
	{protocolKind, 115}: "L2TPv3",

	{portKind, 1701}:  "L2TP",
	{portKind, 3544}:  "Teredo",
	{portKind, 4341}:  "LISP",
	{portKind, 4500}:  "IPsec through NAT",
	{portKind, 4754}:  "GRE in UDP",
	{portKind, 4790}:  "VXLAN-GPE",
	{portKind, 5247}:  "CAPWAP",
	{portKind, 37008}: "TZSP",
	{portKind, 48879}: "Cisco ACI VXLAN",
	{portKind, 51820}: "WireGuard",

	{pppKind, 0x002d}: "compressed TCP/IP",
	{pppKind, 0x002f}: "uncompressed TCP/IP",
	{pppKind, 0x003d}: "multilink",
	{pppKind, 0x0053}: "encrypted",
	{pppKind, 0x00fd}: "compressed",

	{linkKind, 105}: "IEEE 802.11",
	{linkKind, 127}: "IEEE 802.11 with radiotap",
	{linkKind, 147}: "private use",
	{linkKind, 189}: "USB",
	{linkKind, 192}: "per-packet information",
	{linkKind, 220}: "USB",
	{linkKind, 239}: "Linux netfilter log",
	{linkKind, 253}: "Linux netlink",
}

// plainEther tells whether an EtherType is of a protocol that is neither IP nor
// carries it.
func plainEther(t uint16) bool {
	switch t {
	case 0x0806, // ARP
		0x0842, // Wake on LAN
		0x2000, // CDP
		0x22ea, // SRP
		0x22f0, // AVTP
		0x6002, // DEC MOP
		0x6003, // DECnet
		0x8035, // RARP
		0x809b, // AppleTalk
		0x80f3, // AppleTalk ARP
		0x8137, // IPX
		0x8808, // flow control
		0x8809, // LACP and others
		0x8863, // PPPoE discovery
		0x887b, // HomePlug
		0x888e, // EAPOL
		0x8892, // PROFINET
		0x8899, // Realtek
		0x88a2, // ATA over Ethernet
		0x88a4, // EtherCAT
		0x88b8, // GOOSE
		0x88ba, // sampled values
		0x88c7, // pre-authentication
		0x88cc, // LLDP
		0x88e1, // HomePlug
		0x88e3, // MRP
		0x88f7, // PTP
		0x88fb, // PRP
		0x8902, // CFM
		0x8906, // FCoE
		0x8914, // FCoE initialisation
		0x8915, // RoCE
		0x893a, // IEEE 1905
		0x9000, // loopback test
		0x9003: // loopback detection
		return true
	}
	return t < 0x0600
}

// plainProtocol tells whether an IP protocol is one that carries neither TCP
// nor IP.
func plainProtocol(p byte) bool {
	switch p {
	case 1, // ICMP
		2,   // IGMP
		3,   // GGP
		8,   // EGP
		9,   // IGP
		33,  // DCCP
		46,  // RSVP
		58,  // ICMPv6
		59,  // nothing
		88,  // EIGRP
		89,  // OSPF
		103, // PIM
		112, // VRRP
		113, // PGM
		124, // IS-IS
		132, // SCTP
		136: // UDP-Lite
		return true
	}
	return false
}
