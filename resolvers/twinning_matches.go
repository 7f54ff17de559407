package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

type twinningMatchesResolver struct{}

func (twinningMatchesResolver) Country(ctx context.Context, t *answers.TwinningMatches) (*masar.Country, error) {
	return loaders.Find[*masar.Country](ctx, t.Country)
}

func (twinningMatchesResolver) Topic(ctx context.Context, t *answers.TwinningMatches) (*masar.Topic, error) {
	return loaders.Find[*masar.Topic](ctx, t.Topic)
}
