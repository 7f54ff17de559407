package resolvers

import (
	"context"

	"masar"
	"masar/loaders"
)

type twinningMatchesResolver struct{}

func (twinningMatchesResolver) Country(ctx context.Context, t *masar.TwinningMatches) (*masar.Country, error) {
	return loaders.Find[*masar.Country](ctx, t.Country)
}

func (twinningMatchesResolver) Topic(ctx context.Context, t *masar.TwinningMatches) (*masar.Topic, error) {
	return loaders.Find[*masar.Topic](ctx, t.Topic)
}
