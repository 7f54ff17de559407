package topology

import (
	"cmp"
	"masar/answers"
	"slices"

	"masar"
)

// The bounds of a neighbourhood. The entity itself is in it, so that the limit is 1 at least.
var (
	depths     = masar.Bounds{Min: 1, Max: 4, Default: 1}
	neighbours = masar.Bounds{Min: 1, Max: 1000, Default: 100}
	ofOneKind  = masar.PageSize{Max: 1000, Default: 1000}
)

// Neighbourhood is a part of the graph about an entity.
type Neighbourhood struct {
	// Nodes are the entities within the depth asked for, the entity itself first: nearest first, of those at one distance
	// the most linked first, and of those the first by kind and code.
	Nodes []Neighbour
	// Links are the edges between the nodes, by subject, predicate, object and role.
	Links []Claim
	// Complete says that no limit left an entity out.
	Complete bool

	within vicinity
}

// Neighbour is an entity of a neighbourhood.
type Neighbour struct {
	At Entity
	// Distance is the number of claims on the shortest way from the middle, whichever way they run.
	Distance int
	// Degree is the number of claims that link the entity with others, in the whole graph.
	Degree int
}

// Neighbourhood gives what is linked with an entity by accepted claims that are not refuted, whichever way they run,
// over a number of claims. What a limit leaves out leads nowhere, so that every node is linked with the middle by nodes.
// The error has code BAD_INPUT or BAD_PAGE for arguments that are out of bounds.
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

// Kinds counts the entities within the depth by kind, the one in the middle aside, whatever the limits left out.
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

// vicinity is what lies within a number of claims from an entity, by way of entities of some kinds; of every kind for none.
type vicinity struct {
	*Graph
	of     Entity
	levels int
	kinds  []masar.Kind
}

// walk goes out from the middle level by level, and on from what choose keeps of a level: before is the number of nodes
// ahead of it.
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

// next are the entities one claim on from a level that have not been seen, the most linked first. It marks them as seen.
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

// linksBetween are the edges between nodes, in the order of the claims.
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
