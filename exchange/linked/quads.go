package linked

import (
	"fmt"
	"io"
	"strings"
)

// quads writes N-Quads, or N-Triples, which are Turtle: the same triples without the names of their graphs.
type quads struct {
	to      io.Writer
	triples bool
	line    strings.Builder
}

func (q *quads) begin() error { return nil }
func (q *quads) end() error   { return nil }

// node writes the properties of a node and of its parts, in the default graph.
func (q *quads) node(n *node) error { return q.all(n, "") }

// graph writes what is said of a graph, and the triple in it.
func (q *quads) graph(g graph) error {
	if err := q.all(g.about, ""); err != nil {
		return err
	}
	return q.all(g.holds, g.about.id)
}

func (q *quads) all(n *node, in string) error {
	for _, t := range n.types {
		if err := q.quad(n.id, full("rdf:type"), "<"+full(t)+">", in); err != nil {
			return err
		}
	}
	for _, p := range n.properties {
		for _, v := range p.values {
			if err := q.property(n, p.term, v, in); err != nil {
				return err
			}
		}
	}
	return nil
}

func (q *quads) property(n *node, t *term, v value, in string) error {
	switch {
	case t.reverse:
		if err := q.quad(v.part.id, full(t.iri), "<"+n.id+">", in); err != nil {
			return err
		}
		return q.all(v.part, in)
	case t.values == parts:
		if err := q.quad(n.id, full(t.iri), "<"+v.part.id+">", in); err != nil {
			return err
		}
		return q.all(v.part, in)
	case t.values == links:
		return q.quad(n.id, full(t.iri), "<"+full(v.text)+">", in)
	case t.values == localized:
		return q.quad(n.id, full(t.iri), quoted(v.text)+"@"+v.lang, in)
	case t.values == texts:
		return q.quad(n.id, full(t.iri), quoted(v.text), in)
	default:
		return q.quad(n.id, full(t.iri), quoted(v.text)+"^^<"+full(string(t.values))+">", in)
	}
}

// quad writes a line.
func (q *quads) quad(subject, predicate, object, graph string) error {
	q.line.Reset()
	fmt.Fprintf(&q.line, "<%s> <%s> %s ", subject, predicate, object)
	if graph != "" && !q.triples {
		fmt.Fprintf(&q.line, "<%s> ", graph)
	}
	q.line.WriteString(".\n")
	_, err := io.WriteString(q.to, q.line.String())
	return err
}

// quoted writes a literal as canonical N-Quads have it.
func quoted(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch r {
		case '"', '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case '\n':
			b.WriteString(`\n`)
		case '\r':
			b.WriteString(`\r`)
		case '\t':
			b.WriteString(`\t`)
		case '\b':
			b.WriteString(`\b`)
		case '\f':
			b.WriteString(`\f`)
		default:
			if r < 0x20 || r == 0x7F {
				fmt.Fprintf(&b, `\u%04X`, r)
			} else {
				b.WriteRune(r)
			}
		}
	}
	b.WriteByte('"')
	return b.String()
}
