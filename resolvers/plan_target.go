package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
	"masar/words"
)

type planTargetResolver struct{}

func (planTargetResolver) Explanation(_ context.Context, t *answers.PlanTarget, lang []masar.Language) (*masar.Text, error) {
	return words.PlanTarget(t, lang), nil
}

func (planTargetResolver) Target(ctx context.Context, t *answers.PlanTarget) (*masar.SdgTarget, error) {
	return loaders.Find[*masar.SdgTarget](ctx, t.Target)
}
