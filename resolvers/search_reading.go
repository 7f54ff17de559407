package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

type searchReadingResolver struct{}

func (searchReadingResolver) Entity(ctx context.Context, r *answers.SearchReading) (masar.Entity, error) {
	return loaders.Find[masar.Entity](ctx, r.Entity)
}
