package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

type tailoredRecommendationResolver struct{}

func (tailoredRecommendationResolver) Recommendation(ctx context.Context, t *answers.TailoredRecommendation) (*masar.Recommendation, error) {
	return loaders.Find[*masar.Recommendation](ctx, t.Recommendation)
}

func (tailoredRecommendationResolver) CaseStudies(ctx context.Context, t *answers.TailoredRecommendation, first *int, after *string, last *int, before *string) (*answers.CaseStudyConnection, error) {
	return loaders.Ranked[*masar.CaseStudy](ctx, t.CaseStudies, page(first, after, last, before))
}

func (tailoredRecommendationResolver) PractisedHere(ctx context.Context, t *answers.TailoredRecommendation) ([]*masar.CaseStudy, error) {
	return loaders.FindAll[*masar.CaseStudy](ctx, t.PractisedHere)
}
