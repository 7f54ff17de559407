package loaders

import (
	"context"
	"time"

	"masar"
	"masar/answers"
	"masar/topology"
	"masar/words"
)

// Dashboard resolves the field dashboard. The error has code BAD_INPUT for an invalid filter or day.
func Dashboard(ctx context.Context, args answers.DashboardArgs) (*answers.Dashboard, error) {
	counted, err := From(ctx).selected(ctx, args)
	if err != nil {
		return nil, err
	}
	return &answers.Dashboard{Snapshot: counted.Graph.Snapshot(), AsOf: counted.Graph.AsOf().Format(time.DateOnly), Args: args}, nil
}

// selected returns the claims of a dashboard. It selects them once per request.
func (r *Request) selected(ctx context.Context, args answers.DashboardArgs) (*topology.Selection, error) {
	return once(r, func() (*topology.Selection, error) {
		g, err := r.AsOf(ctx, args.AsOf)
		if err != nil {
			return nil, err
		}
		return g.Select(args.Filter)
	}, "selected", args)
}

// AsOf returns the request's graph as of a day. It is computed once per request, because millions of claims take
// long.
func (r *Request) AsOf(ctx context.Context, day *string) (*topology.Graph, error) {
	return once(r, func() (*topology.Graph, error) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		return r.Graph.AsOfDay(day)
	}, "as of", day)
}

// KindCounts counts the entities of each kind.
func KindCounts(ctx context.Context, d *answers.Dashboard) ([]*answers.KindCount, error) {
	counted, err := From(ctx).selected(ctx, d.Args)
	if err != nil {
		return nil, err
	}
	return pointers(counted.Kinds()), nil
}

func pointers[T any](values []T) []*T {
	all := make([]*T, len(values))
	for i := range values {
		all[i] = &values[i]
	}
	return all
}

// Number aggregates the claims by a measure.
func Number(ctx context.Context, d *answers.Dashboard, m answers.Measure) (*answers.MeasureValue, error) {
	counted, err := From(ctx).selected(ctx, d.Args)
	if err != nil {
		return nil, err
	}
	return &answers.MeasureValue{Measure: m, Value: counted.Number(m)}, nil
}

// Distribution counts the claims by a dimension. The error has code BAD_INPUT for invalid arguments.
func Distribution(ctx context.Context, d *answers.Dashboard, args answers.DistributionArgs) (*answers.Distribution, error) {
	r := From(ctx)
	counted, err := r.selected(ctx, d.Args)
	if err != nil {
		return nil, err
	}
	found, err := counted.Distribution(args.By, args.First, args.OrderBy)
	if err != nil {
		return nil, err
	}
	told := &answers.Distribution{
		MultiValued: found.MultiValued, DistinctCount: found.Total, OtherBuckets: found.OtherBuckets, OtherCount: found.Rest,
	}
	for _, b := range found.Buckets {
		told.Buckets = append(told.Buckets, &answers.DistributionBucket{DimensionValue: r.category(args.By, b.Value), Count: b.Count})
	}
	unknown := topology.Value{Key: answers.Unknown, At: topology.None}
	told.Buckets = append(told.Buckets, &answers.DistributionBucket{DimensionValue: r.category(args.By, unknown), Count: found.Unknown})
	return told, nil
}

// category is a value of a dimension. An entity is labelled by its title.
func (r *Request) category(by answers.Dimension, v topology.Value) answers.DimensionValue {
	return answers.DimensionValue{Key: v.Key, Labels: func(ctx context.Context) (masar.LocalizedText, error) {
		if v.At == topology.None {
			return words.Category(by, v.Key), nil
		}
		return r.Graph.Head(v.At).Titles, nil
	}}
}

func (r *Request) categories(by answers.Dimension, values []topology.Value) []*answers.DimensionValue {
	all := make([]*answers.DimensionValue, len(values))
	for i, v := range values {
		category := r.category(by, v)
		all[i] = &category
	}
	return all
}

// Matrix aggregates the claims by two dimensions. The error has code BAD_INPUT for invalid arguments.
func Matrix(ctx context.Context, d *answers.Dashboard, args answers.MatrixArgs) (*answers.ClaimMatrix, error) {
	r := From(ctx)
	counted, err := r.selected(ctx, d.Args)
	if err != nil {
		return nil, err
	}
	found, err := counted.Matrix(args)
	if err != nil {
		return nil, err
	}
	told := &answers.ClaimMatrix{
		Measure: args.Measure, Rows: r.categories(args.Rows, found.Rows), Columns: r.categories(args.Columns, found.Columns),
		OtherRows: found.OtherRows, OtherColumns: found.OtherColumns, Cells: []*answers.MatrixCell{},
	}
	for _, c := range found.Cells {
		told.Cells = append(told.Cells, &answers.MatrixCell{Row: found.Rows[c.Row].Key, Column: found.Columns[c.Column].Key, Value: c.Value})
	}
	return told, nil
}

// TimeSeries aggregates the claims by their dates. The error has code BAD_INPUT for invalid arguments.
func TimeSeries(ctx context.Context, d *answers.Dashboard, args answers.TimeSeriesArgs) (*answers.TimeSeries, error) {
	counted, err := From(ctx).selected(ctx, d.Args)
	if err != nil {
		return nil, err
	}
	found, err := counted.Series(args)
	if err != nil {
		return nil, err
	}
	told := &answers.TimeSeries{Measure: args.Measure, Points: []*answers.TimePoint{}, Undated: found.Undated, Imprecise: found.Imprecise}
	for _, p := range found.Points {
		told.Points = append(told.Points, &answers.TimePoint{
			Start: p.Start.Format(time.DateOnly), End: p.End.Format(time.DateOnly), Claims: p.Claims, Value: p.Value,
		})
	}
	return told, nil
}
