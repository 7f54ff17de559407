// Package resolvers wires the fields of the API to what answers them, one file for each GraphQL type.
// A resolver does not think: lists and links come from loaders, which know the request's snapshot of the graph.
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

// NewSchema is the executable schema. Its operations run in a context that loaders.Service.Begin made.
var NewSchema = sync.OnceValue(func() graphql.ExecutableSchema {
	schema := graph.NewExecutableSchema(graph.Config{Resolvers: root{}})
	// The parser's prelude has @defer, so that introspection would promise it; an answer here comes whole.
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
func (root) Component() graph.ComponentResolver             { return componentResolver{} }
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

// entity has the fields that lead on from every kind of entity.
type entity[T masar.Entity] struct{}

func (entity[T]) Claims(ctx context.Context, of T, first *int, after *string, last *int, before *string, end *answers.ClaimEnd, filter *answers.ClaimFilter) (*answers.ClaimConnection, error) {
	args := page(first, after, last, before)
	args.End, args.Filter = end, filter
	return loaders.Claims(ctx, of, args)
}

// page gathers the arguments of a list.
func page(first *int, after *string, last *int, before *string) answers.ListArgs {
	return answers.ListArgs{First: first, After: after, Last: last, Before: before}
}

// edges gathers the arguments of a list that follows claims.
func edges(first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) answers.ListArgs {
	return answers.ListArgs{First: first, After: after, Last: last, Before: before, OrderBy: orderBy, Filter: filter}
}

// optional is null for a zero value, which means that nothing is known.
func optional[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}
