package resolvers

import (
	"context"

	"masar"
	"masar/words"
)

type fuzzyDateResolver struct{}

func (fuzzyDateResolver) Label(_ context.Context, d *masar.Date, lang []masar.Language) (*masar.Text, error) {
	return words.Date(*d, lang), nil
}
