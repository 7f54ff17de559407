package resolvers

import (
	"context"

	"masar"
	"masar/advice"
	"masar/loaders"
)

func (queryResolver) TailoredRecommendations(ctx context.Context, country string, target *string, first *int, rankBy *masar.ScoreEnd, done []*masar.DoneInput, asOf *string) (*masar.TailoredRecommendations, error) {
	return advice.TailoredRecommendations(ctx, masar.TailoredArgs{Country: country, Target: target, First: first, RankBy: rankBy, Done: done, AsOf: asOf})
}

type tailoredRecommendationsResolver struct{}

func (tailoredRecommendationsResolver) Country(ctx context.Context, t *masar.TailoredRecommendations) (*masar.Country, error) {
	return loaders.Find[*masar.Country](ctx, t.Country)
}

func (tailoredRecommendationsResolver) Target(ctx context.Context, t *masar.TailoredRecommendations) (masar.Entity, error) {
	return loaders.Find[masar.Entity](ctx, t.Target)
}

type tailoredRecommendationResolver struct{}

func (tailoredRecommendationResolver) Recommendation(ctx context.Context, t *masar.TailoredRecommendation) (*masar.Recommendation, error) {
	return loaders.Find[*masar.Recommendation](ctx, t.Recommendation)
}

func (tailoredRecommendationResolver) CaseStudies(ctx context.Context, t *masar.TailoredRecommendation, first *int, after *string, last *int, before *string) (*masar.CaseStudyConnection, error) {
	return loaders.Ranked[*masar.CaseStudy](ctx, t.CaseStudies, page(first, after, last, before))
}

type componentResolver struct{}

func (componentResolver) Explanation(ctx context.Context, c *masar.Component, lang []masar.Language) (*masar.Text, error) {
	return loaders.Explain(ctx, c.Explanation, lang)
}

func (componentResolver) Claims(ctx context.Context, c *masar.Component) ([]*masar.Claim, error) {
	return loaders.ClaimsOf(ctx, c.Claims)
}

func (componentResolver) Observations(ctx context.Context, c *masar.Component) ([]*masar.Observation, error) {
	return loaders.ObservationsOf(ctx, c.Observations)
}
