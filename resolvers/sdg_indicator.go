package resolvers

import (
	"context"

	"masar"
	"masar/loaders"
)

type sdgIndicatorResolver struct{ entity[*masar.SdgIndicator] }

func (sdgIndicatorResolver) Target(ctx context.Context, i *masar.SdgIndicator) (*masar.SdgTarget, error) {
	return loaders.One[*masar.SdgTarget](ctx, i)
}
