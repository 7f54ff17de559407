package resolvers

import (
	"context"

	"masar"
	"masar/advice"
	"masar/answers"
	"masar/loaders"
	"masar/scoring"
)

type queryResolver struct{}

func (queryResolver) Snapshot(ctx context.Context) (string, error) {
	return loaders.From(ctx).Graph.Snapshot(), nil
}

func (queryResolver) SnapshotAt(ctx context.Context) (*string, error) {
	return loaders.SnapshotAt(ctx)
}

func (queryResolver) Node(ctx context.Context, id string) (masar.Node, error) {
	return loaders.Node(ctx, id)
}

func (queryResolver) Nodes(ctx context.Context, ids []string) ([]masar.Node, error) {
	return loaders.Nodes(ctx, ids)
}

func (queryResolver) Entity(ctx context.Context, ref masar.Ref) (masar.Entity, error) {
	return loaders.Find[masar.Entity](ctx, ref)
}

func (queryResolver) Labels(ctx context.Context, of answers.Vocabulary) ([]*answers.EnumLabel, error) {
	return loaders.EnumLabels(ctx, of), nil
}

func (queryResolver) Claims(ctx context.Context, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.ClaimConnection, error) {
	return loaders.Claims(ctx, nil, edges(first, after, last, before, orderBy, filter))
}

func (queryResolver) Claim(ctx context.Context, id string) (*masar.Claim, error) {
	return loaders.NodeOf[*masar.Claim](ctx, id)
}

func (queryResolver) Evidence(ctx context.Context, id string) (*masar.Evidence, error) {
	return loaders.NodeOf[*masar.Evidence](ctx, id)
}

func (queryResolver) ScoringProfile(_ context.Context, name string) (*masar.ScoringProfile, error) {
	return scoring.ProfileNamed(name), nil
}

func (queryResolver) SdgGoal(ctx context.Context, code string) (*masar.SdgGoal, error) {
	return loaders.Find[*masar.SdgGoal](ctx, masar.Ref{Kind: masar.KindSdgGoal, Code: code})
}

func (queryResolver) SdgTarget(ctx context.Context, code string) (*masar.SdgTarget, error) {
	return loaders.Find[*masar.SdgTarget](ctx, masar.Ref{Kind: masar.KindSdgTarget, Code: code})
}

func (queryResolver) SdgIndicator(ctx context.Context, code string) (*masar.SdgIndicator, error) {
	return loaders.Find[*masar.SdgIndicator](ctx, masar.Ref{Kind: masar.KindSdgIndicator, Code: code})
}

func (queryResolver) LegacyTarget(ctx context.Context, code string) (*masar.LegacyTarget, error) {
	return loaders.Find[*masar.LegacyTarget](ctx, masar.Ref{Kind: masar.KindLegacyTarget, Code: code})
}

func (queryResolver) Framework(ctx context.Context, code string) (*masar.Framework, error) {
	return loaders.Find[*masar.Framework](ctx, masar.Ref{Kind: masar.KindFramework, Code: code})
}

func (queryResolver) Principle(ctx context.Context, code string) (*masar.Principle, error) {
	return loaders.Find[*masar.Principle](ctx, masar.Ref{Kind: masar.KindPrinciple, Code: code})
}

func (queryResolver) Initiative(ctx context.Context, code string) (*masar.Initiative, error) {
	return loaders.Find[*masar.Initiative](ctx, masar.Ref{Kind: masar.KindInitiative, Code: code})
}

func (queryResolver) Organization(ctx context.Context, code string) (*masar.Organization, error) {
	return loaders.Find[*masar.Organization](ctx, masar.Ref{Kind: masar.KindOrganization, Code: code})
}

func (queryResolver) Country(ctx context.Context, code string) (*masar.Country, error) {
	return loaders.Find[*masar.Country](ctx, masar.Ref{Kind: masar.KindCountry, Code: code})
}

func (queryResolver) CountryGroup(ctx context.Context, code string) (*masar.CountryGroup, error) {
	return loaders.Find[*masar.CountryGroup](ctx, masar.Ref{Kind: masar.KindCountryGroup, Code: code})
}

func (queryResolver) Challenge(ctx context.Context, code string) (*masar.Challenge, error) {
	return loaders.Find[*masar.Challenge](ctx, masar.Ref{Kind: masar.KindChallenge, Code: code})
}

func (queryResolver) Topic(ctx context.Context, code string) (*masar.Topic, error) {
	return loaders.Find[*masar.Topic](ctx, masar.Ref{Kind: masar.KindTopic, Code: code})
}

func (queryResolver) Recommendation(ctx context.Context, code string) (*masar.Recommendation, error) {
	return loaders.Find[*masar.Recommendation](ctx, masar.Ref{Kind: masar.KindRecommendation, Code: code})
}

func (queryResolver) CaseStudy(ctx context.Context, code string) (*masar.CaseStudy, error) {
	return loaders.Find[*masar.CaseStudy](ctx, masar.Ref{Kind: masar.KindCaseStudy, Code: code})
}

func (queryResolver) Activity(ctx context.Context, code string) (*masar.Activity, error) {
	return loaders.Find[*masar.Activity](ctx, masar.Ref{Kind: masar.KindActivity, Code: code})
}

func (queryResolver) Output(ctx context.Context, code string) (*masar.Output, error) {
	return loaders.Find[*masar.Output](ctx, masar.Ref{Kind: masar.KindOutput, Code: code})
}

func (queryResolver) Document(ctx context.Context, code string) (*masar.Document, error) {
	return loaders.Find[*masar.Document](ctx, masar.Ref{Kind: masar.KindDocument, Code: code})
}

func (queryResolver) Indicator(ctx context.Context, code string) (*masar.Indicator, error) {
	return loaders.Find[*masar.Indicator](ctx, masar.Ref{Kind: masar.KindIndicator, Code: code})
}

func (queryResolver) SdgGoals(ctx context.Context, first *int, after *string, last *int, before *string) (*answers.SdgGoalConnection, error) {
	return loaders.All[*masar.SdgGoal](ctx, masar.KindSdgGoal, page(first, after, last, before))
}

func (queryResolver) SdgTargets(ctx context.Context, first *int, after *string, last *int, before *string) (*answers.SdgTargetConnection, error) {
	return loaders.All[*masar.SdgTarget](ctx, masar.KindSdgTarget, page(first, after, last, before))
}

func (queryResolver) SdgIndicators(ctx context.Context, first *int, after *string, last *int, before *string) (*answers.SdgIndicatorConnection, error) {
	return loaders.All[*masar.SdgIndicator](ctx, masar.KindSdgIndicator, page(first, after, last, before))
}

func (queryResolver) LegacyTargets(ctx context.Context, first *int, after *string, last *int, before *string) (*answers.LegacyTargetConnection, error) {
	return loaders.All[*masar.LegacyTarget](ctx, masar.KindLegacyTarget, page(first, after, last, before))
}

func (queryResolver) Frameworks(ctx context.Context, first *int, after *string, last *int, before *string) (*answers.FrameworkConnection, error) {
	return loaders.All[*masar.Framework](ctx, masar.KindFramework, page(first, after, last, before))
}

func (queryResolver) Principles(ctx context.Context, first *int, after *string, last *int, before *string) (*answers.PrincipleConnection, error) {
	return loaders.All[*masar.Principle](ctx, masar.KindPrinciple, page(first, after, last, before))
}

func (queryResolver) Initiatives(ctx context.Context, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.InitiativeConnection, error) {
	return loaders.All[*masar.Initiative](ctx, masar.KindInitiative, edges(first, after, last, before, orderBy, filter))
}

func (queryResolver) Organizations(ctx context.Context, first *int, after *string, last *int, before *string) (*answers.OrganizationConnection, error) {
	return loaders.All[*masar.Organization](ctx, masar.KindOrganization, page(first, after, last, before))
}

func (queryResolver) Countries(ctx context.Context, first *int, after *string, last *int, before *string) (*answers.CountryConnection, error) {
	return loaders.All[*masar.Country](ctx, masar.KindCountry, page(first, after, last, before))
}

func (queryResolver) CountryGroups(ctx context.Context, first *int, after *string, last *int, before *string) (*answers.CountryGroupConnection, error) {
	return loaders.All[*masar.CountryGroup](ctx, masar.KindCountryGroup, page(first, after, last, before))
}

func (queryResolver) Challenges(ctx context.Context, first *int, after *string, last *int, before *string) (*answers.ChallengeConnection, error) {
	return loaders.All[*masar.Challenge](ctx, masar.KindChallenge, page(first, after, last, before))
}

func (queryResolver) Topics(ctx context.Context, first *int, after *string, last *int, before *string) (*answers.TopicConnection, error) {
	return loaders.All[*masar.Topic](ctx, masar.KindTopic, page(first, after, last, before))
}

func (queryResolver) Recommendations(ctx context.Context, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.RecommendationConnection, error) {
	return loaders.All[*masar.Recommendation](ctx, masar.KindRecommendation, edges(first, after, last, before, orderBy, filter))
}

func (queryResolver) CaseStudies(ctx context.Context, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.CaseStudyConnection, error) {
	return loaders.All[*masar.CaseStudy](ctx, masar.KindCaseStudy, edges(first, after, last, before, orderBy, filter))
}

func (queryResolver) Activities(ctx context.Context, first *int, after *string, last *int, before *string) (*answers.ActivityConnection, error) {
	return loaders.All[*masar.Activity](ctx, masar.KindActivity, page(first, after, last, before))
}

func (queryResolver) Outputs(ctx context.Context, first *int, after *string, last *int, before *string) (*answers.OutputConnection, error) {
	return loaders.All[*masar.Output](ctx, masar.KindOutput, page(first, after, last, before))
}

func (queryResolver) Documents(ctx context.Context, first *int, after *string, last *int, before *string) (*answers.DocumentConnection, error) {
	return loaders.All[*masar.Document](ctx, masar.KindDocument, page(first, after, last, before))
}

func (queryResolver) Indicators(ctx context.Context, first *int, after *string, last *int, before *string) (*answers.IndicatorConnection, error) {
	return loaders.All[*masar.Indicator](ctx, masar.KindIndicator, page(first, after, last, before))
}

func (queryResolver) AssembleActionPlan(ctx context.Context, input answers.ActionPlanInput) (*answers.ActionPlan, error) {
	return loaders.Compute(ctx, nil, advice.AssembleActionPlan, input)
}

func (queryResolver) Changes(ctx context.Context, since, until *string, first *int, after *string, last *int, before *string) (*answers.ChangeConnection, error) {
	return loaders.Changes(ctx, answers.ChangeArgs{Since: since, Until: until, First: first, After: after, Last: last, Before: before})
}

func (queryResolver) Dashboard(ctx context.Context, filter *answers.ClaimFilter, asOf *string) (*answers.Dashboard, error) {
	return loaders.Dashboard(ctx, answers.DashboardArgs{Filter: filter, AsOf: asOf})
}

func (queryResolver) GapMap(ctx context.Context, rows, columns answers.Dimension, filter *answers.ClaimFilter, asOf, country *string, maturity *float64, firstRows, firstColumns *int) (*answers.GapMap, error) {
	return loaders.GapMap(ctx, answers.GapMapArgs{
		Rows: rows, Columns: columns, Filter: filter, AsOf: asOf, Country: country, Maturity: maturity,
		FirstRows: firstRows, FirstColumns: firstColumns,
	})
}

func (queryResolver) CompareInitiatives(ctx context.Context, codes []string) (*answers.InitiativeComparison, error) {
	return loaders.Compute(ctx, nil, advice.CompareInitiatives, codes)
}

func (queryResolver) EvidencePaths(ctx context.Context, from, to masar.Ref, maxHops, first *int, predicates []masar.Predicate, pattern *answers.PathPattern, minNet *float64, directed *bool) (*answers.EvidencePathResult, error) {
	return loaders.EvidencePaths(ctx, from, to, answers.PathArgs{
		MaxHops: maxHops, First: first, Predicates: predicates, Pattern: pattern, MinNet: minNet, Directed: directed,
	})
}

func (queryResolver) Neighbourhood(ctx context.Context, of masar.Ref, depth, limit *int, kinds []masar.Kind, limitPerKind *int) (*answers.Neighbourhood, error) {
	return loaders.Neighbourhood(ctx, of, answers.NeighbourhoodArgs{Depth: depth, Limit: limit, Kinds: kinds, LimitPerKind: limitPerKind})
}

func (queryResolver) Search(ctx context.Context, query string, prefix *bool, kinds []masar.Kind, filter *answers.ClaimFilter, first *int, after *string) (*answers.SearchConnection, error) {
	return loaders.Search(ctx, answers.SearchArgs{Query: query, Prefix: prefix, Kinds: kinds, Filter: filter, First: first, After: after})
}

func (queryResolver) TailoredRecommendations(ctx context.Context, country string, target *string, first *int, rankBy *masar.ScoreEnd, done []*answers.DoneInput, asOf *string) (*answers.TailoredRecommendations, error) {
	return loaders.Compute(ctx, asOf, advice.TailoredRecommendations, answers.TailoredArgs{
		Country: country, Target: target, First: first, RankBy: rankBy, Done: done,
	})
}

func (queryResolver) TwinningMatches(ctx context.Context, country string, topic *string, first *int, asOf *string) (*answers.TwinningMatches, error) {
	return loaders.Compute(ctx, asOf, advice.TwinningMatches, answers.TwinningArgs{Country: country, Topic: topic, First: first})
}
