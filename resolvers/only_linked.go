package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

type onlyLinkedResolver struct{}

func (onlyLinkedResolver) Initiative(ctx context.Context, o *answers.OnlyLinked) (*masar.Initiative, error) {
	return loaders.Find[*masar.Initiative](ctx, o.Initiative)
}

func (onlyLinkedResolver) Entities(ctx context.Context, o *answers.OnlyLinked) ([]masar.Entity, error) {
	return loaders.FindAll[masar.Entity](ctx, o.Entities)
}
