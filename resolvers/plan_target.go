package resolvers

import (
	"context"

	"masar"
	"masar/loaders"
)

type planTargetResolver struct{}

func (planTargetResolver) Target(ctx context.Context, t *masar.PlanTarget) (*masar.SdgTarget, error) {
	return loaders.Find[*masar.SdgTarget](ctx, t.Target)
}
