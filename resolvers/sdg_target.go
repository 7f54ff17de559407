package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

type sdgTargetResolver struct{ entity[*masar.SdgTarget] }

func (sdgTargetResolver) Goal(ctx context.Context, t *masar.SdgTarget) (*masar.SdgGoal, error) {
	return loaders.One[*masar.SdgGoal](ctx, t)
}

func (sdgTargetResolver) Indicators(ctx context.Context, t *masar.SdgTarget, first *int, after *string, last *int, before *string) (*answers.SdgIndicatorConnection, error) {
	return loaders.Follow[*masar.SdgIndicator](ctx, t, page(first, after, last, before))
}

func (sdgTargetResolver) Recommendations(ctx context.Context, t *masar.SdgTarget, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter, includeGoalLevel *bool) (*answers.RecommendationConnection, error) {
	return loaders.Follow[*masar.Recommendation](ctx, t, edges(first, after, last, before, orderBy, filter).WithGoalLevel(includeGoalLevel))
}

func (sdgTargetResolver) Initiatives(ctx context.Context, t *masar.SdgTarget, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter, includeGoalLevel *bool) (*answers.InitiativeConnection, error) {
	return loaders.Follow[*masar.Initiative](ctx, t, edges(first, after, last, before, orderBy, filter).WithGoalLevel(includeGoalLevel))
}

func (sdgTargetResolver) CaseStudies(ctx context.Context, t *masar.SdgTarget, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter, includeGoalLevel *bool) (*answers.CaseStudyConnection, error) {
	return loaders.Follow[*masar.CaseStudy](ctx, t, edges(first, after, last, before, orderBy, filter).WithGoalLevel(includeGoalLevel))
}

func (sdgTargetResolver) LegacyTargets(ctx context.Context, t *masar.SdgTarget, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.LegacyTargetConnection, error) {
	return loaders.Follow[*masar.LegacyTarget](ctx, t, edges(first, after, last, before, orderBy, filter))
}
