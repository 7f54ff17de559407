package resolvers

import (
	"context"

	"masar"
	"masar/loaders"
)

func (queryResolver) Changes(ctx context.Context, since *string, first *int, after *string) (*masar.ChangeConnection, error) {
	return loaders.Changes(ctx, since, first, after)
}
