package network

// unknownNames are wrappings that are known by name but not read.
var unknownNames = map[unknownKey]string{
	{kind: etherKind, number: 0x22f3}: "TRILL",
	{kind: etherKind, number: 0x8903}: "Cisco FabricPath",
	{kind: etherKind, number: 0x88bb}: "LWAPP",
	{kind: etherKind, number: 0x88e5}: "MACsec",
	{kind: etherKind, number: 0x892f}: "HSR",
	{kind: etherKind, number: 0x894f}: "NSH",
	{kind: etherKind, number: 0x880b}: "PPP",
	{kind: etherKind, number: 0x883e}: "WCCP",
	{kind: etherKind, number: 0x8870}: "jumbo LLC",

	{kind: protocolKind, number: 50}:  "IPsec ESP",
	{kind: protocolKind, number: 55}:  "Mobile IP",
	{kind: protocolKind, number: 94}:  "KA9Q IP in IP",
	{kind: protocolKind, number: 98}:  "ENCAP",
	{kind: protocolKind, number: 108}: "IPComp",
	{kind: protocolKind, number: 115}: "L2TPv3",

	{kind: portKind, number: 1701}:  "L2TP",
	{kind: portKind, number: 3544}:  "Teredo",
	{kind: portKind, number: 4341}:  "LISP",
	{kind: portKind, number: 4500}:  "IPsec through NAT",
	{kind: portKind, number: 4754}:  "GRE in UDP",
	{kind: portKind, number: 4790}:  "VXLAN-GPE",
	{kind: portKind, number: 5247}:  "CAPWAP",
	{kind: portKind, number: 37008}: "TZSP",
	{kind: portKind, number: 48879}: "Cisco ACI VXLAN",
	{kind: portKind, number: 51820}: "WireGuard",

	{kind: pppKind, number: 0x002d}: "compressed TCP/IP",
	{kind: pppKind, number: 0x002f}: "uncompressed TCP/IP",
	{kind: pppKind, number: 0x003d}: "multilink",
	{kind: pppKind, number: 0x0053}: "encrypted",
	{kind: pppKind, number: 0x00fd}: "compressed",

	{kind: linkKind, number: 105}: "IEEE 802.11",
	{kind: linkKind, number: 127}: "IEEE 802.11 with radiotap",
	{kind: linkKind, number: 147}: "private use",
	{kind: linkKind, number: 189}: "USB",
	{kind: linkKind, number: 192}: "per-packet information",
	{kind: linkKind, number: 220}: "USB",
	{kind: linkKind, number: 239}: "Linux netfilter log",
	{kind: linkKind, number: 253}: "Linux netlink",

	{kind: linkKind, number: 3}:   "AX.25",
	{kind: linkKind, number: 7}:   "ARCNET",
	{kind: linkKind, number: 10}:  "FDDI",
	{kind: linkKind, number: 99}:  "Symantec firewall",
	{kind: linkKind, number: 106}: "Linux classical IP over ATM",
	{kind: linkKind, number: 114}: "LocalTalk",
	{kind: linkKind, number: 116}: "IBM Next Gen",
	{kind: linkKind, number: 118}: "Cisco IOS internal",
	{kind: linkKind, number: 120}: "Aironet link",
	{kind: linkKind, number: 121}: "HHDLC",
	{kind: linkKind, number: 125}: "GPRS LLC",
	{kind: linkKind, number: 128}: "TZSP",
	{kind: linkKind, number: 129}: "ARCNET of Linux",
	{kind: linkKind, number: 139}: "MTP2 with pseudo-header",
	{kind: linkKind, number: 140}: "MTP2",
	{kind: linkKind, number: 141}: "MTP3",
	{kind: linkKind, number: 142}: "SCCP",
	{kind: linkKind, number: 143}: "DOCSIS",
	{kind: linkKind, number: 144}: "Linux IrDA",
	{kind: linkKind, number: 148}: "private use",
	{kind: linkKind, number: 149}: "private use",
	{kind: linkKind, number: 150}: "private use",
	{kind: linkKind, number: 151}: "private use",
	{kind: linkKind, number: 152}: "private use",
	{kind: linkKind, number: 153}: "private use",
	{kind: linkKind, number: 154}: "private use",
	{kind: linkKind, number: 155}: "private use",
	{kind: linkKind, number: 156}: "private use",
	{kind: linkKind, number: 157}: "private use",
	{kind: linkKind, number: 158}: "private use",
	{kind: linkKind, number: 159}: "private use",
	{kind: linkKind, number: 160}: "private use",
	{kind: linkKind, number: 161}: "private use",
	{kind: linkKind, number: 162}: "private use",
	{kind: linkKind, number: 165}: "BACnet MS/TP",
	{kind: linkKind, number: 169}: "GPF-F",
	{kind: linkKind, number: 170}: "GPF-T",
	{kind: linkKind, number: 171}: "IBM SP",
	{kind: linkKind, number: 172}: "GPRS LLC",
	{kind: linkKind, number: 173}: "GPF-T",
	{kind: linkKind, number: 177}: "LAPD of Linux",
	{kind: linkKind, number: 182}: "Frame Relay multilink",
	{kind: linkKind, number: 184}: "A429",
	{kind: linkKind, number: 186}: "USB",
	{kind: linkKind, number: 187}: "Bluetooth HCI H4",
	{kind: linkKind, number: 188}: "IEEE 802.16 MAC",
	{kind: linkKind, number: 190}: "CAN 2.0B",
	{kind: linkKind, number: 191}: "IEEE 802.15.4",
	{kind: linkKind, number: 194}: "Juniper",
	{kind: linkKind, number: 195}: "IEEE 802.15.4 with check sum",
	{kind: linkKind, number: 196}: "SITA",
	{kind: linkKind, number: 198}: "RAIF1",
	{kind: linkKind, number: 199}: "IPMB",
	{kind: linkKind, number: 201}: "Bluetooth HCI H4 with direction",
	{kind: linkKind, number: 202}: "AX.25 with KISS",
	{kind: linkKind, number: 203}: "LAPD",
	{kind: linkKind, number: 207}: "LAPB with direction",
	{kind: linkKind, number: 209}: "IPMB of Linux",
	{kind: linkKind, number: 210}: "FlexRay",
	{kind: linkKind, number: 211}: "MOST",
	{kind: linkKind, number: 212}: "LIN",
	{kind: linkKind, number: 213}: "X2E serial",
	{kind: linkKind, number: 214}: "X2E XORAYA",
	{kind: linkKind, number: 215}: "IEEE 802.15.4 without PHY",
	{kind: linkKind, number: 216}: "Linux evdev",
	{kind: linkKind, number: 217}: "GSM Um",
	{kind: linkKind, number: 218}: "GSM Abis",
	{kind: linkKind, number: 219}: "MPLS",
	{kind: linkKind, number: 221}: "AIX Infiniband",
	{kind: linkKind, number: 223}: "DECT",
	{kind: linkKind, number: 224}: "AOS space data link",
	{kind: linkKind, number: 225}: "WirelessHART",
	{kind: linkKind, number: 226}: "Fibre Channel",
	{kind: linkKind, number: 227}: "CAN of Linux",
	{kind: linkKind, number: 230}: "IEEE 802.15.4 without check sum",
	{kind: linkKind, number: 231}: "D-Bus",
	{kind: linkKind, number: 232}: "Juniper VS",
	{kind: linkKind, number: 234}: "Juniper Fibre Channel",
	{kind: linkKind, number: 235}: "DVB-CI",
	{kind: linkKind, number: 236}: "MUX27010",
	{kind: linkKind, number: 237}: "STANAG 5066",
	{kind: linkKind, number: 243}: "MPEG-2 transport stream",
	{kind: linkKind, number: 244}: "NG40",
	{kind: linkKind, number: 245}: "NFC LLCP",
	{kind: linkKind, number: 247}: "Infiniband",
	{kind: linkKind, number: 248}: "SCTP",
	{kind: linkKind, number: 249}: "USB of USBPcap",
	{kind: linkKind, number: 250}: "Schweitzer RTAC serial",
	{kind: linkKind, number: 251}: "Bluetooth low energy",
	{kind: linkKind, number: 252}: "Wireshark's exported PDUs",
	{kind: linkKind, number: 254}: "Bluetooth monitor of Linux",
	{kind: linkKind, number: 255}: "Bluetooth BR/EDR",
	{kind: linkKind, number: 256}: "Bluetooth low energy with radio",
	{kind: linkKind, number: 257}: "PROFIBUS",
	{kind: linkKind, number: 259}: "EPON",
	{kind: linkKind, number: 260}: "IPMI trace",
	{kind: linkKind, number: 261}: "Z-Wave R1 and R2",
	{kind: linkKind, number: 262}: "Z-Wave R3",
	{kind: linkKind, number: 263}: "WattStopper",
	{kind: linkKind, number: 264}: "ISO 14443",
	{kind: linkKind, number: 265}: "Radio Data System",
	{kind: linkKind, number: 266}: "USB of macOS",
	{kind: linkKind, number: 268}: "SDLC",
	{kind: linkKind, number: 270}: "LoRaTap",
	{kind: linkKind, number: 271}: "virtual sockets",
	{kind: linkKind, number: 272}: "Nordic Bluetooth sniffer",
	{kind: linkKind, number: 273}: "DOCSIS 3.1 of Excentis",
	{kind: linkKind, number: 275}: "DisplayPort AUX",
	{kind: linkKind, number: 276}: "Linux cooked v2",
	{kind: linkKind, number: 278}: "OpenVizsla USB",
	{kind: linkKind, number: 279}: "Elektrobit high speed capture",
	{kind: linkKind, number: 280}: "Broadcom",
	{kind: linkKind, number: 283}: "IEEE 802.15.4 TAP",
	{kind: linkKind, number: 286}: "Elektrobit multi-bus",
	{kind: linkKind, number: 287}: "Zigbee NCP",
	{kind: linkKind, number: 288}: "USB 2.0",
	{kind: linkKind, number: 289}: "ATSC ALP",
	{kind: linkKind, number: 290}: "Windows event trace",

	{kind: etherKind, number: 0x0600}: "XNS",
	{kind: etherKind, number: 0x0801}: "X.75",
	{kind: etherKind, number: 0x0805}: "X.25",
	{kind: etherKind, number: 0x0808}: "Frame Relay ARP",
	{kind: etherKind, number: 0x0bad}: "VINES",
	{kind: etherKind, number: 0x6000}: "DEC",
	{kind: etherKind, number: 0x6001}: "DEC MOP dump",
	{kind: etherKind, number: 0x6004}: "DEC LAT",
	{kind: etherKind, number: 0x6005}: "DEC diagnostics",
	{kind: etherKind, number: 0x6006}: "DEC customer",
	{kind: etherKind, number: 0x6007}: "DEC LAVC",
	{kind: etherKind, number: 0x8037}: "IPX",
	{kind: etherKind, number: 0x8038}: "DEC LANbridge",
	{kind: etherKind, number: 0x814c}: "SNMP",
	{kind: etherKind, number: 0x8819}: "CobraNet",
	{kind: etherKind, number: 0x885a}: "D-Link",
	{kind: etherKind, number: 0x8861}: "MCAP",
	{kind: etherKind, number: 0x886d}: "Intel ANS",
	{kind: etherKind, number: 0x886f}: "Microsoft network load balancing",
	{kind: etherKind, number: 0x8874}: "Broadcom switch",
	{kind: etherKind, number: 0x8881}: "TIA CDMA2000",
	{kind: etherKind, number: 0x8888}: "HP loop protection",
	{kind: etherKind, number: 0x88b5}: "local experiments",
	{kind: etherKind, number: 0x88b6}: "local experiments",
	{kind: etherKind, number: 0x88b7}: "extended EtherType (OUI)",
	{kind: etherKind, number: 0x88b9}: "GSE",
	{kind: etherKind, number: 0x88be}: "ERSPAN",
	{kind: etherKind, number: 0x88bf}: "MikroTik RoMON",
	{kind: etherKind, number: 0x88c8}: "pre-authentication",
	{kind: etherKind, number: 0x88ca}: "TIPC",
	{kind: etherKind, number: 0x88cd}: "SERCOS III",
	{kind: etherKind, number: 0x88d2}: "AVSP",
	{kind: etherKind, number: 0x88d9}: "LLTD",
	{kind: etherKind, number: 0x88dc}: "WSMP",
	{kind: etherKind, number: 0x88e6}: "IEEE 802.1ah B-tag",
	{kind: etherKind, number: 0x88ee}: "MEF E-LMI",
	{kind: etherKind, number: 0x88f5}: "MVRP",
	{kind: etherKind, number: 0x88f6}: "MMRP",
	{kind: etherKind, number: 0x88f8}: "NC-SI",
	{kind: etherKind, number: 0x890d}: "IEEE 802.11 data encapsulation",
	{kind: etherKind, number: 0x8911}: "IEEE 802.21",
	{kind: etherKind, number: 0x8917}: "IEEE 802.21",
	{kind: etherKind, number: 0x8929}: "MSRP",
	{kind: etherKind, number: 0x8940}: "ECP",
	{kind: etherKind, number: 0x8946}: "TRILL RBridge channel",
	{kind: etherKind, number: 0x8947}: "GeoNetworking",
	{kind: etherKind, number: 0x9999}: "experiments",
	{kind: etherKind, number: 0x9a22}: "IEC 61850 multicast",
	{kind: etherKind, number: 0xa0ed}: "LoWPAN",
	{kind: etherKind, number: 0xb7ea}: "Linux control plane",
	{kind: etherKind, number: 0xcafe}: "Veritas cluster",
	{kind: etherKind, number: 0xdada}: "Marvell EDSA tag",
	{kind: etherKind, number: 0xfc0f}: "FCoE of Cisco",
	{kind: etherKind, number: 0xfff8}: "reserved",
	{kind: etherKind, number: 0xffff}: "reserved",

	{kind: protocolKind, number: 7}:   "CBT",
	{kind: protocolKind, number: 10}:  "BBN",
	{kind: protocolKind, number: 11}:  "NVP",
	{kind: protocolKind, number: 12}:  "PUP",
	{kind: protocolKind, number: 13}:  "ARGUS",
	{kind: protocolKind, number: 14}:  "EMCON",
	{kind: protocolKind, number: 15}:  "XNET",
	{kind: protocolKind, number: 16}:  "CHAOS",
	{kind: protocolKind, number: 18}:  "MUX",
	{kind: protocolKind, number: 19}:  "DCN",
	{kind: protocolKind, number: 20}:  "HMP",
	{kind: protocolKind, number: 21}:  "PRM",
	{kind: protocolKind, number: 22}:  "XNS IDP",
	{kind: protocolKind, number: 23}:  "TRUNK-1",
	{kind: protocolKind, number: 24}:  "TRUNK-2",
	{kind: protocolKind, number: 25}:  "LEAF-1",
	{kind: protocolKind, number: 26}:  "LEAF-2",
	{kind: protocolKind, number: 27}:  "RDP",
	{kind: protocolKind, number: 28}:  "IRTP",
	{kind: protocolKind, number: 29}:  "ISO TP4",
	{kind: protocolKind, number: 30}:  "NETBLT",
	{kind: protocolKind, number: 31}:  "MFE-NSP",
	{kind: protocolKind, number: 32}:  "MERIT-INP",
	{kind: protocolKind, number: 34}:  "3PC",
	{kind: protocolKind, number: 35}:  "IDPR",
	{kind: protocolKind, number: 36}:  "XTP",
	{kind: protocolKind, number: 37}:  "DDP",
	{kind: protocolKind, number: 38}:  "IDPR-CMTP",
	{kind: protocolKind, number: 39}:  "TP++",
	{kind: protocolKind, number: 40}:  "IL",
	{kind: protocolKind, number: 42}:  "SDRP",
	{kind: protocolKind, number: 45}:  "IDRP",
	{kind: protocolKind, number: 48}:  "DSR",
	{kind: protocolKind, number: 49}:  "BNA",
	{kind: protocolKind, number: 52}:  "I-NLSP",
	{kind: protocolKind, number: 53}:  "SwIPe",
	{kind: protocolKind, number: 54}:  "NARP",
	{kind: protocolKind, number: 56}:  "TLSP",
	{kind: protocolKind, number: 57}:  "SKIP",
	{kind: protocolKind, number: 61}:  "any host internal protocol",
	{kind: protocolKind, number: 62}:  "CFTP",
	{kind: protocolKind, number: 63}:  "any local network",
	{kind: protocolKind, number: 64}:  "SAT-EXPAK",
	{kind: protocolKind, number: 65}:  "KRYPTOLAN",
	{kind: protocolKind, number: 66}:  "RVD",
	{kind: protocolKind, number: 67}:  "IPPC",
	{kind: protocolKind, number: 68}:  "any distributed file system",
	{kind: protocolKind, number: 69}:  "SAT-MON",
	{kind: protocolKind, number: 70}:  "VISA",
	{kind: protocolKind, number: 71}:  "IPCV",
	{kind: protocolKind, number: 72}:  "CPNX",
	{kind: protocolKind, number: 73}:  "CPHB",
	{kind: protocolKind, number: 74}:  "WSN",
	{kind: protocolKind, number: 75}:  "PVP",
	{kind: protocolKind, number: 76}:  "BR-SAT-MON",
	{kind: protocolKind, number: 77}:  "SUN ND",
	{kind: protocolKind, number: 78}:  "WB-MON",
	{kind: protocolKind, number: 79}:  "WB-EXPAK",
	{kind: protocolKind, number: 80}:  "ISO-IP",
	{kind: protocolKind, number: 81}:  "VMTP",
	{kind: protocolKind, number: 82}:  "SECURE-VMTP",
	{kind: protocolKind, number: 83}:  "VINES",
	{kind: protocolKind, number: 84}:  "TTP",
	{kind: protocolKind, number: 85}:  "NSFNET-IGP",
	{kind: protocolKind, number: 86}:  "DGP",
	{kind: protocolKind, number: 87}:  "TCF",
	{kind: protocolKind, number: 90}:  "Sprite RPC",
	{kind: protocolKind, number: 91}:  "LARP",
	{kind: protocolKind, number: 92}:  "MTP",
	{kind: protocolKind, number: 93}:  "AX.25",
	{kind: protocolKind, number: 95}:  "MICP",
	{kind: protocolKind, number: 96}:  "SCC-SP",
	{kind: protocolKind, number: 99}:  "any private encryption",
	{kind: protocolKind, number: 100}: "GMTP",
	{kind: protocolKind, number: 101}: "IFMP",
	{kind: protocolKind, number: 102}: "PNNI",
	{kind: protocolKind, number: 104}: "ARIS",
	{kind: protocolKind, number: 105}: "SCPS",
	{kind: protocolKind, number: 106}: "QNX",
	{kind: protocolKind, number: 107}: "Active Networks",
	{kind: protocolKind, number: 109}: "SNP",
	{kind: protocolKind, number: 110}: "Compaq Peer",
	{kind: protocolKind, number: 111}: "IPX in IP",
	{kind: protocolKind, number: 114}: "any 0-hop protocol",
	{kind: protocolKind, number: 116}: "DDX",
	{kind: protocolKind, number: 117}: "IATP",
	{kind: protocolKind, number: 118}: "STP",
	{kind: protocolKind, number: 119}: "SRP",
	{kind: protocolKind, number: 120}: "UTI",
	{kind: protocolKind, number: 121}: "SMP",
	{kind: protocolKind, number: 122}: "SM",
	{kind: protocolKind, number: 123}: "PTP",
	{kind: protocolKind, number: 125}: "FIRE",
	{kind: protocolKind, number: 126}: "CRTP",
	{kind: protocolKind, number: 127}: "CRUDP",
	{kind: protocolKind, number: 128}: "SSCOPMCE",
	{kind: protocolKind, number: 129}: "IPLT",
	{kind: protocolKind, number: 130}: "SPS",
	{kind: protocolKind, number: 131}: "PIPE",
	{kind: protocolKind, number: 133}: "Fibre Channel",
	{kind: protocolKind, number: 134}: "RSVP-E2E-IGNORE",
	{kind: protocolKind, number: 138}: "MANET",
	{kind: protocolKind, number: 141}: "WESP",
	{kind: protocolKind, number: 142}: "ROHC",
	{kind: protocolKind, number: 143}: "Ethernet",
	{kind: protocolKind, number: 144}: "AGGFRAG",
	{kind: protocolKind, number: 145}: "NSH",
	{kind: protocolKind, number: 253}: "experiments",
	{kind: protocolKind, number: 254}: "experiments",
	{kind: protocolKind, number: 255}: "reserved",
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
