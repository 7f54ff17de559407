package resolvers

import (
	"context"

	"masar"
	"masar/loaders"
)

type supportTermResolver struct{}

func (supportTermResolver) Evidence(ctx context.Context, t *masar.SupportTerm) (*masar.Evidence, error) {
	return loaders.EvidenceOfKey(ctx, t.EvidenceKey)
}
