package resolvers

import (
	"context"

	"masar"
	"masar/loaders"
)

type evidenceResolver struct{}

func (evidenceResolver) Claim(ctx context.Context, e *masar.Evidence) (*masar.Claim, error) {
	return loaders.ClaimOf(ctx, e.ClaimKey)
}
