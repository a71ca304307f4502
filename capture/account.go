package capture

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
)

// account is what a source tells besides packets; merged files share one.
type account struct {
	interfaces interfaceList
	warnings   warningList
	// read and total count the bytes of the files as they are on disk; total
	// is 0 when one of them has no known size.
	read, total atomic.Int64
}

// maxInterfaces is how many different interfaces a source tells apart;
// Packet.Interface has room for no more.
const maxInterfaces = 1 << 16

// interfaceList collects the interfaces of a source. It may be read while the
// source is at work.
type interfaceList struct {
	mu    sync.Mutex
	list  []Interface
	index map[place]uint16
}

// place identifies an interface: what is said of it, without the counts, and
// the how manieth of its section it is.
type place struct {
	Interface
	order int
}

// add returns the index of an interface, the same one for one that is already
// known (capture files that were joined name theirs again and again). false
// means that the list is full and the last one was returned.
func (l *interfaceList) add(i Interface, order int) (uint16, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if k, ok := l.index[place{i, order}]; ok {
		return k, true
	}
	if len(l.list) == maxInterfaces {
		return maxInterfaces - 1, false
	}
	if l.index == nil {
		l.index = map[place]uint16{}
	}
	l.list = append(l.list, i)
	k := uint16(len(l.list) - 1)
	l.index[place{i, order}] = k
	return k, true
}

func (l *interfaceList) dropped(index uint16, n int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.list[index].Dropped += n
}

func (l *interfaceList) all() []Interface {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.list)
}

// warningList keeps what a user should know of a source that was read on
// nevertheless. Equal ones are one, with a count.
type warningList struct {
	mu    sync.Mutex
	list  []warning
	index map[string]int // by subject
	more  int
}

// warning is told once for its subject.
type warning struct {
	text  string
	times int
}

// maxWarnings is how many different warnings are kept; the rest is only counted.
const maxWarnings = 20

// add keeps a warning of its own.
func (l *warningList) add(text string, args ...any) {
	said := fmt.Sprintf(text, args...)
	l.addTo(said, said)
}

// addTo keeps a warning unless there is one about the same subject; that is counted.
func (l *warningList) addTo(subject, text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if i, ok := l.index[subject]; ok {
		l.list[i].times++
		return
	}
	if len(l.list) == maxWarnings {
		l.more++
		return
	}
	if l.index == nil {
		l.index = map[string]int{}
	}
	l.index[subject] = len(l.list)
	l.list = append(l.list, warning{text, 1})
}

func (l *warningList) all() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var list []string
	for _, w := range l.list {
		if w.times > 1 {
			w.text += fmt.Sprintf(" (%d times)", w.times)
		}
		list = append(list, w.text)
	}
	if l.more > 0 {
		list = append(list, fmt.Sprintf("%d more warnings", l.more))
	}
	return list
}

// forget drops the warnings: an error says what they say.
func (l *warningList) forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.list, l.index, l.more = nil, nil, 0
}
