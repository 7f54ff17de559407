package resolvers

import (
	"context"

	"masar"
	"masar/loaders"
)

type indexValueResolver struct{}

func (indexValueResolver) Measured(ctx context.Context, v *masar.IndexValue) (masar.Entity, error) {
	return loaders.IndicatorOf(ctx, v.Indicator)
}
