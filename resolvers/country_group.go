package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

type countryGroupResolver struct{ entity[*masar.CountryGroup] }

func (countryGroupResolver) Countries(ctx context.Context, g *masar.CountryGroup, first *int, after *string, last *int, before *string) (*answers.CountryConnection, error) {
	return loaders.Follow[*masar.Country](ctx, g, page(first, after, last, before))
}

func (countryGroupResolver) Challenges(ctx context.Context, g *masar.CountryGroup, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.ChallengeConnection, error) {
	return loaders.Follow[*masar.Challenge](ctx, g, edges(first, after, last, before, orderBy, filter))
}

func (countryGroupResolver) Initiatives(ctx context.Context, g *masar.CountryGroup, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.InitiativeConnection, error) {
	return loaders.Follow[*masar.Initiative](ctx, g, edges(first, after, last, before, orderBy, filter))
}
