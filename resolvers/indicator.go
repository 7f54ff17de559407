package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

type indicatorResolver struct{ entity[*masar.Indicator] }

func (indicatorResolver) Observations(ctx context.Context, i *masar.Indicator, first *int, after *string, last *int, before *string) (*answers.ObservationConnection, error) {
	return loaders.Observations(ctx, i, page(first, after, last, before))
}
