package reference

import (
	"fmt"
	"strings"

	"ctiscope/decode/schema"
)

// Markdown returns the whole reference: messages by service, tags, tables of
// values.
func (b *Book) Markdown() string {
	var text strings.Builder
	p, versions := b.protocol, b.protocol.Versions()
	fmt.Fprintf(&text, `# Reference of the %s protocol (%s), versions %d to %d

Made out of the tables of package decode/schema; `+"`ctiscope messages`"+` prints the same.
Offsets count from the start of the message's header of %d bytes, at version %d; a floating field has a tag and a length
of one byte each below version %d and of two bytes each from %d on. Numbers are big endian.

`, p.Name(), p.Guide(), versions.Min, versions.Max, schema.HeaderSize, versions.Max, versions.WideTag, versions.WideTag)
	services := b.byService()
	text.WriteString("## Contents\n\n")
	for _, s := range services {
		fmt.Fprintf(&text, "- %s: %s\n", s.name, links(s.messages))
	}
	text.WriteString("- [Floating tags](#floating-tags)\n- [Tables of values](#tables-of-values)\n")
	for _, s := range services {
		text.WriteString("\n## " + s.name + "\n")
		for _, m := range s.messages {
			text.WriteString("\n" + b.messagePage(m).markdown(3))
		}
	}
	text.WriteString("\n## Floating tags\n\n" + tagGrid(p.Tags()).escaped().markdown())
	text.WriteString("\n## Tables of values\n")
	for _, t := range p.Tables() {
		text.WriteString("\n" + tablePage(t).markdown(3))
	}
	return text.String()
}

// service is a group of messages of the guide.
type service struct {
	name     string
	messages []*schema.Message
}

// byService groups the messages in the order in which the services first come;
// those that the guide only names stand last.
func (b *Book) byService() []service {
	var list []service
	place := make(map[string]int)
	var rest []*schema.Message
	for _, m := range b.protocol.Messages() {
		if m.Service == "" {
			rest = append(rest, m)
			continue
		}
		i, ok := place[m.Service]
		if !ok {
			i = len(list)
			place[m.Service] = i
			list = append(list, service{name: m.Service})
		}
		list[i].messages = append(list[i].messages, m)
	}
	if len(rest) > 0 {
		list = append(list, service{name: "Other messages", messages: rest})
	}
	return list
}

func links(messages []*schema.Message) string {
	parts := make([]string, len(messages))
	for i, m := range messages {
		parts[i] = fmt.Sprintf("[%s](#%s-%d)", m.Name, strings.ToLower(m.Name), m.Number)
	}
	return strings.Join(parts, ", ")
}
