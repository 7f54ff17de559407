package resolvers

import (
	"context"

	"masar"
	"masar/loaders"
)

func (queryResolver) Search(ctx context.Context, query string, kinds []masar.Kind, first *int, after *string) (*masar.SearchConnection, error) {
	return loaders.Search(ctx, masar.SearchArgs{Query: query, Kinds: kinds, First: first, After: after})
}

type searchReadingResolver struct{}

func (searchReadingResolver) Entity(ctx context.Context, r *masar.SearchReading) (masar.Entity, error) {
	return loaders.Find[masar.Entity](ctx, r.Entity)
}
