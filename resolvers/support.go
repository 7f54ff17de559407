package resolvers

import (
	"context"

	"masar"
	"masar/words"
)

type supportResolver struct{}

func (supportResolver) Certainty(_ context.Context, s *masar.Support) (*masar.Certainty, error) {
	return optional(s.Certainty), nil
}

func (supportResolver) Documentation(_ context.Context, s *masar.Support) (*masar.Documentation, error) {
	return optional(s.Documentation), nil
}

func (supportResolver) Explanation(_ context.Context, s *masar.Support, lang []masar.Language) (*masar.Text, error) {
	return words.SupportExplanation(s, lang), nil
}
