package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

type documentResolver struct{ entity[*masar.Document] }

func (documentResolver) URL(_ context.Context, d *masar.Document) (*string, error) {
	return optional(d.URL), nil
}

func (documentResolver) Publisher(ctx context.Context, d *masar.Document) (*masar.Organization, error) {
	return loaders.One[*masar.Organization](ctx, d)
}

func (documentResolver) Date(_ context.Context, d *masar.Document) (*masar.Date, error) {
	return optional(d.Date), nil
}

func (documentResolver) Versions(ctx context.Context, d *masar.Document) ([]*masar.DocumentVersion, error) {
	return loaders.Versions(ctx, d), nil
}

func (documentResolver) Passages(ctx context.Context, d *masar.Document) ([]*masar.Passage, error) {
	return loaders.Passages(ctx, d)
}

func (documentResolver) Evidence(ctx context.Context, d *masar.Document, first *int, after *string, last *int, before *string) (*answers.EvidenceConnection, error) {
	return loaders.EvidenceIn(ctx, d, page(first, after, last, before))
}

func (documentResolver) Observations(ctx context.Context, d *masar.Document, first *int, after *string, last *int, before *string, indicators []string) (*answers.ObservationConnection, error) {
	return loaders.Observations(ctx, d, page(first, after, last, before).WithIndicators(indicators))
}

func (documentResolver) Recommendations(ctx context.Context, d *masar.Document, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.RecommendationConnection, error) {
	return loaders.Follow[*masar.Recommendation](ctx, d, edges(first, after, last, before, orderBy, filter))
}
