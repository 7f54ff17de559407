package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

type planNeedResolver struct{}

func (planNeedResolver) Challenge(ctx context.Context, n *answers.PlanNeed) (*masar.Challenge, error) {
	return loaders.Find[*masar.Challenge](ctx, n.Challenge)
}

func (planNeedResolver) Of(ctx context.Context, n *answers.PlanNeed) (masar.Entity, error) {
	return loaders.Find[masar.Entity](ctx, n.Of)
}

func (planNeedResolver) Has(ctx context.Context, n *answers.PlanNeed) (*masar.Claim, error) {
	return loaders.ClaimOf(ctx, n.Has)
}

func (planNeedResolver) Addresses(ctx context.Context, n *answers.PlanNeed) (*masar.Claim, error) {
	return loaders.ClaimOf(ctx, n.Addresses)
}
