package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

type planTargetResolver struct{}

func (planTargetResolver) Target(ctx context.Context, t *answers.PlanTarget) (*masar.SdgTarget, error) {
	return loaders.Find[*masar.SdgTarget](ctx, t.Target)
}
