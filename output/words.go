package output

import (
	"strings"

	"ctiscope/text"

	"ctiscope/decode/schema"
)

// valueTexts holds the JSON objects of a table of values, made once.
type valueTexts struct {
	table *schema.Table
	// low holds the objects of the numbers from 0 on, "" where the table has
	// none; none that of 65535, which tables often have; high those of the
	// others.
	low  []string
	none string
	high map[uint32]string
	// bits holds the bits of a mask in words.
	bits [32]string
}

// lowValues bounds the numbers that low holds by index.
const lowValues = 512

func (l *plans) texts(t *schema.Table) *valueTexts {
	if t == nil {
		return nil
	}
	v := l.tables[t]
	if v == nil {
		v = newValueTexts(t)
		l.tables[t] = v
	}
	return v
}

func newValueTexts(t *schema.Table) *valueTexts {
	v := &valueTexts{table: t, high: make(map[uint32]string)}
	if t.Mask {
		v.bits = bitWords(t)
		return v
	}
	for i := range t.Values {
		row := &t.Values[i]
		if row.Changes() { // its name depends on the version
			continue
		}
		object := `{"value":` + text.Decimal(row.Value) + `,"name":"` + row.Name + `"}`
		if row.Value == schema.None16 {
			v.none = object
		}
		if row.Value >= lowValues {
			v.high[row.Value] = object
			continue
		}
		for int(row.Value) >= len(v.low) {
			v.low = append(v.low, "")
		}
		v.low[row.Value] = object
	}
	return v
}

// bitWords turns the names of a mask into words, without what the names begin
// or end with: CTI_SERVICE_CLIENT_EVENTS is "client events".
func bitWords(t *schema.Table) (words [32]string) {
	prefix := commonPrefix(t.Values)
	for i := range words {
		name := strings.TrimPrefix(t.Bit(i), prefix)
		name = strings.TrimPrefix(name, "SERVICE_")
		name = strings.TrimSuffix(name, "_MASK")
		if strings.ToUpper(name) == name {
			name = strings.ToLower(strings.ReplaceAll(name, "_", " "))
		}
		words[i] = name
	}
	return words
}

// commonPrefix returns what all names of several words begin with, up to an
// underscore.
func commonPrefix(rows []schema.Value) string {
	prefix, names := "", 0
	for i := range rows {
		name := rows[i].Name
		if !strings.Contains(name, "_") {
			continue // such as UNUSED
		}
		if names++; names == 1 {
			prefix = name
		}
		for !strings.HasPrefix(name, prefix) {
			prefix = prefix[:len(prefix)-1]
		}
	}
	if names < 2 {
		return ""
	}
	return prefix[:strings.LastIndexByte(prefix, '_')+1]
}

// object returns the JSON of a number that is in the table, else "".
func (v *valueTexts) object(u uint32) string {
	if uint64(u) < uint64(len(v.low)) {
		return v.low[u]
	}
	if u == schema.None16 {
		return v.none
	}
	return v.high[u]
}
