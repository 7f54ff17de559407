package topology

import (
	"cmp"
	"masar/answers"
	"slices"

	"masar"
)

// The limits of a neighbourhood. The entity itself counts, so the minimum is 1.
var (
	depths     = masar.Bounds{Min: 1, Max: 4, Default: 1}
	neighbours = masar.Bounds{Min: 1, Max: 1000, Default: 100}
	ofOneKind  = masar.PageSize{Max: 1000, Default: 1000}
)

// Neighbourhood is a part of the graph around an entity.
type Neighbourhood struct {
	// Nodes are the entities within the depth, the centre first: by distance, then those with most claims first, then by
	// kind and code.
	Nodes []Neighbour
	// Links are the active claims between the nodes, by subject, predicate, object and role.
	Links []Claim
	// Complete says that no limit excluded an entity.
	Complete bool

	within vicinity
}

// Neighbour is an entity of a neighbourhood.
type Neighbour struct {
	At Entity
	// Distance is the number of claims on the shortest path from the centre, in either direction.
	Distance int
	// Degree is the number of active claims of the entity, in the whole graph.
	Degree int
}

// Neighbourhood returns the entities within some active claims of an entity, in either direction. An excluded entity
// is not passed, so every node is connected with the centre by other nodes.
// The error has code BAD_INPUT or BAD_PAGE for arguments out of range.
func (g *Graph) Neighbourhood(of Entity, args answers.NeighbourhoodArgs) (Neighbourhood, error) {
	levels, err := depths.Of("depth", args.Depth)
	if err != nil {
		return Neighbourhood{}, err
	}
	most, err := neighbours.Of("limit", args.Limit)
	if err != nil {
		return Neighbourhood{}, err
	}
	mostOfKind, err := ofOneKind.Of("limitPerKind", args.LimitPerKind)
	if err != nil {
		return Neighbourhood{}, err
	}
	n := Neighbourhood{Complete: true, within: vicinity{Graph: g, of: of, levels: levels, kinds: args.Kinds}}
	ofKind := map[masar.Kind]int{}
	n.Nodes = n.within.walk(func(before int, level []Neighbour) []Neighbour {
		shown := slices.DeleteFunc(level, func(node Neighbour) bool {
			kind := g.kindOf(node.At)
			ofKind[kind]++
			return ofKind[kind] > mostOfKind
		})
		n.Complete = n.Complete && len(shown) == len(level)
		if left := most - before; len(shown) > left {
			shown, n.Complete = shown[:left], false
		}
		return shown
	})
	n.Links = g.linksBetween(n.Nodes)
	return n, nil
}

// Kinds counts all entities within the depth by kind, without the centre and regardless of limits.
func (n Neighbourhood) Kinds() []answers.KindCount {
	counts := map[masar.Kind]int{}
	for _, node := range n.within.walk(func(_ int, level []Neighbour) []Neighbour { return level })[1:] {
		counts[n.within.kindOf(node.At)]++
	}
	kinds := []answers.KindCount{}
	for _, kind := range masar.Kinds {
		if counts[kind] > 0 {
			kinds = append(kinds, answers.KindCount{Kind: kind, Count: counts[kind]})
		}
	}
	return kinds
}

// vicinity is what lies within some claims of an entity, by way of entities of some kinds; of every kind if empty.
type vicinity struct {
	*Graph
	of     Entity
	levels int
	kinds  []masar.Kind
}

// walk proceeds from the centre level by level, and on from the entities that choose keeps. before is the number of
// earlier nodes.
func (v vicinity) walk(choose func(before int, level []Neighbour) []Neighbour) []Neighbour {
	nodes := []Neighbour{{v.of, 0, v.Degree(v.of)}}
	seen := map[Entity]bool{v.of: true}
	level := nodes
	for distance := 1; distance <= v.levels && len(level) > 0; distance++ {
		level = choose(len(nodes), v.next(level, distance, seen))
		nodes = append(nodes, level...)
	}
	return nodes
}

// next are the new entities one claim away from a level, those with most claims first. It marks them as seen.
func (v vicinity) next(level []Neighbour, distance int, seen map[Entity]bool) []Neighbour {
	var next []Neighbour
	for _, from := range level {
		for _, l := range v.edges().of(from.At) {
			if !seen[l.to] && (len(v.kinds) == 0 || slices.Contains(v.kinds, v.kindOf(l.to))) {
				seen[l.to] = true
				next = append(next, Neighbour{l.to, distance, v.Degree(l.to)})
			}
		}
	}
	slices.SortFunc(next, func(a, b Neighbour) int {
		return cmp.Or(cmp.Compare(b.Degree, a.Degree), cmp.Compare(a.At, b.At))
	})
	return next
}

// linksBetween are the active claims between nodes, in the order of the claims.
func (g *Graph) linksBetween(nodes []Neighbour) []Claim {
	in := make(map[Entity]bool, len(nodes))
	for _, node := range nodes {
		in[node.At] = true
	}
	var links []Claim
	for _, node := range nodes {
		for _, l := range g.edges().out(node.At) {
			if in[l.to] {
				links = append(links, l.claim)
			}
		}
	}
	slices.Sort(links)
	return links
}
