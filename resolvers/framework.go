package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

type frameworkResolver struct{ entity[*masar.Framework] }

func (frameworkResolver) Initiatives(ctx context.Context, f *masar.Framework, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.InitiativeConnection, error) {
	return loaders.Follow[*masar.Initiative](ctx, f, edges(first, after, last, before, orderBy, filter))
}

func (frameworkResolver) Recommendations(ctx context.Context, f *masar.Framework, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.RecommendationConnection, error) {
	return loaders.Follow[*masar.Recommendation](ctx, f, edges(first, after, last, before, orderBy, filter))
}
