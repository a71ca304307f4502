package reassembly

// Buffered returns how many bytes wait, with what it takes to remember them.
func (a *Assembler) Buffered() int { return a.bytes.buffered }
