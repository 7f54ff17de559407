package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

type uniqueLinksResolver struct{}

func (uniqueLinksResolver) Initiative(ctx context.Context, o *answers.UniqueLinks) (*masar.Initiative, error) {
	return loaders.Find[*masar.Initiative](ctx, o.Initiative)
}

func (uniqueLinksResolver) Entities(ctx context.Context, o *answers.UniqueLinks) ([]masar.Entity, error) {
	return loaders.FindAll[masar.Entity](ctx, o.Entities)
}
