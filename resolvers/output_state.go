package resolvers

import (
	"context"

	"masar"
	"masar/loaders"
)

type outputStateResolver struct{}

func (outputStateResolver) AsOf(_ context.Context, s *masar.OutputState) (*masar.Date, error) {
	return optional(s.AsOf), nil
}

func (outputStateResolver) Source(ctx context.Context, s *masar.OutputState) (*masar.Document, error) {
	return loaders.Find[*masar.Document](ctx, s.Source)
}
