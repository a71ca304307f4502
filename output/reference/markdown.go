package reference

import (
	"fmt"
	"strings"

	"ctiscope/decode/schema"
)

// Markdown returns the whole reference: messages by service, tags, tables of
// values.
func Markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, `# Reference of the CTI Server protocol (GED-188), versions %d to %d

Made out of the tables of package decode/schema; `+"`ctiscope messages`"+` prints the same.
Offsets count from the start of the message's header of %d bytes, at version %d; a floating field has a tag and a length
of one byte each below version %d and of two bytes each from %d on. Numbers are big endian.

`, schema.MinVersion, schema.MaxVersion, schema.HeaderSize, schema.MaxVersion, schema.WideTagVersion, schema.WideTagVersion)
	services := byService()
	b.WriteString("## Contents\n\n")
	for _, s := range services {
		fmt.Fprintf(&b, "- %s: %s\n", s.name, links(s.messages))
	}
	b.WriteString("- [Floating tags](#floating-tags)\n- [Tables of values](#tables-of-values)\n")
	for _, s := range services {
		b.WriteString("\n## " + s.name + "\n")
		for _, m := range s.messages {
			b.WriteString("\n" + messagePage(m).markdown(3))
		}
	}
	b.WriteString("\n## Floating tags\n\n" + tagGrid(schema.Tags()).escaped().markdown())
	b.WriteString("\n## Tables of values\n")
	for _, t := range schema.Tables() {
		b.WriteString("\n" + tablePage(t).markdown(3))
	}
	return b.String()
}

// service is a group of messages of the guide.
type service struct {
	name     string
	messages []*schema.Message
}

// byService groups the messages in the order in which the services first come;
// those that the guide only names stand last.
func byService() []service {
	var list []service
	place := make(map[string]int)
	var rest []*schema.Message
	for _, m := range schema.Messages() {
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
