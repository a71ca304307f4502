package bpf

import (
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
)

var ctiPorts = []uint16{42027, 43027, 42030}

// wanted says, from how the packet was built, whether the filter should pass
// it.
func wanted(f frame, also Traffic) bool {
	switch f.outer {
	case etherVLAN, etherQinQ, etherOldQinQ:
		if !also.VLAN {
			return false
		}
	case etherMPLS, etherPPPoES:
		return also.Tunnels
	case etherPPPoED:
		return false
	}
	b := f.body
	switch f.ether {
	case etherIPv4:
		later := binary.BigEndian.Uint16(b[6:])&0x1fff != 0
		return transport(b[9], b[4*(b[0]&15):], later, also)
	case etherIPv6:
		switch b[6] {
		case 44:
			later := binary.BigEndian.Uint16(b[42:])&0xfff8 != 0
			return transport(b[40], b[48:], later, also)
		case 0, 43, 60:
			return b[40] == 6 && transport(6, b[48:], false, also)
		default:
			return transport(b[6], b[40:], false, also)
		}
	case etherMPLS, etherMPLSAll, etherPPPoES:
		return also.Tunnels
	}
	return false
}

func transport(protocol byte, b []byte, later bool, also Traffic) bool {
	has := func(ports ...uint16) bool {
		for _, p := range ports {
			if binary.BigEndian.Uint16(b) == p || binary.BigEndian.Uint16(b[2:]) == p {
				return true
			}
		}
		return false
	}
	switch protocol {
	case 6:
		return later && also.Fragments || !later && has(ctiPorts...)
	case 17:
		return also.Tunnels && (later && also.Fragments || !later && has(4789, 8472, 6081))
	case 4, 41, 47:
		return also.Tunnels
	}
	return false
}

func TestPorts(t *testing.T) {
	cases := map[string]Traffic{
		"plain":     {},
		"fragments": {Fragments: true},
		"vlan":      {VLAN: true},
		"default":   {Fragments: true, VLAN: true},
		"all":       {Fragments: true, VLAN: true, Tunnels: true},
		"tunnels":   {Tunnels: true},
	}
	for name, also := range cases {
		t.Run(name, func(t *testing.T) {
			requirePorts(t, capture.LinkEthernet, also, true)
			requirePorts(t, capture.LinkRaw, also, false)
			requirePorts(t, capture.LinkLinuxSLL2, also, false)
			requirePorts(t, capture.LinkNull, also, false)
		})
	}
}

func requirePorts(t *testing.T, link capture.LinkType, also Traffic, tags bool) {
	t.Helper()
	r := newRandom()
	plain := bodies(r)
	frames := plain
	if tags {
		frames = append(frames, encapsulated(r, plain)...)
	}
	prog, err := DefaultFilter(ctiPorts, link, also)
	require.NoError(t, err)
	passed := 0
	for _, f := range frames {
		if f.ether != etherIPv4 && f.ether != etherIPv6 && !tags {
			continue
		}
		data := f.linked(link)
		p := Packet{Data: data, Length: len(data)}
		want := wanted(f, also)
		require.Equal(t, want, Run(prog, &p) != 0, "link %d: %x", link, data)
		if want {
			passed++
		}
	}
	require.NotZero(t, passed)
}

// TestPortsTagBeside has the Linux kernel's view: the outer tag is gone.
func TestPortsTagBeside(t *testing.T) {
	prog, err := Target{Link: capture.LinkEthernet, Kernel: true}.Ports(ctiPorts, Traffic{VLAN: true})
	require.NoError(t, err)
	body := packet4(6, "10.0.0.1", "10.0.0.2", 0, 0, segment(42027, 5000, 0, 8))
	for name, tags := range map[string][]byte{
		"none": nil, "one": tag(5, etherIPv4), "two": append(tag(5, etherVLAN), tag(6, etherIPv4)...),
	} {
		f := frame{ether: etherIPv4, outer: etherIPv4, tags: tags, body: body}
		if tags != nil {
			f.outer = etherVLAN
		}
		data := f.linked(capture.LinkEthernet)
		p := Packet{Data: data, Length: len(data)}
		require.NotZero(t, Run(prog, &p), name)
		takeTag(&p)
		require.Equal(t, tags != nil, p.Beside.HasVLAN)
		require.NotZero(t, Run(prog, &p), name)
	}
}

func TestPortsOnlyTCPWithoutPorts(t *testing.T) {
	prog, err := DefaultFilter(nil, capture.LinkRaw, Traffic{})
	require.NoError(t, err)
	p := Packet{Data: packet4(6, "10.0.0.1", "10.0.0.2", 0, 0, segment(1, 2, 0, 0))}
	require.NotZero(t, Run(prog, &p))
	p.Data[9] = protoUDP
	require.Zero(t, Run(prog, &p))
}

func TestManyPorts(t *testing.T) {
	var scattered []uint16
	for i := range 1000 {
		scattered = append(scattered, uint16(65535-2*i))
	}
	also := Traffic{Fragments: true, VLAN: true, Tunnels: true}
	prog, err := Target{Link: capture.LinkEthernet, Kernel: true}.Ports(scattered, also)
	require.NoError(t, err)
	for port := range uint32(65536) {
		f := frame{ether: etherIPv4, outer: etherIPv4, body: packet4(6, "10.0.0.1", "10.0.0.2", 0, 4, segment(uint16(port), 1, 0, 0))}
		data := f.linked(capture.LinkEthernet)
		p := Packet{Data: data, Length: len(data)}
		require.Equal(t, port%2 == 1 && port > 65535-2000, Run(prog, &p) != 0, port)
	}

	var neighbours []uint16
	for i := range 30000 {
		neighbours = append(neighbours, uint16(10000+i))
	}
	prog, err = DefaultFilter(neighbours, capture.LinkEthernet, also)
	require.NoError(t, err)
	require.Less(t, len(prog), 250)

	for i := range 3000 {
		scattered = append(scattered, uint16(3*i))
	}
	_, err = DefaultFilter(scattered, capture.LinkEthernet, also)
	require.ErrorIs(t, err, ErrTooLong)
}

func BenchmarkPorts(b *testing.B) {
	prog, err := Target{Link: capture.LinkEthernet}.Ports(ctiPorts, Traffic{Fragments: true, VLAN: true})
	require.NoError(b, err)
	f := frame{ether: etherIPv4, outer: etherIPv4, body: packet4(6, "10.0.0.1", "10.0.0.2", 0, 0, segment(42027, 5, 0, 100))}
	p := Packet{Data: f.linked(capture.LinkEthernet)}
	b.ReportAllocs()
	b.SetBytes(int64(len(p.Data)))
	for b.Loop() {
		Run(prog, &p)
	}
}

func BenchmarkCompile(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Compile("tcp port 42027 or vlan and tcp port 42027", capture.LinkEthernet, 0); err != nil {
			b.Fatal(err)
		}
	}
}
