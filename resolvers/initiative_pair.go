package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
	"masar/words"
)

type initiativePairResolver struct{}

func (initiativePairResolver) Explanation(_ context.Context, p *answers.InitiativePair, lang []masar.Language) (*masar.Text, error) {
	return words.InitiativePair(p, lang), nil
}

func (initiativePairResolver) A(ctx context.Context, p *answers.InitiativePair) (*masar.Initiative, error) {
	return loaders.Find[*masar.Initiative](ctx, p.A)
}

func (initiativePairResolver) B(ctx context.Context, p *answers.InitiativePair) (*masar.Initiative, error) {
	return loaders.Find[*masar.Initiative](ctx, p.B)
}

func (initiativePairResolver) Links(ctx context.Context, p *answers.InitiativePair) ([]*masar.Claim, error) {
	return loaders.ClaimsOf(ctx, p.Links)
}
