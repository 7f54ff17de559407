package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

type componentResolver struct{}

func (componentResolver) Explanation(ctx context.Context, c *answers.ScoreComponent, lang []masar.Language) (*masar.Text, error) {
	return loaders.Explain(ctx, c.Explanation, lang)
}

func (componentResolver) Claims(ctx context.Context, c *answers.ScoreComponent) ([]*masar.Claim, error) {
	return loaders.ClaimsOf(ctx, c.Claims)
}

func (componentResolver) Observations(ctx context.Context, c *answers.ScoreComponent) ([]*masar.Observation, error) {
	return loaders.ObservationsOf(ctx, c.Observations)
}
