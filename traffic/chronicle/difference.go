package chronicle

import (
	"encoding/json"
	"fmt"
	"math"
	"sort"
	"strings"
)

// Difference names the first thing in which the lines of one kind differ, ""
// where they are the same. Each line may be an Object or what JSON text of it was
// read to. Numbers count as equal within a millionth; paths under "unknown" may
// stand in any order. Keys of want that are named in but are not looked at, nor are
// keys that only got has: new keys may come.
func Difference(want, got []Object, but ...string) string {
	for i := range min(len(want), len(got)) {
		a, b := plain(want[i]).(map[string]any), plain(got[i]).(map[string]any)
		for _, key := range but {
			delete(a, key)
		}
		if d := differ("", a, b); d != "" {
			return fmt.Sprintf("line %d (%s): %s", i+1, label(a), d)
		}
	}
	switch {
	case len(want) > len(got):
		return fmt.Sprintf("line %d is missing: %s", len(got)+1, text(want[len(got)]))
	case len(got) > len(want):
		return fmt.Sprintf("line %d is too many: %s", len(want)+1, text(got[len(want)]))
	}
	return ""
}

// plain brings a value into the types that reading JSON gives.
func plain(v any) any {
	var out any
	if err := json.Unmarshal([]byte(text(v)), &out); err != nil {
		panic(err)
	}
	return out
}

func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// label says which line it is.
func label(o Object) string {
	var words []string
	for _, key := range []string{"kind", "session", "call", "id", "agent", "mrd", "name", "frame", "time"} {
		if v, ok := o[key]; ok && v != nil {
			words = append(words, fmt.Sprintf("%s %v", key, v))
		}
	}
	return strings.Join(words, ", ")
}

// differ compares two plain values.
func differ(path string, want, got any) string {
	switch w := want.(type) {
	case map[string]any:
		if g, ok := got.(map[string]any); ok {
			return differObjects(path, w, g)
		}
	case []any:
		if g, ok := got.([]any); ok {
			return differLists(path, w, g)
		}
	case float64:
		if g, ok := got.(float64); ok && math.Abs(w-g) <= 1e-6*max(1, math.Abs(w)) {
			return ""
		}
	default:
		if want == got {
			return ""
		}
	}
	return fmt.Sprintf("%s is %s, want %s", path, text(got), text(want))
}

func differObjects(path string, want, got map[string]any) string {
	keys := make([]string, 0, len(want))
	for key := range want {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	for _, key := range keys {
		inner := strings.TrimPrefix(path+"."+key, ".")
		g, ok := got[key]
		if !ok {
			return fmt.Sprintf("%s is not there, want %s", inner, text(want[key]))
		}
		if d := differ(inner, want[key], g); d != "" {
			return d
		}
	}
	return ""
}

func differLists(path string, want, got []any) string {
	if path == "unknown" {
		return differPaths(want, got)
	}
	for i := range min(len(want), len(got)) {
		if d := differ(fmt.Sprintf("%s[%d]", path, i), want[i], got[i]); d != "" {
			return d
		}
	}
	if len(want) != len(got) {
		return fmt.Sprintf("%s has %d elements, want %d: got %s, want %s", path, len(got), len(want), text(got), text(want))
	}
	return ""
}

// differPaths compares what is unknown, in any order.
func differPaths(want, got []any) string {
	have := make(map[any]bool)
	for _, p := range got {
		have[p] = true
	}
	for _, p := range want {
		if !have[p] {
			return fmt.Sprintf("%v is not told to be unknown", p)
		}
		delete(have, p)
	}
	for _, p := range got {
		if have[p] {
			return fmt.Sprintf("%v is told to be unknown, and is known", p)
		}
	}
	return ""
}
