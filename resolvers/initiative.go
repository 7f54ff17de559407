package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

type initiativeResolver struct{ entity[*masar.Initiative] }

func (initiativeResolver) Period(_ context.Context, i *masar.Initiative) (*masar.Date, error) {
	return optional(i.Period), nil
}

func (initiativeResolver) Parent(ctx context.Context, i *masar.Initiative) (*masar.Initiative, error) {
	return loaders.One[*masar.Initiative](ctx, i)
}

func (initiativeResolver) Components(ctx context.Context, i *masar.Initiative, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.InitiativeConnection, error) {
	return loaders.Follow[*masar.Initiative](ctx, i, edges(first, after, last, before, orderBy, filter))
}

func (initiativeResolver) Participants(ctx context.Context, i *masar.Initiative, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter, roles []masar.Role) (*answers.OrganizationConnection, error) {
	return loaders.Follow[*masar.Organization](ctx, i, edges(first, after, last, before, orderBy, filter).WithRoles(roles))
}

func (initiativeResolver) Countries(ctx context.Context, i *masar.Initiative, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.CountryConnection, error) {
	return loaders.Follow[*masar.Country](ctx, i, edges(first, after, last, before, orderBy, filter))
}

func (initiativeResolver) Regions(ctx context.Context, i *masar.Initiative, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.CountryGroupConnection, error) {
	return loaders.Follow[*masar.CountryGroup](ctx, i, edges(first, after, last, before, orderBy, filter))
}

func (initiativeResolver) Targets(ctx context.Context, i *masar.Initiative, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.SdgTargetConnection, error) {
	return loaders.Follow[*masar.SdgTarget](ctx, i, edges(first, after, last, before, orderBy, filter))
}

func (initiativeResolver) Goals(ctx context.Context, i *masar.Initiative, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.SdgGoalConnection, error) {
	return loaders.Follow[*masar.SdgGoal](ctx, i, edges(first, after, last, before, orderBy, filter))
}

func (initiativeResolver) LegacyTargets(ctx context.Context, i *masar.Initiative, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.LegacyTargetConnection, error) {
	return loaders.Follow[*masar.LegacyTarget](ctx, i, edges(first, after, last, before, orderBy, filter))
}

func (initiativeResolver) Demonstrates(ctx context.Context, i *masar.Initiative, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.RecommendationConnection, error) {
	return loaders.Follow[*masar.Recommendation](ctx, i, edges(first, after, last, before, orderBy, filter))
}

func (initiativeResolver) Challenges(ctx context.Context, i *masar.Initiative, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.ChallengeConnection, error) {
	return loaders.Follow[*masar.Challenge](ctx, i, edges(first, after, last, before, orderBy, filter))
}

func (initiativeResolver) Principles(ctx context.Context, i *masar.Initiative, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.PrincipleConnection, error) {
	return loaders.Follow[*masar.Principle](ctx, i, edges(first, after, last, before, orderBy, filter))
}

func (initiativeResolver) Frameworks(ctx context.Context, i *masar.Initiative, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.FrameworkConnection, error) {
	return loaders.Follow[*masar.Framework](ctx, i, edges(first, after, last, before, orderBy, filter))
}

func (initiativeResolver) Topics(ctx context.Context, i *masar.Initiative, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.TopicConnection, error) {
	return loaders.Follow[*masar.Topic](ctx, i, edges(first, after, last, before, orderBy, filter))
}

func (initiativeResolver) Activities(ctx context.Context, i *masar.Initiative, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.ActivityConnection, error) {
	return loaders.Follow[*masar.Activity](ctx, i, edges(first, after, last, before, orderBy, filter))
}

func (initiativeResolver) Outputs(ctx context.Context, i *masar.Initiative, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.OutputConnection, error) {
	return loaders.Follow[*masar.Output](ctx, i, edges(first, after, last, before, orderBy, filter))
}

func (initiativeResolver) Recommendations(ctx context.Context, i *masar.Initiative, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.RecommendationConnection, error) {
	return loaders.Follow[*masar.Recommendation](ctx, i, edges(first, after, last, before, orderBy, filter))
}

func (initiativeResolver) Continues(ctx context.Context, i *masar.Initiative, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.InitiativeConnection, error) {
	return loaders.Follow[*masar.Initiative](ctx, i, edges(first, after, last, before, orderBy, filter))
}

func (initiativeResolver) Related(ctx context.Context, i *masar.Initiative, first *int, after *string, last *int, before *string) (*answers.RelatedInitiativeConnection, error) {
	return loaders.Related(ctx, i, page(first, after, last, before))
}

func (initiativeResolver) Observations(ctx context.Context, i *masar.Initiative, first *int, after *string, last *int, before *string, indicators []string) (*answers.ObservationConnection, error) {
	return loaders.Observations(ctx, i, page(first, after, last, before).WithIndicators(indicators))
}
