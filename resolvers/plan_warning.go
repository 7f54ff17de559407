package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
	"masar/words"
)

type planWarningResolver struct{}

func (planWarningResolver) Message(_ context.Context, w *answers.PlanWarning, lang []masar.Language) (*masar.Text, error) {
	return words.PlanWarning(w, lang), nil
}

func (planWarningResolver) About(ctx context.Context, w *answers.PlanWarning) ([]masar.Entity, error) {
	return loaders.FindAll[masar.Entity](ctx, w.About)
}
