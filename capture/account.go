package capture

import (
	"fmt"
	"slices"
	"sync"
)

// account is what a source tells besides packets; merged files share one.
type account struct {
	interfaces interfaceList
	warnings   warningList
}

// maxInterfaces is how many different interfaces a source tells apart;
// Packet.Interface has room for no more.
const maxInterfaces = 1 << 16

// interfaceList collects the interfaces of a source. It may be read while the
// source is at work.
type interfaceList struct {
	mu   sync.Mutex
	list []Interface
}

// add returns the index of an interface, the same one for one that is already
// known (capture files that were joined name theirs again and again). false
// means that the list is full.
func (l *interfaceList) add(i Interface) (uint16, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for k := range l.list {
		known := l.list[k]
		known.Dropped = 0
		if known == i {
			return uint16(k), true
		}
	}
	if len(l.list) == maxInterfaces {
		return 0, false
	}
	l.list = append(l.list, i)
	return uint16(len(l.list) - 1), true
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
// nevertheless.
type warningList struct {
	mu   sync.Mutex
	list []string
	more int
}

// maxWarnings is how many warnings are kept; the rest is only counted.
const maxWarnings = 20

func (l *warningList) add(text string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.list) == maxWarnings {
		l.more++
		return
	}
	l.list = append(l.list, fmt.Sprintf(text, args...))
}

func (l *warningList) all() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	list := slices.Clone(l.list)
	if l.more > 0 {
		list = append(list, fmt.Sprintf("%d more warnings of this kind", l.more))
	}
	return list
}
