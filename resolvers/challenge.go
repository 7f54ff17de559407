package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

type challengeResolver struct{ entity[*masar.Challenge] }

func (challengeResolver) Recommendations(ctx context.Context, c *masar.Challenge, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.RecommendationConnection, error) {
	return loaders.Follow[*masar.Recommendation](ctx, c, edges(first, after, last, before, orderBy, filter))
}

func (challengeResolver) Initiatives(ctx context.Context, c *masar.Challenge, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.InitiativeConnection, error) {
	return loaders.Follow[*masar.Initiative](ctx, c, edges(first, after, last, before, orderBy, filter))
}

func (challengeResolver) Countries(ctx context.Context, c *masar.Challenge, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.CountryConnection, error) {
	return loaders.Follow[*masar.Country](ctx, c, edges(first, after, last, before, orderBy, filter))
}

func (challengeResolver) Regions(ctx context.Context, c *masar.Challenge, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.CountryGroupConnection, error) {
	return loaders.Follow[*masar.CountryGroup](ctx, c, edges(first, after, last, before, orderBy, filter))
}
