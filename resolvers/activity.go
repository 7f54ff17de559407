package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

type activityResolver struct{ entity[*masar.Activity] }

func (activityResolver) Date(_ context.Context, a *masar.Activity) (*masar.Date, error) {
	return optional(a.Date), nil
}

func (activityResolver) Countries(ctx context.Context, a *masar.Activity, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.CountryConnection, error) {
	return loaders.Follow[*masar.Country](ctx, a, edges(first, after, last, before, orderBy, filter))
}

func (activityResolver) PartOf(ctx context.Context, a *masar.Activity) (*masar.Initiative, error) {
	return loaders.One[*masar.Initiative](ctx, a)
}

func (activityResolver) Organizations(ctx context.Context, a *masar.Activity, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter, roles []masar.Role) (*answers.OrganizationConnection, error) {
	return loaders.Follow[*masar.Organization](ctx, a, edges(first, after, last, before, orderBy, filter).WithRoles(roles))
}

func (activityResolver) Parts(ctx context.Context, a *masar.Activity, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.ActivityConnection, error) {
	return loaders.Follow[*masar.Activity](ctx, a, edges(first, after, last, before, orderBy, filter))
}

func (activityResolver) Outputs(ctx context.Context, a *masar.Activity, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.OutputConnection, error) {
	return loaders.Follow[*masar.Output](ctx, a, edges(first, after, last, before, orderBy, filter))
}

func (activityResolver) Recommendations(ctx context.Context, a *masar.Activity, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.RecommendationConnection, error) {
	return loaders.Follow[*masar.Recommendation](ctx, a, edges(first, after, last, before, orderBy, filter))
}

func (activityResolver) Topics(ctx context.Context, a *masar.Activity, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.TopicConnection, error) {
	return loaders.Follow[*masar.Topic](ctx, a, edges(first, after, last, before, orderBy, filter))
}
