package resolvers

import (
	"context"

	"masar"
	"masar/loaders"
)

type searchReadingResolver struct{}

func (searchReadingResolver) Entity(ctx context.Context, r *masar.SearchReading) (masar.Entity, error) {
	return loaders.Find[masar.Entity](ctx, r.Entity)
}
