package resolvers

import (
	"context"

	"masar"
	"masar/loaders"
)

type dashboardResolver struct{}

func (dashboardResolver) Counts(ctx context.Context, d *masar.Dashboard) ([]*masar.KindCount, error) {
	return loaders.KindCounts(ctx, d)
}

func (dashboardResolver) Number(ctx context.Context, d *masar.Dashboard, measure masar.Measure) (*masar.Number, error) {
	return loaders.Number(ctx, d, measure)
}

func (dashboardResolver) Distribution(ctx context.Context, d *masar.Dashboard, by masar.Dimension, first *int, orderBy *masar.BucketOrder) (*masar.Distribution, error) {
	return loaders.Distribution(ctx, d, masar.DistributionArgs{By: by, First: first, OrderBy: orderBy})
}

func (dashboardResolver) Matrix(ctx context.Context, d *masar.Dashboard, rows, columns masar.Dimension, measure masar.Measure, firstRows, firstColumns *int) (*masar.Matrix, error) {
	return loaders.Matrix(ctx, d, masar.MatrixArgs{Rows: rows, Columns: columns, Measure: measure, FirstRows: firstRows, FirstColumns: firstColumns})
}

func (dashboardResolver) TimeSeries(ctx context.Context, d *masar.Dashboard, dateField masar.DateField, interval masar.Interval, measure masar.Measure) (*masar.TimeSeries, error) {
	return loaders.TimeSeries(ctx, d, masar.TimeSeriesArgs{DateField: dateField, Interval: interval, Measure: measure})
}
