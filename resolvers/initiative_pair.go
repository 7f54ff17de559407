package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

type initiativePairResolver struct{}

func (initiativePairResolver) A(ctx context.Context, p *answers.InitiativePair) (*masar.Initiative, error) {
	return loaders.Find[*masar.Initiative](ctx, p.A)
}

func (initiativePairResolver) B(ctx context.Context, p *answers.InitiativePair) (*masar.Initiative, error) {
	return loaders.Find[*masar.Initiative](ctx, p.B)
}

func (initiativePairResolver) Links(ctx context.Context, p *answers.InitiativePair) ([]*masar.Claim, error) {
	return loaders.ClaimsOf(ctx, p.Links)
}
