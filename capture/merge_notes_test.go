package capture_test

import (
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/capture/capturetest"
)

// noteBlock is a type of block that no reader knows.
const noteBlock = 0x12345678

// sequence reads a Source and returns, for each file, what came of it in order: a
// packet as its time, a note as its first bytes. first is the file that began.
func sequence(t testing.TB, src capture.Source) (files map[int32][]string, first int32) {
	t.Helper()
	files, first = map[int32][]string{}, -1
	add := func(file int32, text string) {
		if first < 0 {
			first = file
		}
		files[file] = append(files[file], text)
	}
	for {
		blk, err := src.Next()
		if err == io.EOF {
			return files, first
		}
		require.NoError(t, err)
		notes := blk.Notes
		for i := range len(blk.Packets) + 1 {
			for ; len(notes) > 0 && notes[0].Before == i; notes = notes[1:] {
				if notes[0].Kind == noteBlock {
					add(notes[0].File, fmt.Sprintf("note %x", notes[0].Body[:min(len(notes[0].Body), 4)]))
				}
			}
			if i < len(blk.Packets) {
				p := &blk.Packets[i]
				add(p.File, fmt.Sprint(p.Time))
			}
		}
		require.Empty(t, notes)
		blk.Release()
	}
}

// TestMergeKeepsNotesInPlace merges files with packets and notes in random order
// and requires each file's own order to stay.
func TestMergeKeepsNotesInPlace(t *testing.T) {
	for seed := range uint64(10) {
		rng := rand.New(rand.NewPCG(seed, 2))
		var paths []string
		for i := range 3 {
			f := (&ng{}).section(binary.LittleEndian).iface(capture.LinkEthernet, 0)
			for k := range 3000 {
				for range max(rng.IntN(6)-3, 0) {
					f.block(noteBlock, f.u("4", uint64(k)))
				}
				f.packet(0, uint64(1_000_000+k*100+rng.IntN(300)), make([]byte, 20+rng.IntN(40)), 60)
			}
			f.block(noteBlock, f.u("4", 99999))
			paths = append(paths, capturetest.File(t, fmt.Sprintf("f%d.pcapng", i), f.b))
		}
		src, err := capture.Open(paths, capture.Options{Notes: true})
		require.NoError(t, err)
		merged, _ := sequence(t, src)
		require.NoError(t, src.Close())
		for i, path := range paths {
			src, err := capture.Open([]string{path}, capture.Options{Notes: true})
			require.NoError(t, err)
			alone, _ := sequence(t, src)
			require.NoError(t, src.Close())
			require.Equal(t, alone[0], merged[int32(i)])
		}
	}
}

// TestMergeWaitsForPacketsBehindNotes opens a file that begins with notes when the
// turn of its first packet comes, not first of all.
func TestMergeWaitsForPacketsBehindNotes(t *testing.T) {
	for _, notes := range []int{100, 20_000} { // within a Block, and more than one holds
		early := capturetest.File(t, "early.pcap", capturetest.Pcap(capture.LinkEthernet, frames(9000)...))
		f := (&ng{}).section(binary.LittleEndian).iface(capture.LinkEthernet, 0)
		for k := range notes {
			f.block(noteBlock, append(f.u("4", uint64(k)), make([]byte, 100)...))
		}
		f.packet(0, uint64(start/1000)+1e12, []byte{1}, 1)
		late := capturetest.File(t, "late.pcapng", f.b)
		src, err := capture.Open([]string{late, early}, capture.Options{Notes: true})
		require.NoError(t, err)
		require.Empty(t, src.Interfaces(), "none is open yet")
		files, first := sequence(t, src)
		require.EqualValues(t, 1, first)
		require.Len(t, files[1], 9000)
		require.Len(t, files[0], notes+1)
		require.NoError(t, src.Close())
	}
}

// TestMergeKeepsNotesWithoutPackets merges a file that has notes only, whole and
// cut.
func TestMergeKeepsNotesWithoutPackets(t *testing.T) {
	f := (&ng{}).section(binary.LittleEndian)
	for k := range 1000 {
		f.block(noteBlock, f.u("4444", uint64(k), 0, 0, 0))
	}
	packets := capturetest.File(t, "packets.pcap", capturetest.Pcap(capture.LinkEthernet, frames(10)...))
	for cut, b := range map[bool][]byte{false: f.b, true: f.b[:len(f.b)-5]} {
		src, err := capture.Open([]string{packets, capturetest.File(t, "notes.pcapng", b)}, capture.Options{Notes: true})
		require.NoError(t, err)
		notes, packets := 0, 0
		for err == nil {
			var blk *capture.Block
			if blk, err = src.Next(); err == nil {
				packets += len(blk.Packets)
				notes += len(blk.Notes)
				blk.Release()
			}
		}
		require.Equal(t, 10, packets)
		if !cut {
			require.Equal(t, io.EOF, err)
			require.Equal(t, 1001, notes)
			continue
		}
		short := (*capture.CutError)(nil)
		require.ErrorAs(t, err, &short)
		require.Equal(t, 1000, notes)
		require.NotContains(t, err.Error(), "\n", "told once")
	}
}

// TestMergeOfNotesIsQuick merges two files with many notes packet by packet.
func TestMergeOfNotesIsQuick(t *testing.T) {
	var paths []string
	for i := range 2 {
		f := (&ng{}).section(binary.LittleEndian).iface(capture.LinkEthernet, 0)
		for at := uint64(0); len(f.b) < 4<<20; {
			for range 8000 {
				f.block(noteBlock, nil)
			}
			for range 4000 {
				f.packet(0, 1_000_000+2*at+uint64(i), nil, 0)
				at++
			}
		}
		paths = append(paths, capturetest.File(t, fmt.Sprintf("f%d.pcapng", i), f.b))
	}
	read := func(paths ...string) time.Duration {
		began := time.Now()
		src, err := capture.Open(paths, capture.Options{Notes: true})
		require.NoError(t, err)
		readAll(t, src)
		require.NoError(t, src.Close())
		return time.Since(began)
	}
	alone, merged := time.Hour, time.Hour
	for range 3 {
		alone, merged = min(alone, read(paths[0])), min(merged, read(paths...))
	}
	t.Logf("alone %v, merged %v", alone, merged)
	require.Less(t, merged, 50*alone)
}
