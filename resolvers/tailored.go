package resolvers

import (
	"context"

	"masar"
	"masar/advice"
	"masar/answers"
	"masar/loaders"
)

func (queryResolver) TailoredRecommendations(ctx context.Context, country string, target *string, first *int, rankBy *masar.ScoreEnd, done []*answers.DoneInput, asOf *string) (*answers.TailoredRecommendations, error) {
	return advice.TailoredRecommendations(ctx, answers.TailoredArgs{Country: country, Target: target, First: first, RankBy: rankBy, Done: done, AsOf: asOf})
}

type tailoredRecommendationsResolver struct{}

func (tailoredRecommendationsResolver) Country(ctx context.Context, t *answers.TailoredRecommendations) (*masar.Country, error) {
	return loaders.Find[*masar.Country](ctx, t.Country)
}

func (tailoredRecommendationsResolver) Target(ctx context.Context, t *answers.TailoredRecommendations) (masar.Entity, error) {
	return loaders.Find[masar.Entity](ctx, t.Target)
}

type tailoredRecommendationResolver struct{}

func (tailoredRecommendationResolver) Recommendation(ctx context.Context, t *answers.TailoredRecommendation) (*masar.Recommendation, error) {
	return loaders.Find[*masar.Recommendation](ctx, t.Recommendation)
}

func (tailoredRecommendationResolver) CaseStudies(ctx context.Context, t *answers.TailoredRecommendation, first *int, after *string, last *int, before *string) (*answers.CaseStudyConnection, error) {
	return loaders.Ranked[*masar.CaseStudy](ctx, t.CaseStudies, page(first, after, last, before))
}

type componentResolver struct{}

func (componentResolver) Explanation(ctx context.Context, c *answers.Component, lang []masar.Language) (*masar.Text, error) {
	return loaders.Explain(ctx, c.Explanation, lang)
}

func (componentResolver) Claims(ctx context.Context, c *answers.Component) ([]*masar.Claim, error) {
	return loaders.ClaimsOf(ctx, c.Claims)
}

func (componentResolver) Observations(ctx context.Context, c *answers.Component) ([]*masar.Observation, error) {
	return loaders.ObservationsOf(ctx, c.Observations)
}
