package wrapping

// Kind is a wrapping that was taken off.
type Kind uint8

// The kinds, by their usual names.
const (
	PKTAP Kind = iota
	NetfilterLog
	PFLog
	ENC
	FrameRelay
	Juniper
	WLAN
	RadioTap
	Prism
	AVS
	PPI
	ETag
	AristaTime
	FabricPath
	TRILL
	WCCP
	L2TP
	L2TPv3
	TZSP
	CAPWAP
	Teredo
	ACI
	IPoIB
	Directed // PPP, Cisco HDLC or Frame Relay with a direction before it
	SwitchTag
	ERF
	Other // a link layer of long ago, such as FDDI

	Kinds = int(Other) + 1
)

// String returns the usual name.
func (k Kind) String() string {
	return [...]string{
		"PKTAP", "Linux netfilter log", "OpenBSD pflog", "OpenBSD enc", "Frame Relay", "Juniper",
		"IEEE 802.11", "radiotap", "Prism", "AVS", "PPI", "E-tag (802.1BR)", "Arista time stamps",
		"Cisco FabricPath", "TRILL", "WCCP", "L2TP", "L2TPv3", "TZSP", "CAPWAP", "Teredo",
		"Cisco ACI VXLAN", "IPoIB", "direction", "switch tag", "ERF", "old link layer",
	}[k]
}
