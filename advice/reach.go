package advice

import (
	"slices"

	"masar"
	"masar/topology"
)

// item is an entity with the claim that leads to it.
type item = topology.Item[topology.Entity]

// along gives what an entity is linked with as the subject of a predicate's claims, by kind and code.
func along(g *topology.Graph, from topology.Entity, p masar.Predicate) []item {
	return g.Along(from, topology.Step{Predicate: p}, false)
}

// against gives what an entity is linked with as the object of a predicate's claims, by kind and code.
func against(g *topology.Graph, from topology.Entity, p masar.Predicate) []item {
	return g.Along(from, topology.Step{Predicate: p, Back: true}, false)
}

// demonstrations are the case studies that demonstrate a recommendation. An initiative that does so is no case study: what is
// known of it is what it sets out to do.
func demonstrations(g *topology.Graph, recommendation topology.Entity) []item {
	return slices.DeleteFunc(against(g, recommendation, masar.Demonstrates), func(it item) bool {
		return g.Ref(it.At).Kind != masar.KindCaseStudy
	})
}

// refs names entities outside of the graph.
func refs(g *topology.Graph, places []topology.Entity) []masar.Ref {
	named := make([]masar.Ref, len(places))
	for i, e := range places {
		named[i] = g.Ref(e)
	}
	return named
}

// itemRefs names the entities of items.
func itemRefs(g *topology.Graph, items []item) []masar.Ref {
	named := make([]masar.Ref, len(items))
	for i, it := range items {
		named[i] = g.Ref(it.At)
	}
	return named
}

// distinct finds entities that a list of arguments may name once each.
type distinct map[topology.Entity]bool

// find is the place of an entity. The error has code BAD_INPUT.
func (d distinct) find(g *topology.Graph, argument string, ref masar.Ref) (topology.Entity, error) {
	at, err := g.FindNamed(argument, ref)
	if err != nil {
		return at, err
	}
	if d[at] {
		return at, masar.NewArgumentError(masar.CodeBadInput, argument, "error.list.duplicate", masar.Args{"value": ref.Code})
	}
	d[at] = true
	return at, nil
}
