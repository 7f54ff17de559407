package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

type caseStudyResolver struct{ entity[*masar.CaseStudy] }

func (caseStudyResolver) Country(ctx context.Context, c *masar.CaseStudy) (*masar.Country, error) {
	return loaders.One[*masar.Country](ctx, c)
}

func (caseStudyResolver) LedBy(ctx context.Context, c *masar.CaseStudy) (*masar.Organization, error) {
	return loaders.One[*masar.Organization](ctx, c)
}

func (caseStudyResolver) Topics(ctx context.Context, c *masar.CaseStudy, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.TopicConnection, error) {
	return loaders.Follow[*masar.Topic](ctx, c, edges(first, after, last, before, orderBy, filter))
}

func (caseStudyResolver) Recommendations(ctx context.Context, c *masar.CaseStudy, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.RecommendationConnection, error) {
	return loaders.Follow[*masar.Recommendation](ctx, c, edges(first, after, last, before, orderBy, filter))
}

func (caseStudyResolver) Targets(ctx context.Context, c *masar.CaseStudy, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.SdgTargetConnection, error) {
	return loaders.Follow[*masar.SdgTarget](ctx, c, edges(first, after, last, before, orderBy, filter))
}

func (caseStudyResolver) Goals(ctx context.Context, c *masar.CaseStudy, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.SdgGoalConnection, error) {
	return loaders.Follow[*masar.SdgGoal](ctx, c, edges(first, after, last, before, orderBy, filter))
}
