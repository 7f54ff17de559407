package loaders

import (
	"context"

	"masar"
	"masar/answers"
	"masar/topology"
)

// EvidencePaths finds the best evidence paths between two entities.
// The error has code BAD_INPUT for an unknown entity and for arguments out of range.
func EvidencePaths(ctx context.Context, from, to masar.Ref, args answers.PathArgs) (*answers.EvidencePathResult, error) {
	r := From(ctx)
	found, err := r.searchPaths(ctx, from, to, args)
	if err != nil {
		return nil, err
	}
	var links []topology.Claim
	for _, p := range found.Paths {
		for _, s := range p.Steps {
			links = append(links, s.Claim)
		}
	}
	read, err := r.contents(ctx, nil, links)
	if err != nil {
		return nil, err
	}
	result := &answers.EvidencePathResult{
		Snapshot: r.Graph.Snapshot(), Complete: found.Complete, StoppedBy: append([]answers.StopReason{}, found.StoppedBy...), Paths: []*answers.EvidencePath{},
	}
	for _, p := range found.Paths {
		path := &answers.EvidencePath{Score: p.Score, Inferred: p.Inferred, Contested: p.Contested}
		for _, s := range p.Steps {
			start, end := r.Graph.Ends(s)
			step := &answers.PathStep{Direction: answers.StepForward, From: read.entities[start], To: read.entities[end], Claim: read.claims[s.Claim]}
			if s.Back {
				step.Direction = answers.StepBackward
			}
			path.Steps = append(path.Steps, step)
		}
		result.Paths = append(result.Paths, path)
	}
	return result, nil
}

// searchPaths searches for paths once per request and arguments.
func (r *Request) searchPaths(ctx context.Context, from, to masar.Ref, args answers.PathArgs) (topology.PathResult, error) {
	return once(r, func() (topology.PathResult, error) {
		start, err := r.Graph.FindNamed("from", from)
		if err != nil {
			return topology.PathResult{}, err
		}
		end, err := r.Graph.FindNamed("to", to)
		if err != nil {
			return topology.PathResult{}, err
		}
		found, err := r.Graph.Paths(ctx, start, end, topology.PathQuery{PathArgs: args})
		return r.note(found), err
	}, "paths", from, to, args)
}

// Neighbourhood returns the entities near an entity, with their claims.
// The error has code BAD_INPUT for an unknown entity and for arguments out of range.
func Neighbourhood(ctx context.Context, of masar.Ref, args answers.NeighbourhoodArgs) (*answers.Neighbourhood, error) {
	r := From(ctx)
	middle, err := r.Graph.FindNamed("of", of)
	if err != nil {
		return nil, err
	}
	near, err := r.Graph.Neighbourhood(middle, args)
	if err != nil {
		return nil, err
	}
	nodes := make([]topology.Entity, len(near.Nodes))
	for i, n := range near.Nodes {
		nodes[i] = n.At
	}
	read, err := r.contents(ctx, nodes, near.Links)
	if err != nil {
		return nil, err
	}
	result := &answers.Neighbourhood{Snapshot: r.Graph.Snapshot(), Complete: near.Complete, Links: []*answers.NeighbourhoodLink{}, CountKinds: near.Kinds}
	for _, n := range near.Nodes {
		result.Nodes = append(result.Nodes, &answers.NeighbourhoodNode{Entity: read.entities[n.At], Distance: n.Distance, Degree: n.Degree})
	}
	for _, c := range near.Links {
		result.Links = append(result.Links, &answers.NeighbourhoodLink{
			Claim: read.claims[c], From: read.entities[r.Graph.Subject(c)], To: read.entities[r.Graph.Object(c)],
		})
	}
	return result, nil
}

// contents holds records by their index.
type contents struct {
	entities map[topology.Entity]masar.Entity
	claims   map[topology.Claim]*masar.Claim
}

// contents loads the given entities, the claims, and the entities at the ends of the claims.
func (r *Request) contents(ctx context.Context, entities []topology.Entity, claims []topology.Claim) (contents, error) {
	all := contents{map[topology.Entity]masar.Entity{}, map[topology.Claim]*masar.Claim{}}
	var places []topology.Entity
	var links []topology.Claim
	add := func(e topology.Entity) {
		if _, known := all.entities[e]; !known {
			all.entities[e] = nil
			places = append(places, e)
		}
	}
	for _, e := range entities {
		add(e)
	}
	for _, c := range claims {
		add(r.Graph.Subject(c))
		add(r.Graph.Object(c))
		if _, known := all.claims[c]; !known {
			all.claims[c] = nil
			links = append(links, c)
		}
	}
	contents, err := Entities[masar.Entity](ctx, r, places)
	if err != nil {
		return all, err
	}
	for i, e := range places {
		all.entities[e] = contents[i]
	}
	said, err := r.Claims(ctx, links)
	if err != nil {
		return all, err
	}
	for i, c := range links {
		all.claims[c] = said[i]
	}
	return all, nil
}
