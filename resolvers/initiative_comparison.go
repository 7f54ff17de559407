package resolvers

import (
	"context"

	"masar"
	"masar/loaders"
)

type initiativeComparisonResolver struct{}

func (initiativeComparisonResolver) Initiatives(ctx context.Context, c *masar.InitiativeComparison) ([]*masar.Initiative, error) {
	return loaders.FindAll[*masar.Initiative](ctx, c.Initiatives)
}
