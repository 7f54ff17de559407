package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

type sharedLinkResolver struct{}

func (sharedLinkResolver) Entity(ctx context.Context, k *answers.SharedLink) (masar.Entity, error) {
	return loaders.Find[masar.Entity](ctx, k.Entity)
}

func (sharedLinkResolver) ClaimsA(ctx context.Context, k *answers.SharedLink) ([]*masar.Claim, error) {
	return loaders.ClaimsOf(ctx, k.ClaimsA)
}

func (sharedLinkResolver) ClaimsB(ctx context.Context, k *answers.SharedLink) ([]*masar.Claim, error) {
	return loaders.ClaimsOf(ctx, k.ClaimsB)
}
