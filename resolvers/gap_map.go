package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

func (queryResolver) GapMap(ctx context.Context, rows, columns answers.Dimension, filter *answers.ClaimFilter, asOf, country *string, maturity *float64, firstRows, firstColumns *int) (*answers.GapMap, error) {
	return loaders.GapMap(ctx, answers.GapMapArgs{
		Rows: rows, Columns: columns, Filter: filter, AsOf: asOf, Country: country, Maturity: maturity,
		FirstRows: firstRows, FirstColumns: firstColumns,
	})
}

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
