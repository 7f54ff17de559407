package loaders

import (
	"context"

	"masar"
	"masar/answers"
	"masar/topology"
	"masar/words"
)

// maxNodes is the maximum number of nodes in one nodes field.
const maxNodes = 100

// Node returns the node with a global ID; nil if there is none. The error has code BAD_ID.
func Node(ctx context.Context, id string) (masar.Node, error) {
	ref, err := masar.DecodeID(id)
	if err != nil {
		return nil, err
	}
	return Record(ctx, ref)
}

// NodeOf returns the node with a global ID; nil if there is none, or if it has another type. The error has code
// BAD_ID.
func NodeOf[T masar.Node](ctx context.Context, id string) (T, error) {
	node, err := Node(ctx, id)
	of, _ := node.(T)
	return of, err
}

// Record returns the node of a record; nil if the record is not in the snapshot or not a node of the API, such as a
// text.
func Record(ctx context.Context, ref masar.RecordRef) (masar.Node, error) {
	r := From(ctx)
	if place, ok := r.Graph.Find(ref.Entity()); ok {
		return shownOne[masar.Node](ctx, r, place)
	}
	record, ok := r.Graph.Record(ref)
	if !ok {
		return nil, nil
	}
	nodes, err := load[masar.Node](ctx, r, []topology.Record{record})
	if err != nil {
		return nil, err
	}
	return r.readable(ctx, nodes[0])
}

// readable is a node as readers see it: a harmful claim has no text. A harmful evidence item, and the evidence of a harmful
// claim, is not shown at all.
func (r *Request) readable(ctx context.Context, node masar.Node) (masar.Node, error) {
	switch node := node.(type) {
	case *masar.Claim:
		return node.Shown(), nil
	case *masar.Evidence:
		if node.Harmful() {
			return nil, nil
		}
		if at, ok := r.Graph.FindClaim(node.ClaimKey); ok && r.Graph.Accepted(at) {
			return node, nil
		}
		about, err := ClaimOf(ctx, node.ClaimKey)
		if err != nil || about.Harmful() {
			return nil, err
		}
	}
	return node, nil
}

// Nodes returns the nodes with the given global IDs, in order; nil for each that does not exist.
// The error has code BAD_ID, or BAD_INPUT for more than 100 IDs.
func Nodes(ctx context.Context, ids []string) ([]masar.Node, error) {
	if err := masar.CheckLength("ids", len(ids), 0, maxNodes); err != nil {
		return nil, err
	}
	nodes := make([]masar.Node, len(ids))
	for i, id := range ids {
		node, err := Node(ctx, id)
		if err != nil {
			return nil, err
		}
		nodes[i] = node
	}
	return nodes, nil
}

// ClaimOf returns the claim with the given key, which has to be in the snapshot.
func ClaimOf(ctx context.Context, key masar.ClaimKey) (*masar.Claim, error) {
	r := From(ctx)
	at, ok := r.Graph.FindClaim(key)
	if !ok {
		return nil, missing("claim " + string(key))
	}
	claims, err := r.Claims(ctx, []topology.Claim{at})
	if err != nil {
		return nil, err
	}
	return claims[0].Shown(), nil
}

// EvidenceOfKey returns the evidence item with the given key, which has to be in the snapshot.
func EvidenceOfKey(ctx context.Context, key masar.EvidenceKey) (*masar.Evidence, error) {
	r := From(ctx)
	at, ok := r.Graph.FindEvidence(key)
	if !ok {
		return nil, missing("evidence " + string(key))
	}
	evidence, err := r.Evidence(ctx, []topology.Evidence{at})
	if err != nil {
		return nil, err
	}
	return evidence[0], nil
}

// Sentence writes a claim as a sentence, in the first of the languages.
func Sentence(ctx context.Context, c *masar.Claim, lang []masar.Language) (*masar.Text, error) {
	ends, err := FindAll[masar.Entity](ctx, []masar.Ref{c.Subject, c.Object})
	if err != nil {
		return nil, err
	}
	return words.Sentence(c, ends[0], ends[1], lang), nil
}

// indicatorAt is the index of the indicator with a code; topology.None if it is not in the graph.
func indicatorAt(g *topology.Graph, code string) topology.Entity {
	for _, kind := range topology.IndicatorKinds {
		if e, ok := g.Find(masar.Ref{Kind: kind, Code: code}); ok {
			return e
		}
	}
	return topology.None
}

// IndicatorOf returns the indicator with a code, in the SDG framework or another; nil if it is not in the graph.
func IndicatorOf(ctx context.Context, code string) (masar.Entity, error) {
	r := From(ctx)
	return shownOne[masar.Entity](ctx, r, indicatorAt(r.Graph, code))
}

// Support computes the support of a claim; nil for a harmful one, whose evidence is not shown. The error has code BAD_INPUT
// for an invalid day or a weight out of range.
func Support(ctx context.Context, c *masar.Claim, asOf *string, weights *answers.ScoringWeights) (*masar.Support, error) {
	if c.Harmful() {
		return nil, nil
	}
	g := From(ctx).Graph
	at, ok := g.FindClaim(c.Key)
	if !ok {
		return nil, missing("claim " + string(c.Key))
	}
	return g.SupportWith(at, asOf, weights)
}

// Maturity computes the maturity of a country; nil if it has no index. The error has code BAD_INPUT for an invalid
// day.
func Maturity(ctx context.Context, c *masar.Country, asOf *string) (*masar.Maturity, error) {
	r := From(ctx)
	g, err := r.AsOf(ctx, asOf)
	if err != nil {
		return nil, err
	}
	m, _ := g.Maturity(r.place(c))
	return m, nil
}
