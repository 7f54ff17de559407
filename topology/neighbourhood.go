package topology

import (
	"cmp"
	"masar/answers"
	"slices"

	"masar"
)

// The bounds of a neighbourhood, and what holds when nothing is asked.
const (
	defaultDepth, maxDepth           = 1, 4
	defaultNeighbours, maxNeighbours = 100, 1000
)

// Neighbourhood is a part of the graph about an entity.
type Neighbourhood struct {
	// Nodes are the entities within the depth asked for, the entity itself first: nearest first, of those at one distance
	// the most linked first, and of those the first by kind and code.
	Nodes []Neighbour
	// Links are the edges between the nodes, by subject, predicate, object and role.
	Links []Claim
	// Complete says that the limit left no entity out.
	Complete bool
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
// over a number of claims. The error has code BAD_INPUT for arguments that are out of bounds.
func (g *Graph) Neighbourhood(of Entity, args answers.NeighbourhoodArgs) (Neighbourhood, error) {
	levels, room := defaultDepth, defaultNeighbours
	if err := within("depth", args.Depth, maxDepth, &levels); err != nil {
		return Neighbourhood{}, err
	}
	if err := within("limit", args.Limit, maxNeighbours, &room); err != nil {
		return Neighbourhood{}, err
	}
	edges := g.edges()
	n := Neighbourhood{Nodes: []Neighbour{{of, 0, g.Degree(of)}}, Complete: true}
	in := map[Entity]bool{of: true}
	level := n.Nodes
	for distance := 1; distance <= levels && len(level) > 0 && n.Complete; distance++ {
		var next []Neighbour
		found := map[Entity]bool{}
		for _, from := range level {
			for _, l := range edges.of(from.At) {
				if !in[l.to] && !found[l.to] {
					found[l.to] = true
					next = append(next, Neighbour{l.to, distance, g.Degree(l.to)})
				}
			}
		}
		slices.SortFunc(next, func(a, b Neighbour) int {
			return cmp.Or(cmp.Compare(b.Degree, a.Degree), cmp.Compare(a.At, b.At))
		})
		if left := room - len(n.Nodes); len(next) > left {
			next, n.Complete = next[:left], false
		}
		for _, node := range next {
			in[node.At] = true
		}
		n.Nodes = append(n.Nodes, next...)
		level = next
	}
	for _, node := range n.Nodes {
		for _, l := range edges.out(node.At) {
			if in[l.to] {
				n.Links = append(n.Links, l.claim)
			}
		}
	}
	slices.Sort(n.Links)
	return n, nil
}

// within puts a number that a client gave in the place of a default. The error has code BAD_INPUT and tells the bounds.
func within(argument string, asked *int, most int, value *int) error {
	if asked == nil {
		return nil
	}
	if *asked < 1 || *asked > most {
		return masar.ArgumentErrorf(masar.CodeBadInput, argument, "%d is out of bounds; from 1 to %d is allowed",
			"القيمة %d خارج الحدود؛ والمسموح من 1 إلى %d", *asked, most)
	}
	*value = *asked
	return nil
}
