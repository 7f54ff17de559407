package resolvers

import (
	"context"

	"masar"
	"masar/loaders"
)

type topicResolver struct{ entity[*masar.Topic] }

func (topicResolver) Parent(ctx context.Context, t *masar.Topic) (*masar.Topic, error) {
	return loaders.One[*masar.Topic](ctx, t)
}

func (topicResolver) Narrower(ctx context.Context, t *masar.Topic, first *int, after *string, last *int, before *string) (*masar.TopicConnection, error) {
	return loaders.Follow[*masar.Topic](ctx, t, page(first, after, last, before))
}

func (topicResolver) Concerning(ctx context.Context, t *masar.Topic, first *int, after *string, last *int, before *string, orderBy *masar.EdgeOrder, filter *masar.ClaimFilter, kinds []masar.Kind) (*masar.EntityConnection, error) {
	return loaders.Follow[masar.Entity](ctx, t, edges(first, after, last, before, orderBy, filter).WithKinds(kinds))
}
