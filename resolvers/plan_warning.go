package resolvers

import (
	"context"

	"masar"
	"masar/loaders"
)

type planWarningResolver struct{}

func (planWarningResolver) About(ctx context.Context, w *masar.PlanWarning) ([]masar.Entity, error) {
	return loaders.FindAll[masar.Entity](ctx, w.About)
}
