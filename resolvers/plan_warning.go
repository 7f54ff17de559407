package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

type planWarningResolver struct{}

func (planWarningResolver) About(ctx context.Context, w *answers.PlanWarning) ([]masar.Entity, error) {
	return loaders.FindAll[masar.Entity](ctx, w.About)
}
