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

type passageResolver struct{}

func (passageResolver) Document(ctx context.Context, p *masar.Passage) (*masar.Document, error) {
	return loaders.Find[*masar.Document](ctx, p.Source)
}

func (passageResolver) Quote(ctx context.Context, p *masar.Passage) (*masar.Text, error) {
	quote, _, err := loaders.Quote(ctx, p)
	return quote, err
}

func (passageResolver) QuoteStatus(ctx context.Context, p *masar.Passage) (masar.QuoteStatus, error) {
	_, status, err := loaders.Quote(ctx, p)
	return status, err
}

type supportTermResolver struct{}

func (supportTermResolver) Evidence(ctx context.Context, t *masar.SupportTerm) (*masar.Evidence, error) {
	return loaders.EvidenceOfKey(ctx, t.EvidenceKey)
}
