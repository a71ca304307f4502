package capture

// Some writers state microseconds and write nanoseconds. A fraction of more than a
// second shows it, where the lengths of the records around chain.

// most is how large a fraction of a second may be in any file.
const most = 1e9

// look looks at the first records as far as they are there, so that all of the file is
// read in one precision.
func (f *pcap) look(b []byte) {
	for n := 0; n < chainLength*32 && len(b) >= f.header && f.sensible(b); n++ {
		frac, size := int64(f.u32(b[4:])), f.header+int(f.u32(b[8:]))
		if frac >= f.second {
			f.refine(frac)
			return
		}
		if size > len(b) {
			return
		}
		b = b[size:]
	}
}

// refine takes fractions for nanoseconds from here on, where they can be.
func (f *pcap) refine(frac int64) {
	if f.second == most || frac >= most {
		f.warnings.addTo(f.file+"fraction", f.file+": fractions of more than a second, carried over to the next")
		return
	}
	f.scale, f.second, f.digits = 1, most, 9
	f.warnings.addTo(f.file+"nano", f.file+": stated are microseconds, written were fractions of more than a second: read as nanoseconds")
}
