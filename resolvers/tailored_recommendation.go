package resolvers

import (
	"context"

	"masar"
	"masar/loaders"
)

type tailoredRecommendationResolver struct{}

func (tailoredRecommendationResolver) Recommendation(ctx context.Context, t *masar.TailoredRecommendation) (*masar.Recommendation, error) {
	return loaders.Find[*masar.Recommendation](ctx, t.Recommendation)
}

func (tailoredRecommendationResolver) CaseStudies(ctx context.Context, t *masar.TailoredRecommendation, first *int, after *string, last *int, before *string) (*masar.CaseStudyConnection, error) {
	return loaders.Ranked[*masar.CaseStudy](ctx, t.CaseStudies, page(first, after, last, before))
}
