package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
	"masar/words"
)

type planItemResolver struct{}

func (planItemResolver) Explanation(_ context.Context, i *answers.PlanItem, lang []masar.Language) (*masar.Text, error) {
	return words.PlanItem(i, lang), nil
}

func (planItemResolver) Recommendation(ctx context.Context, i *answers.PlanItem) (*masar.Recommendation, error) {
	return loaders.Find[*masar.Recommendation](ctx, i.Recommendation)
}

func (planItemResolver) Targets(ctx context.Context, i *answers.PlanItem) ([]*masar.SdgTarget, error) {
	return loaders.FindAll[*masar.SdgTarget](ctx, i.Targets)
}

func (planItemResolver) Challenges(ctx context.Context, i *answers.PlanItem) ([]*masar.Challenge, error) {
	return loaders.FindAll[*masar.Challenge](ctx, i.Challenges)
}

func (planItemResolver) Prerequisites(ctx context.Context, i *answers.PlanItem) ([]masar.Entity, error) {
	return loaders.FindAll[masar.Entity](ctx, i.Prerequisites)
}

func (planItemResolver) CaseStudies(ctx context.Context, i *answers.PlanItem) ([]*masar.CaseStudy, error) {
	return loaders.FindAll[*masar.CaseStudy](ctx, i.CaseStudies)
}
