package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

type sdgGoalResolver struct{ entity[*masar.SdgGoal] }

func (sdgGoalResolver) Targets(ctx context.Context, g *masar.SdgGoal, first *int, after *string, last *int, before *string) (*answers.SdgTargetConnection, error) {
	return loaders.Follow[*masar.SdgTarget](ctx, g, page(first, after, last, before))
}

func (sdgGoalResolver) Recommendations(ctx context.Context, g *masar.SdgGoal, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.RecommendationConnection, error) {
	return loaders.Follow[*masar.Recommendation](ctx, g, edges(first, after, last, before, orderBy, filter))
}

func (sdgGoalResolver) Initiatives(ctx context.Context, g *masar.SdgGoal, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.InitiativeConnection, error) {
	return loaders.Follow[*masar.Initiative](ctx, g, edges(first, after, last, before, orderBy, filter))
}

func (sdgGoalResolver) CaseStudies(ctx context.Context, g *masar.SdgGoal, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.CaseStudyConnection, error) {
	return loaders.Follow[*masar.CaseStudy](ctx, g, edges(first, after, last, before, orderBy, filter))
}
