package resolvers

import (
	"context"

	"masar"
	"masar/advice"
	"masar/loaders"
)

func (queryResolver) TwinningMatches(ctx context.Context, country string, topic *string, first *int, asOf *string) (*masar.TwinningMatches, error) {
	return advice.TwinningMatches(ctx, masar.TwinningArgs{Country: country, Topic: topic, First: first, AsOf: asOf})
}

type twinningMatchesResolver struct{}

func (twinningMatchesResolver) Country(ctx context.Context, t *masar.TwinningMatches) (*masar.Country, error) {
	return loaders.Find[*masar.Country](ctx, t.Country)
}

func (twinningMatchesResolver) Topic(ctx context.Context, t *masar.TwinningMatches) (*masar.Topic, error) {
	return loaders.Find[*masar.Topic](ctx, t.Topic)
}

type twinningMatchResolver struct{}

func (twinningMatchResolver) Supplier(ctx context.Context, m *masar.TwinningMatch) (*masar.Country, error) {
	return loaders.Find[*masar.Country](ctx, m.Supplier)
}

func (twinningMatchResolver) CaseStudies(ctx context.Context, m *masar.TwinningMatch) ([]*masar.CaseStudy, error) {
	return loaders.FindAll[*masar.CaseStudy](ctx, m.CaseStudies)
}

func (twinningMatchResolver) Reasons(ctx context.Context, m *masar.TwinningMatch, lang []masar.Language) ([]*masar.Text, error) {
	return loaders.ExplainAll(ctx, m.Reasons, lang)
}
