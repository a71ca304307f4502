package capture_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/capture/capturetest"
)

// FuzzOpen reads any bytes: nothing panics, every packet lies in the file, and
// the end is one of the errors that are promised.
func FuzzOpen(f *testing.F) {
	list := frames(3)
	f.Add(capturetest.Pcap(capture.LinkEthernet, list...))
	f.Add(capturetest.PcapOrder(binary.BigEndian, false, capture.LinkRaw, list...))
	f.Add(capturetest.Pcapng(capture.LinkEthernet, list...))
	g := (&ng{}).section(binary.BigEndian)
	g.iface(capture.LinkEthernet, 9, g.option(9, []byte{0x8a}), g.option(14, make([]byte, 8)))
	g.packet(0, 1, []byte{1}, 1).block(3, make([]byte, 9)).block(5, make([]byte, 30)).block(2, make([]byte, 24))
	f.Add(g.section(binary.LittleEndian).b)
	f.Add((&ng{}).section(binary.LittleEndian).packet(0, 1, []byte{1}, 1).b)
	f.Add(packed(f, "gzip", []byte("text")))
	f.Fuzz(func(t *testing.T, file []byte) {
		src, err := capture.Open([]string{"-"}, capture.Options{Stdin: bytes.NewReader(file), Notes: true})
		if err != nil {
			var format *capture.FormatError
			require.ErrorAs(t, err, &format)
			return
		}
		plain := len(file) > 2 && file[0] != 0x1f && file[0] != 0x28 && file[1] != 0x2a
		total := 0
		for err == nil {
			var blk *capture.Block
			if blk, err = src.Next(); err != nil {
				break
			}
			require.NotZero(t, len(blk.Packets)+len(blk.Notes))
			for _, p := range blk.Packets {
				total += len(p.Data)
				require.GreaterOrEqual(t, p.Length, len(p.Data))
				require.Less(t, int(p.Interface), len(src.Interfaces()))
			}
			blk.Release()
		}
		var cut *capture.CutError
		var damage *capture.DamageError
		var bare *capture.NoInterfaceError
		require.True(t, errors.Is(err, io.EOF) || errors.As(err, &cut) || errors.As(err, &damage) || errors.As(err, &bare), "%v", err)
		if plain {
			require.LessOrEqual(t, total, len(file))
			if cut != nil {
				require.EqualValues(t, len(file), cut.Offset+cut.Left)
			}
		}
		require.NoError(t, src.Close())
	})
}
