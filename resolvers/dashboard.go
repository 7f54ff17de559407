package resolvers

import (
	"context"

	"masar/answers"
	"masar/loaders"
)

type dashboardResolver struct{}

func (dashboardResolver) Counts(ctx context.Context, d *answers.Dashboard) ([]*answers.KindCount, error) {
	return loaders.KindCounts(ctx, d)
}

func (dashboardResolver) Number(ctx context.Context, d *answers.Dashboard, measure answers.Measure) (*answers.MeasureValue, error) {
	return loaders.Number(ctx, d, measure)
}

func (dashboardResolver) Distribution(ctx context.Context, d *answers.Dashboard, by answers.Dimension, first *int, orderBy *answers.BucketOrder) (*answers.Distribution, error) {
	return loaders.Distribution(ctx, d, answers.DistributionArgs{By: by, First: first, OrderBy: orderBy})
}

func (dashboardResolver) Matrix(ctx context.Context, d *answers.Dashboard, rows, columns answers.Dimension, measure answers.Measure, firstRows, firstColumns *int) (*answers.ClaimMatrix, error) {
	return loaders.Matrix(ctx, d, answers.MatrixArgs{Rows: rows, Columns: columns, Measure: measure, FirstRows: firstRows, FirstColumns: firstColumns})
}

func (dashboardResolver) TimeSeries(ctx context.Context, d *answers.Dashboard, dateField answers.DateField, interval answers.TimeInterval, measure answers.Measure) (*answers.TimeSeries, error) {
	return loaders.TimeSeries(ctx, d, answers.TimeSeriesArgs{DateField: dateField, Interval: interval, Measure: measure})
}
