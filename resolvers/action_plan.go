package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
	"masar/words"
)

type actionPlanResolver struct{}

func (actionPlanResolver) Explanation(_ context.Context, p *answers.ActionPlan, lang []masar.Language) (*masar.Text, error) {
	return words.Plan(p, lang), nil
}

func (actionPlanResolver) Country(ctx context.Context, p *answers.ActionPlan) (*masar.Country, error) {
	return loaders.Find[*masar.Country](ctx, p.Country)
}

func (actionPlanResolver) Excluded(ctx context.Context, p *answers.ActionPlan) ([]*masar.Recommendation, error) {
	return loaders.FindAll[*masar.Recommendation](ctx, p.Excluded)
}

func (actionPlanResolver) UncoveredTargets(ctx context.Context, p *answers.ActionPlan) ([]*masar.SdgTarget, error) {
	return loaders.FindAll[*masar.SdgTarget](ctx, p.UncoveredTargets)
}
