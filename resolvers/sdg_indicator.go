package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

type sdgIndicatorResolver struct{ entity[*masar.SdgIndicator] }

func (sdgIndicatorResolver) Target(ctx context.Context, i *masar.SdgIndicator) (*masar.SdgTarget, error) {
	return loaders.One[*masar.SdgTarget](ctx, i)
}

func (sdgIndicatorResolver) Observations(ctx context.Context, i *masar.SdgIndicator, first *int, after *string, last *int, before *string) (*answers.ObservationConnection, error) {
	return loaders.Observations(ctx, i, page(first, after, last, before))
}
