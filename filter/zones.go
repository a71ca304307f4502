package filter

import (
	_ "embed"
	"strings"
)

// zoneNames are the names of the IANA data base that the program holds, a line each: its
// copy (package time/tzdata) has no list that could be asked for. TestZones says how it is made.
//
//go:embed zones.txt
var zoneNames string

// Zones returns the names of time zones, sorted.
func Zones() []string { return strings.Fields(zoneNames) }
