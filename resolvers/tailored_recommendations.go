package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

type tailoredRecommendationsResolver struct{}

func (tailoredRecommendationsResolver) Country(ctx context.Context, t *answers.TailoredRecommendations) (*masar.Country, error) {
	return loaders.Find[*masar.Country](ctx, t.Country)
}

func (tailoredRecommendationsResolver) Target(ctx context.Context, t *answers.TailoredRecommendations) (masar.Entity, error) {
	return loaders.Find[masar.Entity](ctx, t.Target)
}

func (tailoredRecommendationsResolver) WithoutContent(ctx context.Context, t *answers.TailoredRecommendations) ([]*masar.Recommendation, error) {
	return loaders.FindAll[*masar.Recommendation](ctx, t.WithoutContent)
}
