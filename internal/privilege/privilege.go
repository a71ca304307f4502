// Package privilege gives up the rights that opening a capture needed.
//
// The order is: open the interfaces, Choose and Drop, then open the files that
// packets are kept in. Files belong to the chosen user then, whoever may not
// write there is told at the start, and rotation needs no more rights than the
// first file did. Capture goes on as before, also on an interface that goes
// away and comes back.
//
// After Drop the process has no capabilities and cannot get any by running
// another program.
//
// The package imports no other package of the project.
package privilege

import (
	"errors"
	"fmt"
	"os"
	"os/user"
	"strconv"
	"strings"
)

// Identity is whom a process becomes.
type Identity struct {
	Name     string // of the user, or its number
	UID, GID int
	Groups   []int
	// Stays is true if the user does not change and only capabilities are
	// given up.
	Stays  bool
	Reason string // why this one was chosen
}

// String says who it is and why.
func (id *Identity) String() string {
	if id.Stays {
		return fmt.Sprintf("user %s without capabilities (%s)", id.Name, id.Reason)
	}
	return fmt.Sprintf("user %s (%s)", id.Name, id.Reason)
}

// ErrThreads is a program that was built with cgo, in which capabilities
// cannot be given up by all threads. Programs built with CGO_ENABLED=0 can.
var ErrThreads = errors.New("capabilities cannot be given up by a program built with cgo")

// UserError is a user that does not exist or cannot be taken on.
type UserError struct {
	User string
	Err  error
}

func (e *UserError) Error() string { return fmt.Sprintf("become user %q: %v", e.User, e.Err) }

// Unwrap returns the cause.
func (e *UserError) Unwrap() error { return e.Err }

// process is what Choose looks at; tests have their own.
type process struct {
	uid      int
	env      func(string) string
	lookup   func(string) (*user.User, error)
	writable func(folder string, id *Identity) bool
	confined func(id *Identity) string
}

func thisProcess() process {
	return process{uid: os.Geteuid(), env: os.Getenv, lookup: lookup, writable: writable, confined: confined}
}

// Choose works out whom to become. name is a user, or user:group, by name or
// number; "" chooses: a process that is not root stays who it is, root becomes
// the user who ran sudo, else the owner of the folder that is written to, else
// nobody. If that one may not write into all of the folders, the process stays
// root, without capabilities.
func Choose(name string, folders ...string) (*Identity, error) {
	return thisProcess().choose(name, folders)
}

func (p process) choose(name string, folders []string) (*Identity, error) {
	if name != "" {
		id, err := p.identity(name)
		if err != nil {
			return nil, err
		}
		id.Reason, id.Stays = "as asked", id.UID == p.uid
		if p.uid != 0 && !id.Stays {
			return nil, &UserError{name, errors.New("only root can become another user")}
		}
		if why := p.confined(id); why != "" && !id.Stays {
			return nil, &UserError{name, errors.New(why)}
		}
		return id, nil
	}
	if p.uid != 0 {
		return p.stay("not root"), nil
	}
	id := p.candidate(folders)
	if id == nil {
		return p.stay("no other user is known"), nil
	}
	if why := p.confined(id); why != "" {
		return p.stay(why), nil
	}
	for _, folder := range folders {
		if !p.writable(folder, id) {
			return p.stay(id.Name + " may not write into " + folder), nil
		}
	}
	return id, nil
}

// candidate is whom root should become; nil if nobody fits.
func (p process) candidate(folders []string) *Identity {
	if uid := p.env("SUDO_UID"); uid != "" && uid != "0" {
		if id, err := p.identity(uid); err == nil && id.UID != 0 {
			id.Reason = "who ran sudo"
			return id
		}
	}
	if len(folders) > 0 {
		if uid, ok := owner(folders[0]); ok && uid != 0 {
			if id, err := p.identity(strconv.Itoa(uid)); err == nil {
				id.Reason = "the owner of " + folders[0]
				return id
			}
		}
	}
	id, err := p.identity("nobody")
	if err != nil || id.UID == 0 {
		return nil
	}
	id.Reason = "root is not needed any more"
	return id
}

func (p process) stay(reason string) *Identity {
	id := &Identity{Name: strconv.Itoa(p.uid), UID: p.uid, Stays: true, Reason: reason}
	if u, err := p.lookup(id.Name); err == nil {
		id.Name = u.Username
	}
	return id
}

// identity looks up "user" or "user:group". A number needs no entry in the
// system's list of users.
func (p process) identity(name string) (*Identity, error) {
	who, group, hasGroup := strings.Cut(name, ":")
	id := &Identity{Name: who}
	u, err := p.lookup(who)
	if err == nil {
		id.Name = u.Username
		if id.UID, id.GID, err = numbers(u); err != nil {
			return nil, &UserError{name, err}
		}
		id.Groups = groups(u, id.GID)
	} else {
		n, bad := strconv.ParseUint(who, 10, 31)
		if bad != nil {
			return nil, &UserError{name, err}
		}
		id.UID, id.GID, id.Groups = int(n), int(n), []int{int(n)}
	}
	if hasGroup {
		if id.GID, err = groupNumber(group); err != nil {
			return nil, &UserError{name, err}
		}
		id.Groups = []int{id.GID}
	}
	return id, nil
}

// lookup finds a user by name or number.
func lookup(name string) (*user.User, error) {
	if u, err := user.Lookup(name); err == nil {
		return u, nil
	}
	return user.LookupId(name)
}

func numbers(u *user.User) (uid, gid int, err error) {
	if uid, err = strconv.Atoi(u.Uid); err != nil {
		return 0, 0, err
	}
	gid, err = strconv.Atoi(u.Gid)
	return uid, gid, err
}

// groups are all groups of a user.
func groups(u *user.User, gid int) []int {
	list := []int{gid}
	names, err := u.GroupIds()
	if err != nil {
		return list
	}
	for _, name := range names {
		if n, err := strconv.Atoi(name); err == nil && n != gid {
			list = append(list, n)
		}
	}
	return list
}

func groupNumber(name string) (int, error) {
	if g, err := user.LookupGroup(name); err == nil {
		return strconv.Atoi(g.Gid)
	}
	n, err := strconv.ParseUint(name, 10, 31)
	if err != nil {
		return 0, fmt.Errorf("unknown group %q", name)
	}
	return int(n), nil
}
