package resolvers

import (
	"context"

	"masar"
	"masar/loaders"
)

type planLinkResolver struct{}

func (planLinkResolver) Recommendation(ctx context.Context, k *masar.PlanLink) (*masar.Recommendation, error) {
	return loaders.Find[*masar.Recommendation](ctx, k.Recommendation)
}

func (planLinkResolver) Target(ctx context.Context, k *masar.PlanLink) (*masar.SdgTarget, error) {
	return loaders.Find[*masar.SdgTarget](ctx, k.Target)
}

func (planLinkResolver) Claim(ctx context.Context, k *masar.PlanLink) (*masar.Claim, error) {
	return loaders.ClaimOf(ctx, string(k.Claim))
}
