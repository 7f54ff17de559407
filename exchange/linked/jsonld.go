package linked

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"

	"masar"
)

// jsonld writes JSON-LD 1.1. Its context is in the file, so that readers need no network.
type jsonld struct {
	to    io.Writer
	wrote bool
}

func (j *jsonld) begin() error {
	_, err := io.WriteString(j.to, `{"@context":`+string(contextJSON())+`,"@graph":[`)
	return err
}

func (j *jsonld) end() error {
	_, err := io.WriteString(j.to, "\n]}\n")
	return err
}

func (j *jsonld) node(n *node) error { return j.item(object(n)) }

// graph writes a graph with its triple, and what is said of it.
func (j *jsonld) graph(g graph) error {
	o := object(g.about)
	return j.item(append(o, member{"@graph", []members{object(g.holds)}}))
}

func (j *jsonld) item(m members) error {
	text, err := m.MarshalJSON()
	if err != nil {
		return err
	}
	separator := ",\n"
	if !j.wrote {
		separator, j.wrote = "\n", true
	}
	_, err = j.to.Write(append([]byte(separator), text...))
	return err
}

// members are the members of a JSON object, in order.
type members []member

type member struct {
	name  string
	value any
}

// MarshalJSON writes the object.
func (m members) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, each := range m {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := masar.CompactJSON(each.name)
		if err != nil {
			return nil, err
		}
		value, err := masar.CompactJSON(each.value)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// object is a node as JSON-LD.
func object(n *node) members {
	m := members{{"@id", n.id}}
	if len(n.types) > 0 {
		m = append(m, member{"@type", one(n.types)})
	}
	for _, p := range n.properties {
		m = append(m, member{p.name, p.json()})
	}
	return m
}

// json is the value or the list of values of a property.
func (p *property) json() any {
	if p.term.values == localized {
		return p.byLanguage()
	}
	all := make([]any, len(p.values))
	for i, v := range p.values {
		switch p.term.values {
		case parts:
			all[i] = object(v.part)
		case integers, booleans:
			all[i] = json.RawMessage(v.text)
		default:
			all[i] = v.text
		}
	}
	return one(all)
}

// byLanguage is the language map of texts.
func (p *property) byLanguage() members {
	var m members
	for _, lang := range []string{"ar", "en"} {
		var said []string
		for _, v := range p.values {
			if v.lang == lang {
				said = append(said, v.text)
			}
		}
		if len(said) > 0 {
			m = append(m, member{lang, one(said)})
		}
	}
	return m
}

// one is the only value of a list, or the list.
func one[T any](values []T) any {
	if len(values) == 1 {
		return values[0]
	}
	return values
}

// contextJSON is the context of JSON-LD.
func contextJSON() []byte {
	m := members{{"@version", json.Number("1.1")}}
	for _, p := range prefixes {
		m = append(m, member{p.name, p.iri})
	}
	for _, t := range terms {
		m = append(m, member{t.name, t.context()})
	}
	text, err := m.MarshalJSON()
	if err != nil {
		panic(err) // texts always encode
	}
	return text
}

// context is the definition of a term in the context.
func (t *term) context() any {
	m := members{{"@id", t.iri}}
	switch {
	case t.reverse:
		m = members{{"@reverse", t.iri}}
	case t.values == localized:
		m = append(m, member{"@container", "@language"})
	case t.values == texts, t.values == parts, t.values == booleans:
		return t.iri
	default:
		m = append(m, member{"@type", string(t.values)})
	}
	return m
}

// WriteContext writes the context as a document of its own.
func WriteContext(to io.Writer) error {
	var b bytes.Buffer
	b.WriteString(`{"@context":`)
	b.Write(contextJSON())
	b.WriteString("}")
	var indented bytes.Buffer
	if err := json.Indent(&indented, b.Bytes(), "", "  "); err != nil {
		return err
	}
	_, err := io.WriteString(to, strings.TrimSpace(indented.String())+"\n")
	return err
}
