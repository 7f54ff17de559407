package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
	"masar/words"
)

type comparisonDimensionResolver struct{}

func (comparisonDimensionResolver) Explanation(_ context.Context, d *answers.ComparisonDimension, lang []masar.Language) (*masar.Text, error) {
	return words.ComparisonDimension(d, lang), nil
}

func (comparisonDimensionResolver) Shared(ctx context.Context, d *answers.ComparisonDimension) ([]masar.Entity, error) {
	return loaders.FindAll[masar.Entity](ctx, d.Shared)
}
