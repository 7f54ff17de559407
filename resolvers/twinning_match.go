package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

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
