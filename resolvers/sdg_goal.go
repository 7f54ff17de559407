package resolvers

import (
	"context"

	"masar"
	"masar/loaders"
)

type sdgGoalResolver struct{ entity[*masar.SdgGoal] }

func (sdgGoalResolver) Targets(ctx context.Context, g *masar.SdgGoal, first *int, after *string, last *int, before *string) (*masar.SdgTargetConnection, error) {
	return loaders.Follow[*masar.SdgTarget](ctx, g, page(first, after, last, before))
}

func (sdgGoalResolver) Recommendations(ctx context.Context, g *masar.SdgGoal, first *int, after *string, last *int, before *string, orderBy *masar.EdgeOrder, filter *masar.ClaimFilter) (*masar.RecommendationConnection, error) {
	return loaders.Follow[*masar.Recommendation](ctx, g, edges(first, after, last, before, orderBy, filter))
}

func (sdgGoalResolver) Initiatives(ctx context.Context, g *masar.SdgGoal, first *int, after *string, last *int, before *string, orderBy *masar.EdgeOrder, filter *masar.ClaimFilter) (*masar.InitiativeConnection, error) {
	return loaders.Follow[*masar.Initiative](ctx, g, edges(first, after, last, before, orderBy, filter))
}

func (sdgGoalResolver) CaseStudies(ctx context.Context, g *masar.SdgGoal, first *int, after *string, last *int, before *string, orderBy *masar.EdgeOrder, filter *masar.ClaimFilter) (*masar.CaseStudyConnection, error) {
	return loaders.Follow[*masar.CaseStudy](ctx, g, edges(first, after, last, before, orderBy, filter))
}
