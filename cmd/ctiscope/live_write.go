package main

import (
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"ctiscope/capture"
	"ctiscope/capture/live"
	"ctiscope/capture/record"
	"ctiscope/pipeline"
)

// writing holds the options that say which packets are kept in files.
type writing struct {
	path      packetFile
	only      bool
	overwrite bool
	size      byteSize
	age       time.Duration
	packets   int64
	keep      int
}

func (w *writing) group() group {
	g := newGroup("Keeping packets")
	g.flags.VarP(&w.path, "write", "w", "keep the captured packets in this pcapng FILE, readable while it grows; when it rotates, number and time are put into its name")
	g.flags.BoolVar(&w.only, "write-only", false, "keep packets and print no messages; FILE may be - then")
	g.flags.BoolVar(&w.overwrite, "overwrite", false, "write over a FILE that exists")
	g.flags.Var(&w.size, "rotate-size", "begin another file at this size")
	g.flags.DurationVar(&w.age, "rotate-interval", 0, "begin another file after this `TIME`")
	g.flags.Int64Var(&w.packets, "rotate-packets", 0, "begin another file after `N` packets")
	g.flags.IntVar(&w.keep, "keep", 0, "keep the newest `N` files, those of earlier runs with the same FILE counted, and remove older ones (default: all)")
	g.flags.Lookup("rotate-size").DefValue = ""
	return g
}

// check refuses what makes no sense together.
func (w *writing) check() error {
	rotates := w.size > 0 || w.age > 0 || w.packets > 0
	switch {
	case w.size < 0 || w.age < 0 || w.packets < 0 || w.keep < 0:
		return errors.New("--rotate-size, --rotate-interval, --rotate-packets and --keep: want 0 or more")
	case w.path == "" && (w.only || w.overwrite || rotates || w.keep > 0):
		return withHint(errors.New("no file is named for the packets"), "ctiscope live -i eth0 --write capture.pcapng")
	case w.path == "-" && !w.only:
		return withHint(errors.New("packets and messages cannot both go to standard output"), "use --write - --write-only, or a file")
	case w.path == "-" && rotates:
		return errors.New("standard output cannot be rotated")
	case w.keep > 0 && !rotates:
		return withHint(errors.New("--keep is for files that rotate"), "add --rotate-size, --rotate-interval or --rotate-packets")
	}
	return nil
}

// keeper puts the packets of a live source into files. The source's Tap waits
// until start has been called, so that no packet is missing in the first file.
type keeper struct {
	left     int64 // packets still to be kept; -1 for all
	ready    chan struct{}
	begun    sync.Once
	recorder *record.Recorder // nil without --write
}

func newKeeper(count int64) *keeper {
	if count == 0 {
		count = -1
	}
	return &keeper{left: count, ready: make(chan struct{})}
}

// tap is the source's Tap.
func (k *keeper) tap(b *capture.Block) {
	<-k.ready
	if k.left >= 0 { // what is kept is what is read
		b.Packets = b.Packets[:min(int64(len(b.Packets)), k.left)]
		k.left -= int64(len(b.Packets))
	}
	if k.recorder != nil {
		k.recorder.Write(b)
	}
}

// start begins to write, if a file is named, and lets the packets flow.
func (k *keeper) start(a *app, w *writing, src *live.Source, quiet bool) error {
	defer k.release()
	if w.path == "" {
		return nil
	}
	r, err := record.Start(record.Options{
		Path: string(w.path), MaxSize: int64(w.size), MaxAge: w.age, MaxPackets: w.packets, Keep: w.keep,
		Overwrite: w.overwrite, Application: "ctiscope " + version, Interfaces: src.Interfaces,
		Notice: func(n record.Notice) {
			if n.Broken && w.path == "-" { // nobody is there to read on
				src.Stop()
			}
			if !quiet || n.Kind == record.Vanished || n.Kind == record.Failed || n.Kind == record.Resumed {
				a.note("%s", n)
			}
		},
	})
	if err != nil {
		return err
	}
	k.recorder = r
	return nil
}

// release lets the packets flow; it may be called again.
func (k *keeper) release() { k.begun.Do(func() { close(k.ready) }) }

// close completes the files and tells what was kept, nil without --write. It
// returns err, with its own error joined.
func (k *keeper) close(err error) (*record.Stats, error) {
	if k.recorder == nil {
		return nil, err
	}
	if failed := k.recorder.Close(); failed != nil {
		err = errors.Join(err, fmt.Errorf("packets were not all written: %w", failed))
	}
	s := k.recorder.Stats()
	return &s, err
}

// keepOnly reads a source to its end without decoding.
func keepOnly(src capture.Source) (*pipeline.Result, error) {
	r := new(pipeline.Result)
	for {
		b, err := src.Next()
		if err == io.EOF {
			return r, nil
		}
		if err != nil {
			return r, err
		}
		if n := len(b.Packets); n > 0 {
			if r.Packets == 0 {
				r.First = b.Packets[0].Time
			}
			r.Last = b.Packets[n-1].Time
			r.Packets += int64(n)
			for i := range b.Packets {
				r.Bytes += int64(len(b.Packets[i].Data))
			}
		}
		b.Release()
	}
}
