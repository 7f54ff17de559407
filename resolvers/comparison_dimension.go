package resolvers

import (
	"context"

	"masar"
	"masar/loaders"
)

type comparisonDimensionResolver struct{}

func (comparisonDimensionResolver) Shared(ctx context.Context, d *masar.ComparisonDimension) ([]masar.Entity, error) {
	return loaders.FindAll[masar.Entity](ctx, d.Shared)
}
