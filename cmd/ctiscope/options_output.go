package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"ctiscope/filter"
	"ctiscope/output"
)

// printing holds the options that say how messages are printed.
type printing struct {
	format *choice
	hex    bool
	color  *choice
	width  int
	zone   string

	secrets, events bool
	wrap, noFold    bool
}

func (p *printing) group() group {
	p.format = newFormat(formatAuto, formatTable, formatText, formatDetail, formatJSON)
	g := newGroup("Output")
	formatFlag(g, p.format, "table, text (a line each), detail (all fields) or json (NDJSON, docs/json.md); auto is table on a terminal and text elsewhere")
	g.flags.BoolVarP(&p.hex, "hex", "x", false, "bytes beside the fields; means --output detail")
	g.flags.BoolVarP(&p.events, "events", "e", false, "print holes, resynchronisations, beginnings and ends of sessions, and findings, in their place")
	g.flags.BoolVar(&p.secrets, "show-secrets", false, "print passwords instead of ********")
	g.flags.BoolVar(&p.wrap, "wrap", false, "break the rows of the table into lines instead of cutting them")
	g.flags.BoolVar(&p.noFold, "no-fold", false, "a row for each message in the table: else an event told to several clients is one row with +n, a request and the answer that follows it one with +CONF")
	p.color = newChoice("WHEN", "auto", "auto", "always", "never")
	g.flags.Var(p.color, "color", "colours: always, never, or auto: on a terminal unless NO_COLOR is set or TERM is dumb")
	p.place(g)
	return g
}

// place adds the options that say where output goes: into which columns, in
// which zone.
func (p *printing) place(g group) {
	g.flags.IntVar(&p.width, "width", 0, "fit into so many `COLUMNS` (default: the terminal's; elsewhere nothing is cut)")
	g.flags.StringVar(&p.zone, "tz", "UTC", "time `ZONE` to print and to read times in: UTC, Local, or a name such as Europe/Berlin")
}

// location returns the zone of --tz.
func (p *printing) location() (*time.Location, error) {
	zone, err := filter.ParseZone(p.zone)
	if err != nil {
		return nil, withHint(fmt.Errorf("--tz: %w", err), "UTC, Local, or a name of the IANA data base such as America/New_York")
	}
	return zone, nil
}

// tellZone tells when TZ names a zone that cannot be read: local time is UTC then.
func (p *printing) tellZone(a *app) {
	name := strings.TrimPrefix(a.getenv("TZ"), ":")
	if !strings.EqualFold(p.zone, "local") && p.zone != "" || name == "" || filepath.IsAbs(name) {
		return
	}
	if _, err := time.LoadLocation(name); err != nil {
		a.note("warning: TZ=%s is no zone of the IANA data base: local time is taken for UTC", name)
	}
}

// resolve settles what is left open on the command line.
func (p *printing) resolve(a *app) error {
	p.tellZone(a)
	if p.width < 0 || p.width > maxWidth {
		return fmt.Errorf("--width %d: want 0 to %d", p.width, maxWidth)
	}
	if p.width == 0 {
		p.width = terminalWidth(a.stdout)
	}
	if p.format == nil {
		return nil
	}
	if p.hex && p.format.current == formatAuto {
		p.format.current = formatDetail
	}
	if p.hex && p.format.current != formatDetail {
		return withHint(fmt.Errorf("--hex does not go with --output %s", p.format.current), "use --output detail --hex")
	}
	if p.format.current == formatAuto {
		p.format.current = formatText
		if isTerminal(a.stdout) {
			p.format.current = formatTable
		}
	}
	return nil
}

// colors decides whether to colour what goes to stdout.
func (p *printing) colors(a *app) bool {
	switch p.color.current {
	case "always":
		enableColor(a.stdout)
		return true
	case "never":
		return false
	}
	if !isTerminal(a.stdout) || a.getenv("NO_COLOR") != "" || a.getenv("TERM") == "dumb" {
		return false
	}
	return enableColor(a.stdout)
}

// maxWidth is the widest output: no screen is wider, and tables pad to it.
const maxWidth = 10_000

// options returns the printers' options.
func (p *printing) options(a *app, zone *time.Location) output.Options {
	return output.Options{
		Zone:        zone,
		ShowSecrets: p.secrets,
		Color:       p.colors(a),
		Width:       p.width,
		Wrap:        p.wrap,
		NoFold:      p.noFold,
		Hex:         p.hex,
		Events:      p.events,
	}
}
