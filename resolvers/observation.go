package resolvers

import (
	"context"

	"masar"
	"masar/loaders"
)

type observationResolver struct{}

func (observationResolver) Of(ctx context.Context, o *masar.Observation) (masar.Entity, error) {
	return loaders.Find[masar.Entity](ctx, o.Of)
}

func (observationResolver) Series(_ context.Context, o *masar.Observation) (*string, error) {
	return optional(o.Series), nil
}

func (observationResolver) Source(ctx context.Context, o *masar.Observation) (*masar.Document, error) {
	return loaders.Find[*masar.Document](ctx, o.Source)
}

func (observationResolver) Passage(_ context.Context, o *masar.Observation) (*masar.Passage, error) {
	return optional(o.Passage), nil
}

func (observationResolver) Measured(ctx context.Context, o *masar.Observation) (masar.Entity, error) {
	return loaders.IndicatorOf(ctx, o.Indicator)
}
