package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

type initiativeComparisonResolver struct{}

func (initiativeComparisonResolver) Initiatives(ctx context.Context, c *answers.InitiativeComparison) ([]*masar.Initiative, error) {
	return loaders.FindAll[*masar.Initiative](ctx, c.Initiatives)
}
