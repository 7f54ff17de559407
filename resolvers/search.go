package resolvers

import (
	"context"

	"masar"
	"masar/loaders"
)

func (queryResolver) Search(ctx context.Context, query string, kinds []masar.Kind, filter *masar.ClaimFilter, first *int, after *string) (*masar.SearchConnection, error) {
	return loaders.Search(ctx, masar.SearchArgs{Query: query, Kinds: kinds, Filter: filter, First: first, After: after})
}

type searchReadingResolver struct{}

func (searchReadingResolver) Entity(ctx context.Context, r *masar.SearchReading) (masar.Entity, error) {
	return loaders.Find[masar.Entity](ctx, r.Entity)
}
