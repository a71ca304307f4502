package capture

import "encoding/binary"

// looks are formats without a magic number, by what their first record holds.
var looks = []struct {
	fits func(b []byte) bool
	signature
}{
	{isERF, signature{name: "an ERF capture of Endace", how: byEditcap}},
	{isLANalyzer, signature{name: "a LANalyzer capture", how: byEditcap}},
	{isCommView, signature{name: "a CommView capture", how: byEditcap}},
	{isETL, signature{name: "a Windows event trace (ETL)", how: byEtl}},
}

// isERF tells whether a record of ERF begins b: a time of our age, a kind, lengths that
// fit each other, and another such record behind it.
func isERF(b []byte) bool {
	for n := range 2 {
		if n > 0 && len(b) < 16 {
			return true // the file, or what is there of it, ends
		}
		if len(b) < 16 {
			return false
		}
		seconds, kind := binary.LittleEndian.Uint32(b[4:]), b[8]&0x7f
		record, wire := int(binary.BigEndian.Uint16(b[10:])), int(binary.BigEndian.Uint16(b[14:]))
		if seconds < 631152000 || kind == 0 || kind > 48 || record < 16 || wire == 0 || record > wire+64 {
			return false
		}
		b = b[min(record, len(b)):]
	}
	return true
}

// isLANalyzer tells whether a header record of LANalyzer begins b.
func isLANalyzer(b []byte) bool {
	const trace, cyclic = 0x1001, 0x1007
	if len(b) < 4 {
		return false
	}
	kind, size := binary.LittleEndian.Uint16(b), binary.LittleEndian.Uint16(b[2:])
	return (kind == trace || kind == cyclic) && size >= 2 && size <= 1024
}

// isCommView tells whether a record of CommView's NCF begins b: lengths, a version, the
// parts of a date and a time.
func isCommView(b []byte) bool {
	if len(b) < 24 || b[4] != 0 {
		return false
	}
	size, from, year := binary.LittleEndian.Uint16(b), binary.LittleEndian.Uint16(b[2:]), binary.LittleEndian.Uint16(b[5:])
	month, day, hour, minute, second := b[7], b[8], b[9], b[10], b[11]
	return size > 0 && from >= size && year >= 1980 && year < 2100 && month >= 1 && month <= 12 &&
		day >= 1 && day <= 31 && hour < 24 && minute < 60 && second < 60
}

// isETL tells whether a buffer of an event trace begins b: its size, how much of it is
// used, and the header of the first event behind 72 bytes.
func isETL(b []byte) bool {
	const header, version, marker = 72, 2, 0xc0
	if len(b) < header+4 {
		return false
	}
	size, used := binary.LittleEndian.Uint32(b), binary.LittleEndian.Uint32(b[4:])
	return size >= 1024 && size <= 16<<20 && size%1024 == 0 && used <= size &&
		binary.LittleEndian.Uint16(b[header:]) <= version && b[header+3] == marker
}
