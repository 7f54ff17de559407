package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

type countryResolver struct{ entity[*masar.Country] }

func (countryResolver) IncomeGroup(_ context.Context, c *masar.Country) (*masar.IncomeGroup, error) {
	return optional(c.IncomeGroup), nil
}

func (countryResolver) IncomeYear(_ context.Context, c *masar.Country) (*string, error) {
	return optional(c.IncomeYear), nil
}

func (countryResolver) Groups(ctx context.Context, c *masar.Country) ([]*masar.CountryGroup, error) {
	return loaders.Structural[*masar.CountryGroup](ctx, c)
}

func (countryResolver) Maturity(ctx context.Context, c *masar.Country, asOf *string) (*masar.Maturity, error) {
	return loaders.Maturity(ctx, c, asOf)
}

func (countryResolver) Observations(ctx context.Context, c *masar.Country, first *int, after *string, last *int, before *string, indicators []string) (*answers.ObservationConnection, error) {
	return loaders.Observations(ctx, c, page(first, after, last, before).WithIndicators(indicators))
}

func (countryResolver) CaseStudies(ctx context.Context, c *masar.Country, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.CaseStudyConnection, error) {
	return loaders.Follow[*masar.CaseStudy](ctx, c, edges(first, after, last, before, orderBy, filter))
}

func (countryResolver) Initiatives(ctx context.Context, c *masar.Country, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.InitiativeConnection, error) {
	return loaders.Follow[*masar.Initiative](ctx, c, edges(first, after, last, before, orderBy, filter))
}

func (countryResolver) Activities(ctx context.Context, c *masar.Country, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.ActivityConnection, error) {
	return loaders.Follow[*masar.Activity](ctx, c, edges(first, after, last, before, orderBy, filter))
}

func (countryResolver) Challenges(ctx context.Context, c *masar.Country, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.ChallengeConnection, error) {
	return loaders.Follow[*masar.Challenge](ctx, c, edges(first, after, last, before, orderBy, filter))
}

func (countryResolver) Recommendations(ctx context.Context, c *masar.Country, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.RecommendationConnection, error) {
	return loaders.Follow[*masar.Recommendation](ctx, c, edges(first, after, last, before, orderBy, filter))
}

func (countryResolver) Organizations(ctx context.Context, c *masar.Country, first *int, after *string, last *int, before *string) (*answers.OrganizationConnection, error) {
	return loaders.Follow[*masar.Organization](ctx, c, page(first, after, last, before))
}
