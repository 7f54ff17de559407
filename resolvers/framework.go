package resolvers

import (
	"context"

	"masar"
	"masar/loaders"
)

type frameworkResolver struct{ entity[*masar.Framework] }

func (frameworkResolver) Initiatives(ctx context.Context, f *masar.Framework, first *int, after *string, last *int, before *string, orderBy *masar.EdgeOrder, filter *masar.ClaimFilter) (*masar.InitiativeConnection, error) {
	return loaders.Follow[*masar.Initiative](ctx, f, edges(first, after, last, before, orderBy, filter))
}

func (frameworkResolver) Recommendations(ctx context.Context, f *masar.Framework, first *int, after *string, last *int, before *string, orderBy *masar.EdgeOrder, filter *masar.ClaimFilter) (*masar.RecommendationConnection, error) {
	return loaders.Follow[*masar.Recommendation](ctx, f, edges(first, after, last, before, orderBy, filter))
}
