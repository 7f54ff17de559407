package linked

import (
	"bufio"
	"bytes"
	"context"
	"io"

	"masar"
)

// Graph is the graph as readers see it, at one moment.
type Graph interface {
	// Each visits the records of some types, or of all for none: entities in the order of their kinds, then claims with their
	// evidence, then observations. Within a type they are in the order of their codes or keys.
	Each(ctx context.Context, types []masar.RecordType, visit func(record masar.Record, evidence []*masar.Evidence) error) error
}

// Options are the options of the formats.
type Options struct {
	// Base is the base of IRIs, such as https://masar.example.org; empty for DefaultBase.
	Base string
	// Lang is the language of labels in GraphML.
	Lang masar.Language
}

// writer writes descriptions in one of the forms of linked data.
type writer interface {
	begin() error
	node(*node) error
	graph(graph) error
	end() error
}

// WriteNQuads writes the graph as N-Quads. Plain triples of claims are in a graph for each document that states them.
func WriteNQuads(ctx context.Context, to io.Writer, from Graph, o Options) error {
	return write(ctx, to, from, o, func(to io.Writer) writer { return &quads{to: to} })
}

// WriteTurtle writes the graph as N-Triples, which are Turtle: the triples of N-Quads without the names of graphs.
func WriteTurtle(ctx context.Context, to io.Writer, from Graph, o Options) error {
	return write(ctx, to, from, o, func(to io.Writer) writer { return &quads{to: to, triples: true} })
}

// WriteJSONLD writes the graph as JSON-LD 1.1, with the same quads as N-Quads.
func WriteJSONLD(ctx context.Context, to io.Writer, from Graph, o Options) error {
	return write(ctx, to, from, o, func(to io.Writer) writer { return &jsonld{to: to} })
}

// write writes all records of a graph.
func write(ctx context.Context, to io.Writer, from Graph, o Options, form func(io.Writer) writer) error {
	buffered := bufio.NewWriterSize(to, 1<<16)
	w, d := form(buffered), newDescriber(o.Base)
	if err := w.begin(); err != nil {
		return err
	}
	err := from.Each(ctx, nil, func(record masar.Record, evidence []*masar.Evidence) error {
		return d.write(w, record, evidence)
	})
	if err != nil {
		return err
	}
	if err := w.end(); err != nil {
		return err
	}
	return buffered.Flush()
}

// write writes a record with what belongs to it.
func (d *describer) write(w writer, record masar.Record, evidence []*masar.Evidence) error {
	switch r := record.(type) {
	case masar.Entity:
		return w.node(d.entity(r))
	case *masar.Observation:
		return w.node(d.observation(r))
	case *masar.Evidence:
		return w.node(d.evidence(r, true))
	case *masar.Claim:
		n, graphs := d.claim(r, evidence)
		if err := w.node(n); err != nil {
			return err
		}
		for _, g := range graphs {
			if err := w.graph(g); err != nil {
				return err
			}
		}
	}
	return nil
}

// Form is a form of linked data for one record.
type Form string

// The forms.
const (
	NQuads Form = "nq"
	Turtle Form = "ttl"
	JSONLD Form = "jsonld"
)

// Describe returns one record in a form of linked data, and a claim with its evidence. isSDG reports whether a code is that of an
// SDG indicator.
func Describe(form Form, record masar.Record, evidence []*masar.Evidence, isSDG func(code string) bool, o Options) ([]byte, error) {
	d := newDescriber(o.Base)
	for _, code := range indicatorsOf(record) {
		d.sdgIndicators[code] = isSDG(code)
	}
	var b bytes.Buffer
	var w writer = &quads{to: &b, triples: form == Turtle}
	if form == JSONLD {
		w = &jsonld{to: &b}
	}
	if err := w.begin(); err != nil {
		return nil, err
	}
	if err := d.write(w, record, evidence); err != nil {
		return nil, err
	}
	err := w.end()
	return b.Bytes(), err
}

// indicatorsOf are the codes of indicators that a record names.
func indicatorsOf(record masar.Record) (codes []string) {
	switch r := record.(type) {
	case *masar.Observation:
		codes = append(codes, r.Indicator)
	case *masar.Challenge:
		for _, p := range r.ProxyIndicators {
			codes = append(codes, p.Indicator)
		}
	}
	return codes
}
