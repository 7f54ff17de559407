package resolvers

import (
	"context"

	"masar"
	"masar/loaders"
)

type changeResolver struct{}

func (changeResolver) Record(ctx context.Context, c *masar.Change) (masar.Node, error) {
	return loaders.Record(ctx, c.Identity())
}
