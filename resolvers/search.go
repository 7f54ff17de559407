package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

func (queryResolver) Search(ctx context.Context, query string, kinds []masar.Kind, filter *answers.ClaimFilter, first *int, after *string) (*answers.SearchConnection, error) {
	return loaders.Search(ctx, answers.SearchArgs{Query: query, Kinds: kinds, Filter: filter, First: first, After: after})
}

type searchReadingResolver struct{}

func (searchReadingResolver) Entity(ctx context.Context, r *answers.SearchReading) (masar.Entity, error) {
	return loaders.Find[masar.Entity](ctx, r.Entity)
}
