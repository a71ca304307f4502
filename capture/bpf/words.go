package bpf

import "strings"

// keywords are the words that have a meaning of their own. The last rows are
// known to tcpdump and refused here.
var keywords = words(`src dst host net mask port portrange proto protochain gateway less greater byte
	broadcast multicast and or not len length inbound outbound ifindex
	link ether ip ip6 arp rarp tcp udp sctp icmp icmp6 igmp igrp pim vrrp carp ah esp
	vlan mpls pppoed pppoes geneve vxlan`, refusedWords)

// refusedWords belong to link types and systems that carry no CTI traffic.
const refusedWords = `ppp slip fddi tr wlan radio atalk aarp decnet lat sca moprc mopdl iso esis es-is isis is-is
	l1 l2 iih lsp snp csnp psnp clnp stp ipx netbeui type subtype direction dir addr1 addr2 addr3 addr4
	address1 address2 address3 address4 ra ta lane llc metac bcc oam oamf4 oamf4ec oamf4sc sc ilmic vpi vci
	connectmsg metaconnect on ifname rset ruleset rnr rulenum srnr subrulenum reason action
	fisu lssu lsu msu hfisu hlssu hmsu sio opc dpc sls hsio hopc hdpc hsls batadv`

func words(lists ...string) map[string]bool {
	set := map[string]bool{}
	for _, list := range lists {
		for _, w := range strings.Fields(list) {
			set[w] = true
		}
	}
	return set
}

// namedNumbers are the words for numbers: offsets and values of header fields.
var namedNumbers = map[string]uint32{
	"tcpflags": 13,
	"tcp-fin":  0x01, "tcp-syn": 0x02, "tcp-rst": 0x04, "tcp-push": 0x08,
	"tcp-ack": 0x10, "tcp-urg": 0x20, "tcp-ece": 0x40, "tcp-cwr": 0x80,

	"icmptype": 0, "icmpcode": 1,
	"icmp-echoreply": 0, "icmp-unreach": 3, "icmp-sourcequench": 4, "icmp-redirect": 5, "icmp-echo": 8,
	"icmp-routeradvert": 9, "icmp-routersolicit": 10, "icmp-timxceed": 11, "icmp-paramprob": 12,
	"icmp-tstamp": 13, "icmp-tstampreply": 14, "icmp-ireq": 15, "icmp-ireqreply": 16,
	"icmp-maskreq": 17, "icmp-maskreply": 18,

	"icmp6type": 0, "icmp6code": 1,
	"icmp6-destinationunreach": 1, "icmp6-packettoobig": 2, "icmp6-timeexceeded": 3, "icmp6-parameterproblem": 4,
	"icmp6-echo": 128, "icmp6-echoreply": 129,
	"icmp6-multicastlistenerquery": 130, "icmp6-multicastlistenerreportv1": 131, "icmp6-multicastlistenerdone": 132,
	"icmp6-routersolicit": 133, "icmp6-routeradvert": 134,
	"icmp6-neighborsolicit": 135, "icmp6-neighboradvert": 136, "icmp6-redirect": 137,
}

// protocolNames are the names that proto takes for numbers of IP protocols.
var protocolNames = map[string]uint32{
	"icmp": 1, "igmp": 2, "ipip": 4, "ipencap": 4, "tcp": 6, "egp": 8, "udp": 17, "ipv6": 41, "ip6": 41,
	"ipv6-route": 43, "ipv6-frag": 44, "gre": 47, "esp": 50, "ah": 51, "icmp6": 58, "ipv6-icmp": 58,
	"ipv6-nonxt": 59, "ipv6-opts": 60, "ospf": 89, "pim": 103, "vrrp": 112, "carp": 112, "l2tp": 115, "sctp": 132,
	"udplite": 136,
}

// etherNames are the names that ether proto takes.
var etherNames = map[string]uint32{
	"ip": etherIPv4, "arp": etherARP, "rarp": etherRARP, "ip6": etherIPv6, "ipv6": etherIPv6,
	"loopback": 0x9000, "mpls": etherMPLS, "vlan": etherVLAN, "pppoed": etherPPPoED, "pppoes": etherPPPoES,
}

// headerProtocols are the IP protocols behind the words that stand for one.
var headerProtocols = map[string]uint32{
	"tcp": protoTCP, "udp": protoUDP, "sctp": protoSCTP, "icmp": protoICMP, "igmp": protoIGMP, "igrp": 9,
	"pim": 103, "vrrp": 112, "carp": 112, "ah": 51, "esp": 50, "icmp6": protoICMPv6,
}
