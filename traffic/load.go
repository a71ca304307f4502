package traffic

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"sync"
)

// LoadOptions say how much is to go on at a time.
type LoadOptions struct {
	Server *Server
	// Dial makes a connection to the Server.
	Dial func() (net.Conn, error)
	// Desks is the number of agents at work at a time, at most those of the
	// Server's site; Followers is that of programs that get all events.
	Desks, Followers int
	// Calls is how many calls each agent takes.
	Calls   int
	Version int
	Log     *Log // where to note what is sent; may be nil
}

// Load lets many agents work at the same time and as fast as they can: all sign
// in, take their calls one after the other and sign out. It returns when all
// connections are closed.
func Load(o LoadOptions) error {
	site := o.Server.opts.Site
	if o.Desks > len(site.Agents) {
		return fmt.Errorf("%d desks for %d agents", o.Desks, len(site.Agents))
	}
	var followers []*Client
	for i := range o.Followers {
		c, err := o.connect(ClientOptions{ClientID: fmt.Sprintf("webdesk-%d", i+1), Services: AllServices})
		if err != nil {
			return err
		}
		followers = append(followers, c)
	}
	errs := make([]error, o.Desks)
	var work sync.WaitGroup
	for i := range errs {
		work.Go(func() { errs[i] = o.work(site.Agents[i], rand.New(rand.NewPCG(uint64(i), 0x10ad))) })
	}
	work.Wait()
	o.Server.waitSessions(o.Followers) // who is told of the others' ends
	for _, c := range followers {
		errs = append(errs, c.Close())
	}
	return errors.Join(errs...)
}

func (o *LoadOptions) connect(c ClientOptions) (*Client, error) {
	conn, err := o.Dial()
	if err != nil {
		return nil, err
	}
	c.Version, c.Log = o.Version, o.Log
	client := NewClient(conn, c)
	if err := client.Open(); err != nil {
		client.Abort()
		return nil, err
	}
	return client, nil
}

// work is one agent's shift.
func (o *LoadOptions) work(a *Agent, rng *rand.Rand) error {
	c, err := o.connect(ClientOptions{ClientID: a.Login(), Password: a.Password, Services: AgentServices, Agent: a})
	if err != nil {
		return err
	}
	k := &Desk{Client: c, Agent: a}
	if err := k.Login(a.Password); err != nil {
		return err
	}
	sv := o.Server.opts.Site.Services
	for i := range o.Calls {
		if err := o.call(k, sv[(i+len(a.ID))%len(sv)], rng); err != nil {
			return err
		}
	}
	return try(func() error { return k.NotReady(reasonLunch) }, k.Logout, c.Close)
}

// call is one call from its arrival to the agent's last words on it.
func (o *LoadOptions) call(k *Desk, sv *Service, rng *rand.Rand) error {
	if err := k.Ready(); err != nil {
		return err
	}
	if c := o.Server.Arrive(NewCaller(rng), sv); !o.Server.Offer(c, k.Agent) {
		return fmt.Errorf("agent %s is not available", k.Agent.ID)
	}
	return try(
		func() error { return k.wait(func(l line) bool { return l.ringing != 0 }) },
		k.Answer,
		func() error { return k.wait(func(l line) bool { return l.active != 0 }) },
		func() error { return k.SetData("load", "user.case.id", k.Agent.ID) },
		k.Hold,
		func() error { return k.wait(func(l line) bool { return l.held != 0 }) },
		k.Retrieve,
		func() error { return k.wait(func(l line) bool { return l.active != 0 }) },
		k.HangUp,
	)
}

// wait waits until the desk knows of calls what is asked for.
func (k *Desk) wait(known func(line) bool) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	for !known(k.line) {
		if k.failed != nil {
			return fmt.Errorf("desk of %s: %w", k.Agent.ID, ErrClosed)
		}
		k.changed.Wait()
	}
	return nil
}
