package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

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

func (passageResolver) Evidence(ctx context.Context, p *masar.Passage, first *int, after *string, last *int, before *string) (*answers.EvidenceConnection, error) {
	return loaders.EvidenceAt(ctx, p, page(first, after, last, before))
}
