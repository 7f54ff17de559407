package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

type recommendationResolver struct{ entity[*masar.Recommendation] }

func (recommendationResolver) Number(_ context.Context, r *masar.Recommendation) (*int, error) {
	return optional(r.Number), nil
}

func (recommendationResolver) Strength(_ context.Context, r *masar.Recommendation) (*masar.Strength, error) {
	return optional(r.Strength), nil
}

func (recommendationResolver) MaturityBand(_ context.Context, r *masar.Recommendation) (*masar.MaturityBand, error) {
	if r.MaturityBand.IsZero() {
		return nil, nil
	}
	return &r.MaturityBand, nil
}

func (recommendationResolver) IssuedIn(ctx context.Context, r *masar.Recommendation) (*masar.Document, error) {
	return loaders.One[*masar.Document](ctx, r)
}

func (recommendationResolver) IssuedAt(ctx context.Context, r *masar.Recommendation) (*masar.Activity, error) {
	return loaders.One[*masar.Activity](ctx, r)
}

func (recommendationResolver) Targets(ctx context.Context, r *masar.Recommendation, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.SdgTargetConnection, error) {
	return loaders.Follow[*masar.SdgTarget](ctx, r, edges(first, after, last, before, orderBy, filter))
}

func (recommendationResolver) Goals(ctx context.Context, r *masar.Recommendation, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.SdgGoalConnection, error) {
	return loaders.Follow[*masar.SdgGoal](ctx, r, edges(first, after, last, before, orderBy, filter))
}

func (recommendationResolver) Challenges(ctx context.Context, r *masar.Recommendation, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.ChallengeConnection, error) {
	return loaders.Follow[*masar.Challenge](ctx, r, edges(first, after, last, before, orderBy, filter))
}

func (recommendationResolver) Initiatives(ctx context.Context, r *masar.Recommendation, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.InitiativeConnection, error) {
	return loaders.Follow[*masar.Initiative](ctx, r, edges(first, after, last, before, orderBy, filter))
}

func (recommendationResolver) Outcome(ctx context.Context, r *masar.Recommendation) (*masar.Output, error) {
	return loaders.One[*masar.Output](ctx, r)
}

func (recommendationResolver) DemonstratedBy(ctx context.Context, r *masar.Recommendation, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.InitiativeConnection, error) {
	return loaders.Follow[*masar.Initiative](ctx, r, edges(first, after, last, before, orderBy, filter))
}

func (recommendationResolver) CaseStudies(ctx context.Context, r *masar.Recommendation, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.CaseStudyConnection, error) {
	return loaders.Follow[*masar.CaseStudy](ctx, r, edges(first, after, last, before, orderBy, filter))
}

func (recommendationResolver) Topics(ctx context.Context, r *masar.Recommendation, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.TopicConnection, error) {
	return loaders.Follow[*masar.Topic](ctx, r, edges(first, after, last, before, orderBy, filter))
}

func (recommendationResolver) Principles(ctx context.Context, r *masar.Recommendation, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.PrincipleConnection, error) {
	return loaders.Follow[*masar.Principle](ctx, r, edges(first, after, last, before, orderBy, filter))
}

func (recommendationResolver) Frameworks(ctx context.Context, r *masar.Recommendation, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.FrameworkConnection, error) {
	return loaders.Follow[*masar.Framework](ctx, r, edges(first, after, last, before, orderBy, filter))
}

func (recommendationResolver) Requires(ctx context.Context, r *masar.Recommendation, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.EntityConnection, error) {
	return loaders.Follow[masar.Entity](ctx, r, edges(first, after, last, before, orderBy, filter))
}

func (recommendationResolver) Elaborates(ctx context.Context, r *masar.Recommendation, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.RecommendationConnection, error) {
	return loaders.Follow[*masar.Recommendation](ctx, r, edges(first, after, last, before, orderBy, filter))
}

func (recommendationResolver) Duplicates(ctx context.Context, r *masar.Recommendation, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.RecommendationConnection, error) {
	return loaders.Follow[*masar.Recommendation](ctx, r, edges(first, after, last, before, orderBy, filter))
}
