package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

type topicResolver struct{ entity[*masar.Topic] }

func (topicResolver) Broader(ctx context.Context, t *masar.Topic) (*masar.Topic, error) {
	return loaders.One[*masar.Topic](ctx, t)
}

func (topicResolver) Narrower(ctx context.Context, t *masar.Topic, first *int, after *string, last *int, before *string) (*answers.TopicConnection, error) {
	return loaders.Follow[*masar.Topic](ctx, t, page(first, after, last, before))
}

func (topicResolver) Concerning(ctx context.Context, t *masar.Topic, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter, kinds []masar.Kind) (*answers.EntityConnection, error) {
	return loaders.Follow[masar.Entity](ctx, t, edges(first, after, last, before, orderBy, filter).WithKinds(kinds))
}
