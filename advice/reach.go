package advice

import (
	"slices"

	"masar"
	"masar/topology"
)

// item is an entity with the claim that leads to it.
type item = topology.Item[topology.Entity]

// along returns the objects of an entity's active claims with a predicate, by kind and code.
func along(g *topology.Graph, from topology.Entity, p masar.Predicate) []item {
	return g.Along(from, topology.Step{Predicate: p}, false)
}

// against returns the subjects of active claims about an entity with a predicate, by kind and code.
func against(g *topology.Graph, from topology.Entity, p masar.Predicate) []item {
	return g.Along(from, topology.Step{Predicate: p, Back: true}, false)
}

// demonstrations are the case studies that demonstrate a recommendation. An initiative does not count as a case
// study, because only its aims are known.
func demonstrations(g *topology.Graph, recommendation topology.Entity) []item {
	return slices.DeleteFunc(against(g, recommendation, masar.Demonstrates), func(it item) bool {
		return g.Ref(it.At).Kind != masar.KindCaseStudy
	})
}

// refs are the references of entities.
func refs(g *topology.Graph, places []topology.Entity) []masar.Ref {
	named := make([]masar.Ref, len(places))
	for i, e := range places {
		named[i] = g.Ref(e)
	}
	return named
}

// itemRefs are the references of the entities of items.
func itemRefs(g *topology.Graph, items []item) []masar.Ref {
	named := make([]masar.Ref, len(items))
	for i, it := range items {
		named[i] = g.Ref(it.At)
	}
	return named
}

// distinct finds entities by arguments, each of which may occur once.
type distinct map[topology.Entity]bool

// find finds an entity. The error has code BAD_INPUT if it is unknown or repeated.
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
