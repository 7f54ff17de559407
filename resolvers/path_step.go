package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/words"
)

type pathStepResolver struct{}

func (pathStepResolver) Sentence(_ context.Context, s *answers.PathStep, lang []masar.Language) (*masar.Text, error) {
	return words.PathStep(s, lang), nil
}
