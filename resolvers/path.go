package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
	"masar/words"
)

func (queryResolver) EvidencePaths(ctx context.Context, from, to masar.Ref, maxHops, first *int, predicates []masar.Predicate, pattern *answers.PathPattern, minNet *float64, directed *bool) (*answers.EvidencePathResult, error) {
	return loaders.EvidencePaths(ctx, from, to, answers.PathArgs{
		MaxHops: maxHops, First: first, Predicates: predicates, Pattern: pattern, MinNet: minNet, Directed: directed,
	})
}

func (queryResolver) Neighbourhood(ctx context.Context, of masar.Ref, depth, limit *int) (*answers.Neighbourhood, error) {
	return loaders.Neighbourhood(ctx, of, answers.NeighbourhoodArgs{Depth: depth, Limit: limit})
}

type pathStepResolver struct{}

func (pathStepResolver) Sentence(_ context.Context, s *answers.PathStep, lang []masar.Language) (*masar.Text, error) {
	return words.PathStep(s, lang), nil
}
