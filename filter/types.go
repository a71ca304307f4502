package filter

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"ctiscope/decode/schema"
)

// maxNearest is how many names an UnknownNameError suggests.
const maxNearest = 3

// UnknownNameError tells that a name is in no table.
type UnknownNameError struct {
	Kind    string // what was named, such as "message type"
	Name    string
	Nearest []string // names that look alike, best first; may be empty
}

// Error names what is unknown; what it is near to is for a hint.
func (e *UnknownNameError) Error() string {
	return fmt.Sprintf("unknown %s %q", e.Kind, e.Name)
}

// ParseTypes turns what users write into message numbers of a protocol: names in any case,
// numbers, "UNKNOWN_300", and patterns such as "AGENT_*". A number need not be
// in the tables. A name or pattern that fits no message gives an
// *UnknownNameError.
func ParseTypes(p *schema.Protocol, list []string) ([]uint32, error) {
	var types []uint32
	for _, item := range list {
		found, err := parseType(p, strings.TrimSpace(item))
		if err != nil {
			return nil, err
		}
		types = append(types, found...)
	}
	slices.Sort(types)
	return slices.Compact(types), nil
}

func parseType(p *schema.Protocol, item string) ([]uint32, error) {
	name := strings.ReplaceAll(strings.ToUpper(item), "-", "_")
	if n, err := strconv.ParseUint(strings.TrimPrefix(name, "UNKNOWN_"), 10, 32); err == nil {
		return []uint32{uint32(n)}, nil
	}
	if m := p.ByName(name); m != nil {
		return []uint32{m.Number}, nil
	}
	if found := Pattern(p, name); len(found) > 0 {
		return found, nil
	}
	return nil, Unknown("message type", item, messageNames(p))
}

// Pattern returns the numbers of a protocol's messages whose name fits a shell pattern
// such as "AGENT_*"; none for a name without a special character.
func Pattern(p *schema.Protocol, pattern string) []uint32 {
	if !strings.ContainsAny(pattern, "*?[") {
		return nil
	}
	var found []uint32
	for _, m := range p.Messages() {
		if ok, err := path.Match(pattern, m.Name); err == nil && ok {
			found = append(found, m.Number)
		}
	}
	return found
}

func messageNames(p *schema.Protocol) []string {
	all := p.Messages()
	names := make([]string, len(all))
	for i, m := range all {
		names[i] = m.Name
	}
	return names
}

// Unknown makes the error for a name that is not among the names known.
func Unknown(kind, name string, known []string) *UnknownNameError {
	return &UnknownNameError{Kind: kind, Name: name, Nearest: Nearest(name, known)}
}

// Nearest returns up to three of the known names that a writer of name may
// have meant, best first. Case does not count.
func Nearest(name string, known []string) []string {
	type candidate struct {
		name     string
		distance int
	}
	want := strings.ToUpper(name)
	var found []candidate
	for _, k := range known {
		if d, ok := likeness(want, strings.ToUpper(k)); ok {
			found = append(found, candidate{k, d})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(a.distance, b.distance) })
	if len(found) > maxNearest {
		found = found[:maxNearest]
	}
	var names []string
	for _, c := range found {
		names = append(names, c.name)
	}
	return names
}

// likeness tells how far two names are apart, and whether near enough to be
// worth a suggestion: a slip in up to a third of the letters, or a part of the
// name that was left out.
func likeness(want, name string) (distance int, ok bool) {
	distance = editDistance(want, name)
	if len(want) >= 3 && strings.Contains(name, want) {
		return min(distance, 1+(len(name)-len(want))/8), true
	}
	return distance, distance <= 1+len(want)/3
}

// editDistance counts the letters to add, drop or change (Levenshtein).
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
