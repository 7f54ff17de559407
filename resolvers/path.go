package resolvers

import (
	"context"

	"masar"
	"masar/loaders"
)

func (queryResolver) EvidencePaths(ctx context.Context, from, to masar.Ref, maxHops, first *int, predicates []masar.Predicate, pattern *masar.PathPattern, minNet *float64, directed *bool) (*masar.EvidencePathResult, error) {
	return loaders.EvidencePaths(ctx, from, to, masar.PathArgs{
		MaxHops: maxHops, First: first, Predicates: predicates, Pattern: pattern, MinNet: minNet, Directed: directed,
	})
}

func (queryResolver) Neighbourhood(ctx context.Context, of masar.Ref, depth, limit *int) (*masar.Neighbourhood, error) {
	return loaders.Neighbourhood(ctx, of, masar.NeighbourhoodArgs{Depth: depth, Limit: limit})
}
