package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

type principleResolver struct{ entity[*masar.Principle] }

func (principleResolver) Parent(ctx context.Context, p *masar.Principle) (*masar.Principle, error) {
	return loaders.One[*masar.Principle](ctx, p)
}

func (principleResolver) Initiatives(ctx context.Context, p *masar.Principle, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.InitiativeConnection, error) {
	return loaders.Follow[*masar.Initiative](ctx, p, edges(first, after, last, before, orderBy, filter))
}

func (principleResolver) Recommendations(ctx context.Context, p *masar.Principle, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.RecommendationConnection, error) {
	return loaders.Follow[*masar.Recommendation](ctx, p, edges(first, after, last, before, orderBy, filter))
}
