package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

type claimResolver struct{}

func (claimResolver) Subject(ctx context.Context, c *masar.Claim) (masar.Entity, error) {
	return loaders.Find[masar.Entity](ctx, c.Subject)
}

func (claimResolver) Object(ctx context.Context, c *masar.Claim) (masar.Entity, error) {
	return loaders.Find[masar.Entity](ctx, c.Object)
}

func (claimResolver) Sentence(ctx context.Context, c *masar.Claim, lang []masar.Language) (*masar.Text, error) {
	return loaders.Sentence(ctx, c, lang)
}

func (claimResolver) Role(_ context.Context, c *masar.Claim) (*masar.Role, error) {
	return optional(c.Role), nil
}

func (claimResolver) Support(ctx context.Context, c *masar.Claim, asOf *string, weights *answers.ScoringWeights) (*masar.Support, error) {
	return loaders.Support(ctx, c, asOf, weights)
}

func (claimResolver) Evidence(ctx context.Context, c *masar.Claim, first *int, after *string, last *int, before *string) (*answers.EvidenceConnection, error) {
	return loaders.EvidenceOf(ctx, c, page(first, after, last, before))
}
