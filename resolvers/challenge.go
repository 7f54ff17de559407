package resolvers

import (
	"context"

	"masar"
	"masar/loaders"
)

type challengeResolver struct{ entity[*masar.Challenge] }

func (challengeResolver) Recommendations(ctx context.Context, c *masar.Challenge, first *int, after *string, last *int, before *string, orderBy *masar.EdgeOrder, filter *masar.ClaimFilter) (*masar.RecommendationConnection, error) {
	return loaders.Follow[*masar.Recommendation](ctx, c, edges(first, after, last, before, orderBy, filter))
}

func (challengeResolver) Initiatives(ctx context.Context, c *masar.Challenge, first *int, after *string, last *int, before *string, orderBy *masar.EdgeOrder, filter *masar.ClaimFilter) (*masar.InitiativeConnection, error) {
	return loaders.Follow[*masar.Initiative](ctx, c, edges(first, after, last, before, orderBy, filter))
}

func (challengeResolver) Countries(ctx context.Context, c *masar.Challenge, first *int, after *string, last *int, before *string, orderBy *masar.EdgeOrder, filter *masar.ClaimFilter) (*masar.CountryConnection, error) {
	return loaders.Follow[*masar.Country](ctx, c, edges(first, after, last, before, orderBy, filter))
}

func (challengeResolver) Regions(ctx context.Context, c *masar.Challenge, first *int, after *string, last *int, before *string, orderBy *masar.EdgeOrder, filter *masar.ClaimFilter) (*masar.CountryGroupConnection, error) {
	return loaders.Follow[*masar.CountryGroup](ctx, c, edges(first, after, last, before, orderBy, filter))
}
