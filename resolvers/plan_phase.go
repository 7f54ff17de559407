package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/words"
)

type planPhaseResolver struct{}

func (planPhaseResolver) Name(_ context.Context, p *answers.PlanPhase, lang []masar.Language) (*masar.Text, error) {
	return words.PlanPhase(p, lang), nil
}
