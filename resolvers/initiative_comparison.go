package resolvers

import (
	"context"

	"masar"
	"masar/advice"
	"masar/loaders"
)

func (queryResolver) CompareInitiatives(ctx context.Context, codes []string) (*masar.InitiativeComparison, error) {
	return advice.CompareInitiatives(ctx, codes)
}

type initiativeComparisonResolver struct{}

func (initiativeComparisonResolver) Initiatives(ctx context.Context, c *masar.InitiativeComparison) ([]*masar.Initiative, error) {
	return loaders.FindAll[*masar.Initiative](ctx, c.Initiatives)
}

type initiativePairResolver struct{}

func (initiativePairResolver) A(ctx context.Context, p *masar.InitiativePair) (*masar.Initiative, error) {
	return loaders.Find[*masar.Initiative](ctx, p.A)
}

func (initiativePairResolver) B(ctx context.Context, p *masar.InitiativePair) (*masar.Initiative, error) {
	return loaders.Find[*masar.Initiative](ctx, p.B)
}

func (initiativePairResolver) Links(ctx context.Context, p *masar.InitiativePair) ([]*masar.Claim, error) {
	return loaders.ClaimsOf(ctx, p.Links)
}

type comparisonDimensionResolver struct{}

func (comparisonDimensionResolver) Shared(ctx context.Context, d *masar.ComparisonDimension) ([]masar.Entity, error) {
	return loaders.FindAll[masar.Entity](ctx, d.Shared)
}

type sharedLinkResolver struct{}

func (sharedLinkResolver) Entity(ctx context.Context, k *masar.SharedLink) (masar.Entity, error) {
	return loaders.Find[masar.Entity](ctx, k.Entity)
}

func (sharedLinkResolver) ClaimsA(ctx context.Context, k *masar.SharedLink) ([]*masar.Claim, error) {
	return loaders.ClaimsOf(ctx, k.ClaimsA)
}

func (sharedLinkResolver) ClaimsB(ctx context.Context, k *masar.SharedLink) ([]*masar.Claim, error) {
	return loaders.ClaimsOf(ctx, k.ClaimsB)
}

type onlyLinkedResolver struct{}

func (onlyLinkedResolver) Initiative(ctx context.Context, o *masar.OnlyLinked) (*masar.Initiative, error) {
	return loaders.Find[*masar.Initiative](ctx, o.Initiative)
}

func (onlyLinkedResolver) Entities(ctx context.Context, o *masar.OnlyLinked) ([]masar.Entity, error) {
	return loaders.FindAll[masar.Entity](ctx, o.Entities)
}
