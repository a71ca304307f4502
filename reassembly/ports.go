package reassembly

// PortSet is a set of TCP ports. It takes 8 KiB, which stays in the nearest
// cache while packets are looked at.
type PortSet [1 << 16 / 64]uint64

// NewPortSet returns a set of these ports.
func NewPortSet(ports ...uint16) *PortSet {
	p := new(PortSet)
	for _, port := range ports {
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
