package decode

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"ctiscope/decode/schema"
)

// seeds are frames of many kinds, made by the encoder.
func seeds(f *testing.F, add func(version int, frame []byte)) {
	r := rand.New(rand.NewPCG(11, 12))
	for i, def := range schema.CCE().Messages() {
		if !def.HasLayout || i%5 != 0 {
			continue
		}
		version := max(int(def.Since), schema.CCE().Versions().Min+r.IntN(schema.CCE().Versions().Max-schema.CCE().Versions().Min+1))
		frame, err := CCE().AppendMessage(nil, def, version, randomValues(r, def, version))
		if err != nil {
			f.Fatal(err)
		}
		add(version, frame)
	}
}

// FuzzMessage decodes arbitrary frames: fields stand in order inside the frame
// and do not overlap, and what no field covers is Undecoded or framing.
func FuzzMessage(f *testing.F) {
	seeds(f, func(version int, frame []byte) { f.Add(uint8(version), frame) })
	f.Fuzz(func(t *testing.T, version uint8, frame []byte) {
		d := CCE().Decoder(int(version))
		var m Message
		for range 2 { // the second time with what was remembered of the first
			decodeAnswer(&d, &m, frame)
			checkMessage(t, &m)
		}
	})
}

func checkMessage(t *testing.T, m *Message) {
	end := 0
	for i := range m.Fields {
		f := &m.Fields[i]
		if int(f.Off) < end || int(f.Off)+int(f.Len) > len(m.Frame) {
			t.Fatalf("field %s at %d+%d: before %d, frame %d", f.Name(), f.Off, f.Len, end, len(m.Frame))
		}
		end = int(f.Off) + int(f.Len)
		_, _, _, _ = m.Uint(f), m.Int(f), m.Text(f), m.NumElements(f)
		m.NamedVariable(f)
	}
	if u := m.Undecoded; u.Len > 0 && (u.Off < 0 || u.Off+u.Len > len(m.Frame)) {
		t.Fatalf("undecoded %d+%d of %d", u.Off, u.Len, len(m.Frame))
	}
	for i := range m.Problems {
		p := &m.Problems[i]
		if p.Field >= len(m.Fields) || len(p.AppendText(nil, m)) == 0 {
			t.Fatalf("problem %+v", p)
		}
	}
}

// FuzzStream cuts arbitrary bytes into arbitrary pieces with holes: frames come
// in order, out of the bytes that were pushed, and memory stays bounded.
func FuzzStream(f *testing.F) {
	seeds(f, func(version int, frame []byte) {
		f.Add(append(frame[:len(frame):len(frame)], frame...), []byte{9, 200, 3}, true)
	})
	f.Fuzz(func(t *testing.T, data, cuts []byte, synced bool) {
		var pool Pool
		var s Stream
		s.Init(CCE(), &pool, func(b []byte) int { return CCE().Grade(b, 0, schema.Unknown) }, synced)
		var taken int64
		drain := func() {
			for {
				fr, ok := s.Next()
				if !ok {
					break
				}
				taken += int64(len(fr.Bytes)) + fr.Skipped
				if !bytes.Contains(data, fr.Bytes[:min(len(fr.Bytes), 8)]) {
					t.Fatal("a frame whose header was never pushed")
				}
			}
			if s.Pending() > maxSearch+schema.MaxMessageSize+1<<16 {
				t.Fatalf("%d bytes pending", s.Pending())
			}
		}
		rest := data
		for i := 0; len(rest) > 0; i++ {
			n := len(rest)
			if i < len(cuts) {
				n = min(n, int(cuts[i])+1)
			}
			s.Push(rest[:n], Mark{Number: int64(i)})
			drain()
			rest = rest[n:]
			if i < len(cuts) && cuts[i]%7 == 0 {
				s.Gap()
				drain()
				s.Resume(int64(cuts[i])-1, cuts[i]%2 == 0)
			}
		}
		s.Gap()
		drain()
		s.Close()
		if taken > int64(len(data)) {
			t.Fatalf("%d bytes out of %d", taken, len(data))
		}
	})
}

// FuzzRecognize looks at arbitrary bytes the way every packet is looked at.
func FuzzRecognize(f *testing.F) {
	seeds(f, func(_ int, frame []byte) { f.Add(frame) })
	f.Fuzz(func(t *testing.T, b []byte) {
		if v := CCE().Recognize(b); v < NotCTI || v > IsCTI {
			t.Fatal(v)
		}
		g := CCE().Guess()
		g.Add(b)
		if g.Version() < schema.CCE().Versions().Min || g.Version() > schema.CCE().Versions().Max {
			t.Fatal(g.Version())
		}
	})
}
