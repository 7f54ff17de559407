package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

type outputResolver struct{ entity[*masar.Output] }

func (outputResolver) Date(_ context.Context, o *masar.Output) (*masar.Date, error) {
	return optional(o.Date), nil
}

func (outputResolver) Initiatives(ctx context.Context, o *masar.Output, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.InitiativeConnection, error) {
	return loaders.Follow[*masar.Initiative](ctx, o, edges(first, after, last, before, orderBy, filter))
}

func (outputResolver) Activities(ctx context.Context, o *masar.Output, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.ActivityConnection, error) {
	return loaders.Follow[*masar.Activity](ctx, o, edges(first, after, last, before, orderBy, filter))
}

func (outputResolver) Recommendations(ctx context.Context, o *masar.Output, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.RecommendationConnection, error) {
	return loaders.Follow[*masar.Recommendation](ctx, o, edges(first, after, last, before, orderBy, filter))
}

func (outputResolver) Topics(ctx context.Context, o *masar.Output, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.TopicConnection, error) {
	return loaders.Follow[*masar.Topic](ctx, o, edges(first, after, last, before, orderBy, filter))
}

func (outputResolver) Elaborates(ctx context.Context, o *masar.Output, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.OutputConnection, error) {
	return loaders.Follow[*masar.Output](ctx, o, edges(first, after, last, before, orderBy, filter))
}

func (outputResolver) ElaboratedBy(ctx context.Context, o *masar.Output, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.OutputConnection, error) {
	return loaders.Follow[*masar.Output](ctx, o, edges(first, after, last, before, orderBy, filter))
}
