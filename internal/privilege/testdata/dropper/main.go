// Command dropper captures on the loopback interface, gives up its rights,
// records with rotation, and prints what it then is and did. It is built and
// run by the tests of package privilege.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"ctiscope/capture/live"
	"ctiscope/capture/record"
	"ctiscope/internal/privilege"
)

type report struct {
	UID, GID          int
	Groups            []int
	Stays             bool
	Identity          string
	Recorded          int64
	Files             int64
	RecordError       string
	BindLowPort       string // errors of what only root may do
	OpenAgain         string
	ChangeBack        string
	NothingMissing    bool
	CapturedAfterDrop uint64
}

func main() {
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(user, path string) error {
	source, err := live.Open(context.Background(), live.Options{Interfaces: []string{"lo"}, Flush: 10 * time.Millisecond})
	if err != nil {
		return err
	}
	defer source.Close()
	id, err := privilege.Choose(user, filepath.Dir(path))
	if err != nil {
		return err
	}
	if err := privilege.Drop(id); err != nil {
		return err
	}
	r := report{UID: os.Getuid(), GID: os.Getgid(), Stays: id.Stays, Identity: id.String()}
	r.Groups, _ = os.Getgroups()
	r.BindLowPort, r.OpenAgain, r.ChangeBack = forbidden()
	recorder, err := record.Start(record.Options{Path: path, MaxPackets: 10, Keep: 3, Interfaces: source.Interfaces})
	if err != nil {
		r.RecordError = err.Error()
		return json.NewEncoder(os.Stdout).Encode(r)
	}
	if err := traffic(source, recorder); err != nil {
		return err
	}
	if err := recorder.Close(); err != nil {
		return err
	}
	st := recorder.Stats()
	r.Recorded, r.Files, r.NothingMissing = st.Packets, st.Files, st.Unwritten+st.QueueDropped == 0
	r.CapturedAfterDrop = source.Stats().Received
	return json.NewEncoder(os.Stdout).Encode(r)
}

// forbidden tries what must fail now.
func forbidden() (bind, open, back string) {
	text := func(err error) string {
		if err == nil {
			return ""
		}
		return err.Error()
	}
	l, err := net.Listen("tcp", "127.0.0.1:81")
	if err == nil {
		l.Close()
	}
	s, other := live.Open(context.Background(), live.Options{Interfaces: []string{"lo"}})
	if other == nil {
		s.Close()
	}
	return text(err), text(other), text(syscall.Setuid(0))
}

// traffic sends a hundred packets and records them.
func traffic(source *live.Source, recorder *record.Recorder) error {
	to, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	defer to.Close()
	from, err := net.Dial("udp", to.LocalAddr().String())
	if err != nil {
		return err
	}
	defer from.Close()
	for i := range 100 {
		if _, err := fmt.Fprintf(from, "packet %d", i); err != nil {
			return err
		}
	}
	for n := 0; n < 100; {
		b, err := source.Next()
		if err != nil {
			return errors.Join(errors.New("capture ended"), err)
		}
		n += len(b.Packets)
		recorder.Write(b)
		b.Release()
	}
	return nil
}
