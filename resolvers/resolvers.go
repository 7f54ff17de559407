// Package resolvers connects the fields of the API to the code that answers them, with one file for each GraphQL type.
// Resolvers contain no logic: lists and links come from loaders, which know the snapshot of the request.
package resolvers

import (
	"context"
	"sync"

	"github.com/99designs/gqlgen/graphql"

	"masar"
	"masar/answers"
	"masar/graph"
	"masar/loaders"
)

// NewSchema returns the executable schema. Operations must run in a context of loaders.Service.Begin.
var NewSchema = sync.OnceValue(func() graphql.ExecutableSchema {
	schema := graph.NewExecutableSchema(graph.Config{Resolvers: root{}})
	// gqlparser's prelude declares @defer, which Masar does not support; introspection must not list it.
	delete(schema.Schema().Directives, "defer")
	return schema
})

type root struct{}

var _ graph.ResolverRoot = root{}

func (root) Query() graph.QueryResolver                     { return queryResolver{} }
func (root) SdgGoal() graph.SdgGoalResolver                 { return sdgGoalResolver{} }
func (root) SdgTarget() graph.SdgTargetResolver             { return sdgTargetResolver{} }
func (root) SdgIndicator() graph.SdgIndicatorResolver       { return sdgIndicatorResolver{} }
func (root) LegacyTarget() graph.LegacyTargetResolver       { return legacyTargetResolver{} }
func (root) Framework() graph.FrameworkResolver             { return frameworkResolver{} }
func (root) Principle() graph.PrincipleResolver             { return principleResolver{} }
func (root) Initiative() graph.InitiativeResolver           { return initiativeResolver{} }
func (root) Organization() graph.OrganizationResolver       { return organizationResolver{} }
func (root) Country() graph.CountryResolver                 { return countryResolver{} }
func (root) CountryGroup() graph.CountryGroupResolver       { return countryGroupResolver{} }
func (root) Challenge() graph.ChallengeResolver             { return challengeResolver{} }
func (root) Topic() graph.TopicResolver                     { return topicResolver{} }
func (root) Recommendation() graph.RecommendationResolver   { return recommendationResolver{} }
func (root) CaseStudy() graph.CaseStudyResolver             { return caseStudyResolver{} }
func (root) Activity() graph.ActivityResolver               { return activityResolver{} }
func (root) Output() graph.OutputResolver                   { return outputResolver{} }
func (root) OutputState() graph.OutputStateResolver         { return outputStateResolver{} }
func (root) Document() graph.DocumentResolver               { return documentResolver{} }
func (root) DocumentVersion() graph.DocumentVersionResolver { return documentVersionResolver{} }
func (root) Indicator() graph.IndicatorResolver             { return indicatorResolver{} }
func (root) Claim() graph.ClaimResolver                     { return claimResolver{} }
func (root) Evidence() graph.EvidenceResolver               { return evidenceResolver{} }
func (root) Passage() graph.PassageResolver                 { return passageResolver{} }
func (root) Observation() graph.ObservationResolver         { return observationResolver{} }
func (root) Support() graph.SupportResolver                 { return supportResolver{} }
func (root) SupportTerm() graph.SupportTermResolver         { return supportTermResolver{} }
func (root) Change() graph.ChangeResolver                   { return changeResolver{} }
func (root) Dashboard() graph.DashboardResolver             { return dashboardResolver{} }
func (root) GapMap() graph.GapMapResolver                   { return gapMapResolver{} }
func (root) TailoredRecommendations() graph.TailoredRecommendationsResolver {
	return tailoredRecommendationsResolver{}
}
func (root) TailoredRecommendation() graph.TailoredRecommendationResolver {
	return tailoredRecommendationResolver{}
}
func (root) TwinningMatches() graph.TwinningMatchesResolver { return twinningMatchesResolver{} }
func (root) TwinningMatch() graph.TwinningMatchResolver     { return twinningMatchResolver{} }
func (root) IndexValue() graph.IndexValueResolver           { return indexValueResolver{} }
func (root) FuzzyDate() graph.FuzzyDateResolver             { return fuzzyDateResolver{} }
func (root) ScoreComponent() graph.ScoreComponentResolver   { return componentResolver{} }
func (root) SearchReading() graph.SearchReadingResolver     { return searchReadingResolver{} }
func (root) ActionPlan() graph.ActionPlanResolver           { return actionPlanResolver{} }
func (root) PlanTarget() graph.PlanTargetResolver           { return planTargetResolver{} }
func (root) PlanLink() graph.PlanLinkResolver               { return planLinkResolver{} }
func (root) PlanPhase() graph.PlanPhaseResolver             { return planPhaseResolver{} }
func (root) PathStep() graph.PathStepResolver               { return pathStepResolver{} }
func (root) PlanItem() graph.PlanItemResolver               { return planItemResolver{} }
func (root) PlanNeed() graph.PlanNeedResolver               { return planNeedResolver{} }
func (root) PlanWarning() graph.PlanWarningResolver         { return planWarningResolver{} }
func (root) InitiativeComparison() graph.InitiativeComparisonResolver {
	return initiativeComparisonResolver{}
}
func (root) InitiativePair() graph.InitiativePairResolver { return initiativePairResolver{} }
func (root) ComparisonDimension() graph.ComparisonDimensionResolver {
	return comparisonDimensionResolver{}
}
func (root) SharedLink() graph.SharedLinkResolver   { return sharedLinkResolver{} }
func (root) UniqueLinks() graph.UniqueLinksResolver { return uniqueLinksResolver{} }

// entity resolves the fields that all kinds of entities have.
type entity[T masar.Entity] struct{}

func (entity[T]) Claims(ctx context.Context, of T, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, end *answers.ClaimEnd, filter *answers.ClaimFilter) (*answers.ClaimConnection, error) {
	args := edges(first, after, last, before, orderBy, filter)
	args.End = end
	return loaders.Claims(ctx, of, args)
}

// page collects the paging arguments of a list.
func page(first *int, after *string, last *int, before *string) answers.ListArgs {
	return answers.ListArgs{First: first, After: after, Last: last, Before: before}
}

// edges collects the arguments of a list of edges.
func edges(first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) answers.ListArgs {
	return answers.ListArgs{First: first, After: after, Last: last, Before: before, OrderBy: orderBy, Filter: filter}
}

// optional returns nil for a zero value, which means unknown.
func optional[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}
