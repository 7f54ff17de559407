package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

type comparisonDimensionResolver struct{}

func (comparisonDimensionResolver) Shared(ctx context.Context, d *answers.ComparisonDimension) ([]masar.Entity, error) {
	return loaders.FindAll[masar.Entity](ctx, d.Shared)
}
