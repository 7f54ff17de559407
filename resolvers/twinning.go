package resolvers

import (
	"context"

	"masar"
	"masar/advice"
	"masar/answers"
	"masar/loaders"
)

func (queryResolver) TwinningMatches(ctx context.Context, country string, topic *string, first *int, asOf *string) (*answers.TwinningMatches, error) {
	return advice.TwinningMatches(ctx, answers.TwinningArgs{Country: country, Topic: topic, First: first, AsOf: asOf})
}

type twinningMatchesResolver struct{}

func (twinningMatchesResolver) Country(ctx context.Context, t *answers.TwinningMatches) (*masar.Country, error) {
	return loaders.Find[*masar.Country](ctx, t.Country)
}

func (twinningMatchesResolver) Topic(ctx context.Context, t *answers.TwinningMatches) (*masar.Topic, error) {
	return loaders.Find[*masar.Topic](ctx, t.Topic)
}

type twinningMatchResolver struct{}

func (twinningMatchResolver) Supplier(ctx context.Context, m *answers.TwinningMatch) (*masar.Country, error) {
	return loaders.Find[*masar.Country](ctx, m.Supplier)
}

func (twinningMatchResolver) CaseStudies(ctx context.Context, m *answers.TwinningMatch) ([]*masar.CaseStudy, error) {
	return loaders.FindAll[*masar.CaseStudy](ctx, m.CaseStudies)
}

func (twinningMatchResolver) Reasons(ctx context.Context, m *answers.TwinningMatch, lang []masar.Language) ([]*masar.Text, error) {
	return loaders.ExplainAll(ctx, m.Reasons, lang)
}
