package linked

import (
	"bufio"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"masar"
	"masar/exchange"
)

// graphKey declares a value of nodes or edges in GraphML. Every key has its owner, name and type, which Gephi needs.
type graphKey struct{ owner, name, kind string }

// graphKeys are the values of nodes and edges. Cytoscape reads the interaction of an edge, and Gephi its weight.
var graphKeys = []graphKey{
	{"node", "label", "string"}, {"node", "name", "string"}, {"node", "label_ar", "string"}, {"node", "label_en", "string"},
	{"node", "kind", "string"}, {"node", "form", "string"}, {"node", "iri", "string"}, {"node", "goal", "string"},
	{"edge", "label", "string"}, {"edge", "interaction", "string"}, {"edge", "weight", "double"}, {"edge", "basis", "string"},
	{"edge", "net", "double"}, {"edge", "certainty", "string"}, {"edge", "documentation", "string"}, {"edge", "evidence", "int"},
	{"edge", "documents", "int"},
}

// graphBatch is the number of claims that are read at a time.
const graphBatch = 1000

// WriteGraphML writes the entities of a graph as nodes, and claims as directed edges.
func WriteGraphML(ctx context.Context, to io.Writer, from Graph, claims exchange.Records[exchange.Claim], o Options) error {
	g := &graphML{to: bufio.NewWriterSize(to, 1<<16), lang: o.Lang, base: o.Base}
	g.write(xml.Header + `<graphml xmlns="http://graphml.graphdrawing.org/xmlns">` + "\n")
	for _, k := range graphKeys {
		g.write(fmt.Sprintf(`<key id="%s_%s" for="%[1]s" attr.name="%[2]s" attr.type="%[3]s"/>`+"\n", k.owner, k.name, k.kind))
	}
	g.write(`<graph id="masar" edgedefault="directed">` + "\n")
	if err := from.Each(ctx, entityTypes, func(record masar.Record, _ []*masar.Evidence) error { return g.node(record.(masar.Entity)) }); err != nil {
		return err
	}
	for at := 0; at < claims.Total; at += graphBatch {
		read, err := claims.Read(ctx, at, min(at+graphBatch, claims.Total))
		if err != nil {
			return err
		}
		for _, c := range read {
			if err := g.edge(c); err != nil {
				return err
			}
		}
	}
	g.write("</graph>\n</graphml>\n")
	return g.to.Flush()
}

// entityTypes are the record types of entities.
var entityTypes = func() (types []masar.RecordType) {
	for _, kind := range masar.Kinds {
		types = append(types, masar.RecordType(kind))
	}
	return types
}()

type graphML struct {
	to   *bufio.Writer
	lang masar.Language
	base string
}

func (g *graphML) write(text string) {
	_, _ = g.to.WriteString(text) // an error stays, and the next flush returns it
}

// value writes a value, unless it is empty.
func (g *graphML) value(key, text string) {
	if text == "" {
		return
	}
	g.write(`<data key="` + key + `">`)
	_ = xml.EscapeText(g.to, []byte(text))
	g.write("</data>")
}

func (g *graphML) node(e masar.Entity) error {
	h := e.Head()
	g.write(`<node id="` + h.Ref().String() + `">`)
	if title := h.Title([]masar.Language{g.lang}); title != nil {
		g.value("node_label", title.Value)
		g.value("node_name", title.Value)
	}
	g.value("node_label_ar", h.Titles.AR.Value)
	g.value("node_label_en", h.Titles.EN.Value)
	g.value("node_kind", string(h.Kind))
	g.value("node_form", formOf(e))
	g.value("node_iri", IRI(g.base, h.Identity()))
	g.value("node_goal", goalOf(h))
	g.write("</node>\n")
	_, err := g.to.Write(nil)
	return err
}

// goalOf is the code of the goal of an SDG goal, target or indicator: their codes begin with it. Empty for other kinds.
func goalOf(h *masar.Header) string {
	switch h.Kind {
	case masar.KindSdgGoal, masar.KindSdgTarget, masar.KindSdgIndicator:
		goal, _, _ := strings.Cut(h.Code, ".")
		return goal
	}
	return ""
}

// formOf is the form of an entity; empty for a kind without forms.
func formOf(e masar.Entity) string {
	switch e := e.(type) {
	case *masar.Initiative:
		return string(e.Form)
	case *masar.Organization:
		return string(e.Form)
	case *masar.Recommendation:
		return string(e.Form)
	case *masar.Activity:
		return string(e.Form)
	case *masar.Output:
		return string(e.Form)
	case *masar.Document:
		return string(e.Form)
	}
	return ""
}

func (g *graphML) edge(c exchange.Claim) error {
	said, support := c.Said, c.Support
	g.write(fmt.Sprintf(`<edge id="%s" source="%s" target="%s">`, said.Key, said.Subject, said.Object))
	name := strings.ToLower(strings.ReplaceAll(string(said.Predicate), "_", " "))
	g.value("edge_label", name)
	g.value("edge_interaction", string(said.Predicate))
	g.value("edge_weight", number(masar.PredicateSpecs[said.Predicate].Weight*(.5+.5*support.Net)))
	g.value("edge_basis", string(said.Basis))
	g.value("edge_net", number(support.Net))
	g.value("edge_certainty", string(support.Certainty))
	g.value("edge_documentation", string(support.Documentation))
	g.value("edge_evidence", strconv.Itoa(len(c.Documents)))
	g.value("edge_documents", strconv.Itoa(distinct(c.Documents)))
	g.write("</edge>\n")
	_, err := g.to.Write(nil)
	return err
}

// distinct is the number of different documents.
func distinct(documents []*masar.Document) int {
	codes := make([]string, len(documents))
	for i, d := range documents {
		codes[i] = d.Code
	}
	slices.Sort(codes)
	return len(slices.Compact(codes))
}

func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
