package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

type gapMapResolver struct{}

func (gapMapResolver) SilentTargets(ctx context.Context, m *answers.GapMap, first *int) ([]*masar.SdgTarget, error) {
	return loaders.SilentTargets(ctx, m, first)
}

func (gapMapResolver) OrphanRecommendations(ctx context.Context, m *answers.GapMap, first *int) ([]*masar.Recommendation, error) {
	return loaders.OrphanRecommendations(ctx, m, first)
}

func (gapMapResolver) OrphanCaseStudies(ctx context.Context, m *answers.GapMap, first *int) ([]*masar.CaseStudy, error) {
	return loaders.OrphanCaseStudies(ctx, m, first)
}
