package reassembly

// PortSet is a set of TCP ports. It takes 8 KiB, which stays in the nearest
// cache while packets are looked at.
type PortSet [1 << 16 / 64]uint64

// The ports of the first side of CTI Server's instance 0, and what is added
// for others.
const (
	ctiPort       = 42027
	securedPort   = 42030
	sideStep      = 1000 // from side A to side B
	secondGateway = 2000 // to the ports of a second peripheral gateway on one host
	instanceStep  = 40
)

// CTIPorts returns the usual ports of an instance of CTI Server: sides A and B,
// plain and secured, and those of a second peripheral gateway on the same host,
// together with extra ones. An instance whose ports would be no ports has none.
func CTIPorts(instance int, extra ...uint16) *PortSet {
	p := new(PortSet)
	for _, port := range [...]int{ctiPort, ctiPort + sideStep, securedPort, securedPort + sideStep,
		ctiPort + secondGateway, ctiPort + secondGateway + sideStep} {
		if n := port + instanceStep*instance; instance >= 0 && instance < 1<<11 && n < 1<<16 {
			p.Add(uint16(n))
		}
	}
	for _, port := range extra {
		p.Add(port)
	}
	return p
}

// Add puts a port into the set.
func (p *PortSet) Add(port uint16) { p[port>>6] |= 1 << (port & 63) }

// Remove takes a port out of the set.
func (p *PortSet) Remove(port uint16) { p[port>>6] &^= 1 << (port & 63) }

// Has tells whether a port is in the set.
func (p *PortSet) Has(port uint16) bool { return p[port>>6]>>(port&63)&1 != 0 }
