package resolvers

import (
	"context"

	"masar"
	"masar/advice"
	"masar/answers"
	"masar/loaders"
)

func (queryResolver) AssembleActionPlan(ctx context.Context, input answers.ActionPlanInput) (*answers.ActionPlan, error) {
	return advice.AssembleActionPlan(ctx, input)
}

type actionPlanResolver struct{}

func (actionPlanResolver) Country(ctx context.Context, p *answers.ActionPlan) (*masar.Country, error) {
	return loaders.Find[*masar.Country](ctx, p.Country)
}

func (actionPlanResolver) LeftOut(ctx context.Context, p *answers.ActionPlan) ([]*masar.Recommendation, error) {
	return loaders.FindAll[*masar.Recommendation](ctx, p.LeftOut)
}

func (actionPlanResolver) UncoveredTargets(ctx context.Context, p *answers.ActionPlan) ([]*masar.SdgTarget, error) {
	return loaders.FindAll[*masar.SdgTarget](ctx, p.UncoveredTargets)
}

type planTargetResolver struct{}

func (planTargetResolver) Target(ctx context.Context, t *answers.PlanTarget) (*masar.SdgTarget, error) {
	return loaders.Find[*masar.SdgTarget](ctx, t.Target)
}

type planLinkResolver struct{}

func (planLinkResolver) Recommendation(ctx context.Context, k *answers.PlanLink) (*masar.Recommendation, error) {
	return loaders.Find[*masar.Recommendation](ctx, k.Recommendation)
}

func (planLinkResolver) Target(ctx context.Context, k *answers.PlanLink) (*masar.SdgTarget, error) {
	return loaders.Find[*masar.SdgTarget](ctx, k.Target)
}

func (planLinkResolver) Claim(ctx context.Context, k *answers.PlanLink) (*masar.Claim, error) {
	return loaders.ClaimOf(ctx, k.Claim)
}

type planItemResolver struct{}

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

type planNeedResolver struct{}

func (planNeedResolver) Challenge(ctx context.Context, n *answers.PlanNeed) (*masar.Challenge, error) {
	return loaders.Find[*masar.Challenge](ctx, n.Challenge)
}

func (planNeedResolver) Of(ctx context.Context, n *answers.PlanNeed) (masar.Entity, error) {
	return loaders.Find[masar.Entity](ctx, n.Of)
}

func (planNeedResolver) Has(ctx context.Context, n *answers.PlanNeed) (*masar.Claim, error) {
	return loaders.ClaimOf(ctx, n.Has)
}

func (planNeedResolver) Addresses(ctx context.Context, n *answers.PlanNeed) (*masar.Claim, error) {
	return loaders.ClaimOf(ctx, n.Addresses)
}

type planWarningResolver struct{}

func (planWarningResolver) About(ctx context.Context, w *answers.PlanWarning) ([]masar.Entity, error) {
	return loaders.FindAll[masar.Entity](ctx, w.About)
}
