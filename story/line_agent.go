package story

func (w *Writer) lineOf(l *Line) {
	w.string("agent", l.Agent)
	w.number("peripheral", l.Peripheral)
	w.number("mrd", l.MRD)
}

func (w *Writer) agent(a *Agent) {
	w.raw(`"agent"`)
	w.place(&a.Place)
	w.int("session", a.Session)
	w.lineOf(&a.Line)
	w.number("icm_agent", a.ICM)
	w.text("extension", a.Extension)
	w.text("instrument", a.Instrument)
	w.groups("skill_groups", a.Groups, false)
	w.ints("teams", a.Teams)
	w.ints("sessions", a.Sessions)
	w.coded("state", a.State)
	w.int("sign_ins", a.SignIns)
	w.int("sign_outs", a.SignOuts)
	w.int("forced_sign_outs", a.Forced)
	w.key("states")
	w.raw("[")
	for i := range a.States {
		if i > 0 {
			w.raw(",")
		}
		w.raw("{")
		w.coded("state", a.States[i].State)
		w.int("count", a.States[i].Count)
		w.seconds("seconds", number(a.States[i].Time))
		w.raw("}")
	}
	w.raw("]")
	w.strings("unknown", a.Unknown)
}

func (w *Writer) agentState(a *AgentState) {
	w.raw(`"agent_state"`)
	w.place(&a.Place)
	w.int("session", a.Session)
	w.lineOf(&a.Line)
	w.moment("since", a.Since)
	w.coded("state", a.State)
	w.key("reason")
	if !a.Reason.Set {
		w.null()
	} else {
		w.raw("{")
		w.int("value", a.Reason.Value)
		w.word("text", a.Reason.Name)
		w.raw("}")
	}
	w.coded("next", a.Next)
	w.groups("skill_groups", a.Groups, true)
	w.moment("until", a.Until)
	w.seconds("seconds", a.Time)
	w.bool("forced", a.Forced)
	w.key("asked")
	w.placeObject(&a.Asked)
	w.strings("unknown", a.Unknown)
}

// placeObject appends a place as an object; null where there is none.
func (w *Writer) placeObject(p *Place) {
	if !p.Set() {
		w.null()
		return
	}
	w.raw("{")
	w.place(p)
	w.int("session", p.Session)
	w.raw("}")
}

func (w *Writer) groups(k string, list []SkillGroup, states bool) {
	w.key(k)
	w.raw("[")
	for i := range list {
		if i > 0 {
			w.raw(",")
		}
		w.raw("{")
		w.int("number", list[i].Number)
		w.number("id", list[i].ID)
		if states {
			w.coded("state", list[i].State)
		}
		w.raw("}")
	}
	w.raw("]")
}

func (w *Writer) ints(k string, list []int64) {
	w.key(k)
	w.raw("[")
	for i, n := range list {
		if i > 0 {
			w.raw(",")
		}
		w.dst = appendUnits(w.dst, n, 1)
	}
	w.raw("]")
}
