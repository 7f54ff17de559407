package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

type planLinkResolver struct{}

func (planLinkResolver) Recommendation(ctx context.Context, k *answers.PlanLink) (*masar.Recommendation, error) {
	return loaders.Find[*masar.Recommendation](ctx, k.Recommendation)
}

func (planLinkResolver) Target(ctx context.Context, k *answers.PlanLink) (*masar.SdgTarget, error) {
	return loaders.Find[*masar.SdgTarget](ctx, k.Target)
}

func (planLinkResolver) Claim(ctx context.Context, k *answers.PlanLink) (*masar.Claim, error) {
	return loaders.ClaimOf(ctx, k.Claim)
}
