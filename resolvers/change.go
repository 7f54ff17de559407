package resolvers

import (
	"context"

	"masar/answers"
	"masar/loaders"
)

func (queryResolver) Changes(ctx context.Context, since *string, first *int, after *string) (*answers.ChangeConnection, error) {
	return loaders.Changes(ctx, since, first, after)
}
