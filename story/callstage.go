package story

import (
	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/reassembly"
	"ctiscope/session"
)

// callRoles gives what the calls need of other messages.
func (s *stage) callRoles(t *track, r *session.Record, what role) {
	m := r.Message
	switch what {
	case openReq:
		if n := numberOf(m, "CallMsgMask"); n.Set {
			s.giveWatch(t, watchMask, 0, n.N)
		}
	case closeReq, stopping:
		s.giveWatch(t, watchEnds, 0, 0)
	case deviceMonitorReq:
		if n := numberOf(m, "CallMsgMask"); n.Set && r.RequestID != 0 {
			t.masks = append(t.masks, stop{r.RequestID, n.N})
			if len(t.masks) > maxStops {
				t.masks = t.masks[1:]
			}
		}
	case monitorConf:
		for i, k := range t.masks {
			if n := numberOf(m, "MonitorID"); k.id == r.RequestID && n.Set {
				s.giveWatch(t, watchMonitor, n.N, k.monitor)
				t.masks = append(t.masks[:i], t.masks[i+1:]...)
				break
			}
		}
	case changeMaskReq:
		if n := numberOf(m, "CallMsgMask"); n.Set {
			s.giveWatch(t, watchMonitor, numberOf(m, "MonitorID").N, n.N)
		}
	case consultReq:
		p := partOf(m, "ActiveConnectionCallID", "ActiveConnectionDeviceIDType", "ActiveConnectionDeviceID")
		s.giveConsult(&consultTold{Place: placeOf(r.Mark, t.ID), ID: r.RequestID, Peripheral: numberOf(m, "PeripheralID").N, Part: p})
	case consultConf:
		p := partOf(m, "NewConnectionCallID", "NewConnectionDeviceIDType", "NewConnectionDeviceID")
		s.giveConsult(&consultTold{Place: placeOf(r.Mark, t.ID), ID: r.RequestID, Answer: true, Part: p})
	}
}

func partOf(m *decode.Message, number, kind, id string) (p part) {
	p.Number, p.ID = numberOf(m, number).N, textOf(m, id).String
	p.Kind = codedOf(m, find(m, kind))
	return p
}

func (s *stage) giveConsult(t *consultTold) {
	if t.ID == 0 {
		return
	}
	s.begin(consultFact)
	t.code(&s.coder)
	s.give()
}

func (s *stage) giveWatch(t *track, what uint8, monitor, mask int64) {
	w := watchTold{Session: t.ID, What: what, Monitor: monitor, Mask: mask}
	s.giveWatchTold(&w)
}

func (s *stage) giveWatchTold(w *watchTold) {
	s.begin(watchFact)
	w.code(&s.coder)
	s.give()
}

// callEvent gives what the calls need of events about the capture.
func (s *stage) callEvent(t *track, r *session.Record) {
	switch r.Kind {
	case session.EndEvent:
		if r.Cause != reassembly.EndOfCapture {
			s.giveWatch(t, watchEnds, 0, 0)
		}
	case session.TransportEvent:
		switch r.Fact.Kind {
		case reassembly.SYN:
			s.giveWatch(t, watchBegins, 0, 0)
		case reassembly.FIN, reassembly.RST:
			s.giveWatch(t, watchEnds, 0, 0)
		}
	case session.GapEvent, session.ResyncEvent:
		if r.Dir <= reassembly.BtoA && r.From != schema.Client {
			w := watchTold{Session: t.ID, What: watchLoses, At: r.Mark.Time}
			if d := &t.dirs[r.Dir]; d.last.timed() {
				w.At = min(w.At, d.last.Time)
			}
			s.giveWatchTold(&w)
		}
	}
}
