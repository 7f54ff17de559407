package topology_test

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"masar"
	"masar/answers"
	"masar/scoring"
	"masar/topology"
)

// Catches: a claim followed in the wrong direction or by the wrong predicate, and one that is not followed.
func TestFollowOneStep(t *testing.T) {
	g := build(t, `
		RECOMMENDATION/R10 ADVANCES SDG_TARGET/16.6
		RECOMMENDATION/R2 ADVANCES SDG_TARGET/16.6
		RECOMMENDATION/R2 ADVANCES SDG_TARGET/16.10
		RECOMMENDATION/R2 REQUIRES RECOMMENDATION/R10
		INITIATIVE/I1 CONTRIBUTES_TO SDG_TARGET/16.6`)
	for _, c := range []struct {
		from string
		step topology.Step
		want string
	}{
		{"SDG_TARGET/16.6", in(masar.Advances), "R2 R10"},
		{"SDG_TARGET/16.6", out(masar.Advances), ""},
		{"SDG_TARGET/16.6", in(masar.ContributesTo), "I1"},
		{"SDG_TARGET/16.10", in(masar.Advances), "R2"},
		{"RECOMMENDATION/R2", out(masar.Advances), "16.6 16.10"},
		{"RECOMMENDATION/R2", in(masar.Advances), ""},
		{"RECOMMENDATION/R2", out(masar.Requires), "R10"},
		{"RECOMMENDATION/R10", in(masar.Requires), "R2"},
	} {
		t.Run(fmt.Sprint(c.from, c.step), func(t *testing.T) { equal(t, c.want, g.follow(c.from, answers.ListArgs{}, c.step)) })
	}
}

// Catches: steps in the wrong order, an entity listed once per path, and wrong claims in Via.
func TestFollowSeveralSteps(t *testing.T) {
	g := build(t, `
		ACTIVITY/WEBINAR PART_OF INITIATIVE/ENACT
		ACTIVITY/MEETING PART_OF INITIATIVE/ENACT
		RECOMMENDATION/KM-10 ISSUED_IN ACTIVITY/WEBINAR + NEWS D1
		RECOMMENDATION/KM-2 ISSUED_IN ACTIVITY/WEBINAR
		RECOMMENDATION/KM-10 ISSUED_IN ACTIVITY/MEETING + SYSTEMATIC_REVIEW D2
		RECOMMENDATION/KM-3 ISSUED_IN DOCUMENT/D1
		RECOMMENDATION/KM-10 ADVANCES SDG_TARGET/16.6
		RECOMMENDATION/KM-2 ADVANCES SDG_TARGET/16.6
		RECOMMENDATION/KM-2 ADVANCES SDG_TARGET/9.c`)
	back := []topology.Step{in(masar.PartOf), in(masar.IssuedIn)}
	equal(t, "KM-2 KM-10", g.follow("INITIATIVE/ENACT", answers.ListArgs{}, back...))
	equal(t, "9.c 16.6", g.follow("INITIATIVE/ENACT", answers.ListArgs{}, append(back, out(masar.Advances))...))
	equal(t, "ENACT", g.follow("RECOMMENDATION/KM-2", answers.ListArgs{}, out(masar.IssuedIn), out(masar.PartOf)))
	equal(t, "", g.follow("INITIATIVE/ENACT", answers.ListArgs{}, in(masar.IssuedIn), in(masar.PartOf)))

	p, err := g.Follow(g.at("INITIATIVE/ENACT"), back, nil, answers.ListArgs{})
	if err != nil {
		t.Fatal(err)
	}
	var ways []string
	for _, it := range p.Items {
		for _, c := range it.Via {
			ways = append(ways, g.names[g.ClaimRecord(c).UID])
		}
	}
	equal(t, []string{ // to KM-10 by the path whose last claim has the most support
		"WEBINAR PART_OF ENACT", "KM-2 ISSUED_IN WEBINAR", "MEETING PART_OF ENACT", "KM-10 ISSUED_IN MEETING",
	}, ways)
}

// Catches: a list ordered or filtered by a weaker path although a stronger one leads to the same entity.
func TestStrongestWayCounts(t *testing.T) {
	g := build(t, `
		CASE_STUDY/C1 PRACTISED_IN COUNTRY/EGY
		CASE_STUDY/C2 PRACTISED_IN COUNTRY/EGY
		CASE_STUDY/C1 DEMONSTRATES RECOMMENDATION/R1 + OPINION D1
		CASE_STUDY/C2 DEMONSTRATES RECOMMENDATION/R1 + SYSTEMATIC_REVIEW D2
		CASE_STUDY/C1 DEMONSTRATES RECOMMENDATION/R2 + OUTCOME_DOCUMENT D3`)
	steps := []topology.Step{in(masar.PractisedIn), out(masar.Demonstrates)}
	equal(t, "R1 R2", g.follow("COUNTRY/EGY", answers.ListArgs{OrderBy: by(answers.OrderBySupport, answers.Descending)}, steps...))
	equal(t, "R1", g.follow("COUNTRY/EGY", answers.ListArgs{Filter: &answers.ClaimFilter{MinNet: new(.5)}}, steps...))
}

func by(field answers.EdgeOrderField, direction answers.OrderDirection) *answers.EdgeOrder {
	return &answers.EdgeOrder{Field: field, Direction: direction}
}

// Catches: a list of one kind with other kinds, and a list of every kind that misses some. Kinds are in the order of
// masar.Kinds.
func TestFollowKinds(t *testing.T) {
	g := build(t, `
		DOCUMENT/D1 CONCERNS TOPIC/AI
		CASE_STUDY/C1 CONCERNS TOPIC/AI
		RECOMMENDATION/R1 CONCERNS TOPIC/AI
		INITIATIVE/I1 CONCERNS TOPIC/AI`)
	for _, c := range []struct {
		kinds []masar.Kind
		want  string
	}{
		{nil, "I1 R1 C1 D1"},
		{[]masar.Kind{masar.KindCaseStudy}, "C1"},
		{[]masar.Kind{masar.KindDocument, masar.KindInitiative}, "I1 D1"},
		{[]masar.Kind{masar.KindTopic}, ""},
		{[]masar.Kind{}, ""},
	} {
		equal(t, c.want, g.ofKinds("TOPIC/AI", c.kinds, answers.ListArgs{}, in(masar.Concerns)))
	}
}

// Catches: roles merged into one item, and a role argument without effect.
func TestFollowRoles(t *testing.T) {
	g := build(t, `
		ORGANIZATION/GIZ PARTICIPATES INITIATIVE/INNOPA PARTNER
		ORGANIZATION/GIZ PARTICIPATES INITIATIVE/INNOPA IMPLEMENTER
		ORGANIZATION/BMZ PARTICIPATES INITIATIVE/INNOPA COMMISSIONER
		ORGANIZATION/MCIT PARTICIPATES INITIATIVE/INNOPA PARTNER
		ORGANIZATION/MCIT PARTICIPATES INITIATIVE/OTHER FUNDER`)
	for _, c := range []struct {
		roles []masar.Role
		want  string
	}{
		{nil, "BMZ:COMMISSIONER GIZ:IMPLEMENTER GIZ:PARTNER MCIT:PARTNER"},
		{[]masar.Role{masar.RolePartner}, "GIZ:PARTNER MCIT:PARTNER"},
		{[]masar.Role{masar.RolePartner, masar.RoleCommissioner}, "BMZ:COMMISSIONER GIZ:PARTNER MCIT:PARTNER"},
		{[]masar.Role{masar.RoleFunder}, ""},
		{[]masar.Role{}, "BMZ:COMMISSIONER GIZ:IMPLEMENTER GIZ:PARTNER MCIT:PARTNER"},
	} {
		equal(t, c.want, g.follow("INITIATIVE/INNOPA", answers.ListArgs{Roles: c.roles}, in(masar.Participates)))
	}
	equal(t, "OTHER:FUNDER", g.follow("ORGANIZATION/MCIT", answers.ListArgs{Roles: []masar.Role{masar.RoleFunder}}, out(masar.Participates)))
}

// Catches: a claim that is followed before it is accepted, after it is rejected, or although it is refuted; and one
// that is not followed because it is contested or without evidence.
func TestOnlyAcceptedAndNotRefutedClaimsAreFollowed(t *testing.T) {
	g := build(t, `
		RECOMMENDATION/BARE ADVANCES SDG_TARGET/16.6
		RECOMMENDATION/CONTESTED ADVANCES SDG_TARGET/16.6 + NEWS D1 - NEWS D2
		RECOMMENDATION/DEPRECATED ADVANCES SDG_TARGET/16.6 DEPRECATED + NEWS D1
		RECOMMENDATION/INFERRED ADVANCES SDG_TARGET/16.6 INFERRED + NEWS D1
		RECOMMENDATION/REFUTED ADVANCES SDG_TARGET/16.6 + OPINION D1 - NEWS D2
		RECOMMENDATION/REJECTED ADVANCES SDG_TARGET/16.6 REJECTED + NEWS D1
		RECOMMENDATION/SUBMITTED ADVANCES SDG_TARGET/16.6 SUBMITTED + NEWS D1
		RECOMMENDATION/SUGGESTED ADVANCES SDG_TARGET/16.6 SUGGESTED + NEWS D1
		RECOMMENDATION/SUPPORTED ADVANCES SDG_TARGET/16.6 + NEWS D1 - OPINION D2
		RECOMMENDATION/UNREVIEWED ADVANCES SDG_TARGET/16.6 + OPINION D1 - NEWS D2 SUGGESTED`)
	equal(t, "BARE CONTESTED INFERRED SUPPORTED UNREVIEWED", g.follow("SDG_TARGET/16.6", answers.ListArgs{}, in(masar.Advances)))
	equal(t, "", g.follow("RECOMMENDATION/REFUTED", answers.ListArgs{}, out(masar.Advances)))
	equal(t, "", g.follow("RECOMMENDATION/REJECTED", answers.ListArgs{}, out(masar.Advances)))
}

// goalLevel is a graph with claims about a target, about its goal, and about both.
const goalLevel = `
	SDG_TARGET/16.6 parent SDG_GOAL/16
	RECOMMENDATION/TARGET ADVANCES SDG_TARGET/16.6 + NEWS D1
	RECOMMENDATION/BOTH ADVANCES SDG_TARGET/16.6 + OPINION D1
	RECOMMENDATION/BOTH ADVANCES SDG_GOAL/16 + SYSTEMATIC_REVIEW D1
	RECOMMENDATION/GOAL ADVANCES SDG_GOAL/16 + OUTCOME_DOCUMENT D1 GOAL_NAMED
	RECOMMENDATION/OTHER ADVANCES SDG_GOAL/17 + NEWS D1
	RECOMMENDATION/DOUBTED ADVANCES SDG_GOAL/16 + OUTCOME_DOCUMENT D1 - OFFICIAL_STATISTIC D2 INFERENCE
	RECOMMENDATION/DENIED ADVANCES SDG_GOAL/16 + OPINION D1 - NEWS D2`

// Catches: a claim about a goal that counts as one about a target: listed without request, not marked, counted in
// full, or in place of a claim about the target itself.
func TestGoalLevel(t *testing.T) {
	g := build(t, goalLevel)
	advance := in(masar.Advances)
	equal(t, "BOTH TARGET", g.follow("SDG_TARGET/16.6", answers.ListArgs{}, advance))
	equal(t, "BOTH TARGET", g.follow("SDG_TARGET/16.6", answers.ListArgs{IncludeGoalLevel: new(false)}, advance))
	// DOUBTED has weak support for the goal. Counted for the target, its supporting evidence is weaker than its refuting
	// evidence.
	equal(t, "BOTH GOAL* TARGET", g.follow("SDG_TARGET/16.6", answers.ListArgs{IncludeGoalLevel: new(true)}, advance))
	equal(t, "BOTH DOUBTED GOAL", g.follow("SDG_GOAL/16", answers.ListArgs{IncludeGoalLevel: new(true)}, advance))

	goal := g.claim("RECOMMENDATION/GOAL ADVANCES SDG_GOAL/16")
	if full, half := g.Support(goal).Supports, g.SupportAtTarget(goal).Supports; math.Abs(full-.5*.7*6/(math.Pi*math.Pi)) > 1e-9 || math.Abs(half-.5*.5*6/(math.Pi*math.Pi)) > 1e-9 {
		t.Errorf("support for the goal %v, for the target %v", full, half)
	}
	// S⁺ is .18 for TARGET, .15 for GOAL, and .12 for BOTH, whose perfect evidence is about the goal.
	args := answers.ListArgs{IncludeGoalLevel: new(true), OrderBy: by(answers.OrderBySupport, answers.Descending)}
	equal(t, "TARGET GOAL* BOTH", g.follow("SDG_TARGET/16.6", args, advance))
	// The filter excludes BOTH's claim about the target, which leaves the one about the goal.
	args.Filter = &answers.ClaimFilter{MinNet: new(.16)}
	equal(t, "BOTH* TARGET", g.follow("SDG_TARGET/16.6", args, advance))
}

// Catches: an order other than requested, and ties not broken by code, in either direction.
func TestOrder(t *testing.T) {
	g := build(t, `
		RECOMMENDATION/R10 ADVANCES SDG_TARGET/16.6 + NEWS D1
		RECOMMENDATION/R2 ADVANCES SDG_TARGET/16.6 + PROJECT_PAGE D2
		RECOMMENDATION/R3 ADVANCES SDG_TARGET/16.6 + SYSTEMATIC_REVIEW D1
		RECOMMENDATION/R1 ADVANCES SDG_TARGET/16.6 + OPINION D1
		RECOMMENDATION/R4 ADVANCES SDG_TARGET/16.6
		RECOMMENDATION/R11 ADVANCES SDG_TARGET/16.6 + NEWS D3
		INITIATIVE/I1 ALIGNS_WITH PRINCIPLE/RITE
		ORGANIZATION/O2 PARTICIPATES INITIATIVE/I1 FUNDER
		ORGANIZATION/O2 PARTICIPATES INITIATIVE/I1 PARTNER
		ORGANIZATION/O1 PARTICIPATES INITIATIVE/I1 TRAINER + NEWS D1`)
	for _, c := range []struct {
		order *answers.EdgeOrder
		want  string
		roles string
	}{
		{nil, "R1 R2 R3 R4 R10 R11", "O1:TRAINER O2:FUNDER O2:PARTNER"},
		{by(answers.OrderByCode, answers.Ascending), "R1 R2 R3 R4 R10 R11", "O1:TRAINER O2:FUNDER O2:PARTNER"},
		{by(answers.OrderByCode, answers.Descending), "R11 R10 R4 R3 R2 R1", "O2:PARTNER O2:FUNDER O1:TRAINER"},
		{by(answers.OrderBySupport, answers.Ascending), "R4 R1 R2 R10 R11 R3", "O2:FUNDER O2:PARTNER O1:TRAINER"},
		{by(answers.OrderBySupport, answers.Descending), "R3 R2 R10 R11 R1 R4", "O1:TRAINER O2:FUNDER O2:PARTNER"},
	} {
		t.Run(fmt.Sprint(c.order), func(t *testing.T) {
			equal(t, c.want, g.follow("SDG_TARGET/16.6", answers.ListArgs{OrderBy: c.order}, in(masar.Advances)))
			equal(t, c.roles, g.follow("INITIATIVE/I1", answers.ListArgs{OrderBy: c.order}, in(masar.Participates)))
		})
	}
}

// Catches: a null filter with an effect, and a filter with another effect than its meaning.
func TestFilter(t *testing.T) {
	g := build(t, `
		RECOMMENDATION/R1 ADVANCES SDG_TARGET/16.6 + NEWS D1
		RECOMMENDATION/R2 ADVANCES SDG_TARGET/16.6 INFERRED + SYSTEMATIC_REVIEW D1
		RECOMMENDATION/R3 ADVANCES SDG_TARGET/16.6 + SYSTEMATIC_REVIEW D1 + SYSTEMATIC_REVIEW D2
		RECOMMENDATION/R4 ADVANCES SDG_TARGET/16.6 INFERRED
		RECOMMENDATION/R5 ADDRESSES CHALLENGE/SKILLS INFERRED + OPINION D2`)
	for _, c := range []struct {
		name   string
		filter *answers.ClaimFilter
		want   string // entities listed for the target
		claims int    // claims in the whole graph
	}{
		{"null", nil, "R1 R2 R3 R4", 5},
		{"empty", &answers.ClaimFilter{}, "R1 R2 R3 R4", 5},
		{"stated", &answers.ClaimFilter{Basis: new(masar.Stated)}, "R1 R3", 2},
		{"inferred", &answers.ClaimFilter{Basis: new(masar.Inferred)}, "R2 R4", 3},
		{"predicate", &answers.ClaimFilter{Predicates: []masar.Predicate{masar.Advances}}, "R1 R2 R3 R4", 4},
		{"other predicate", &answers.ClaimFilter{Predicates: []masar.Predicate{masar.Addresses}}, "", 1},
		{"predicates", &answers.ClaimFilter{Predicates: []masar.Predicate{masar.Addresses, masar.Advances}}, "R1 R2 R3 R4", 5},
		{"empty lists", &answers.ClaimFilter{Predicates: []masar.Predicate{}, Certainties: []masar.Certainty{}}, "R1 R2 R3 R4", 5},
		{"very low", &answers.ClaimFilter{Certainties: []masar.Certainty{masar.CertaintyVeryLow}}, "R4", 2},
		{"low or moderate", &answers.ClaimFilter{Certainties: []masar.Certainty{masar.CertaintyLow, masar.CertaintyModerate}}, "R1 R2 R3", 3},
		{"high", &answers.ClaimFilter{Certainties: []masar.Certainty{masar.CertaintyHigh}}, "", 0},
		{"net of 0", &answers.ClaimFilter{MinNet: new(0.)}, "R1 R2 R3 R4", 5},
		{"net of .3", &answers.ClaimFilter{MinNet: new(.3)}, "R2 R3", 2},
		{"net of 1", &answers.ClaimFilter{MinNet: new(1.)}, "", 0},
		{"all at once", &answers.ClaimFilter{
			Basis: new(masar.Inferred), Predicates: []masar.Predicate{masar.Advances}, Certainties: []masar.Certainty{masar.CertaintyLow}, MinNet: new(.1),
		}, "R2", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			args := answers.ListArgs{Filter: c.filter}
			equal(t, c.want, g.follow("SDG_TARGET/16.6", args, in(masar.Advances)))
			claims, err := g.Claims(topology.None, args)
			if err != nil {
				t.Fatal(err)
			}
			equal(t, c.claims, len(claims.Items))
			equal(t, c.claims, claims.Total)
		})
	}
	net := g.Support(g.claim("RECOMMENDATION/R1 ADVANCES SDG_TARGET/16.6")).Net
	equal(t, "R1 R2 R3", g.follow("SDG_TARGET/16.6", answers.ListArgs{Filter: &answers.ClaimFilter{MinNet: &net}}, in(masar.Advances))) // a net support taken from an answer
}

// Catches: a single-valued field that changes between calls, or returns an entity of another kind.
func TestOne(t *testing.T) {
	g := build(t, `
		RECOMMENDATION/R1 ISSUED_IN DOCUMENT/D1
		RECOMMENDATION/R1 ISSUED_IN ACTIVITY/A10 + SYSTEMATIC_REVIEW D1
		RECOMMENDATION/R1 ISSUED_IN ACTIVITY/A9`)
	from, steps := g.at("RECOMMENDATION/R1"), []topology.Step{out(masar.IssuedIn)}
	equal(t, g.at("ACTIVITY/A9"), g.One(from, steps, masar.KindActivity))
	equal(t, g.at("DOCUMENT/D1"), g.One(from, steps, masar.KindDocument))
	equal(t, topology.None, g.One(from, steps, masar.KindTopic))
	equal(t, topology.None, g.One(from, []topology.Step{in(masar.IssuedIn)}, masar.KindDocument))
}

// Catches: a claim that is missing from the list of one of its ends, is repeated, or is out of order.
func TestClaims(t *testing.T) {
	g := build(t, `
		RECOMMENDATION/R2 CONCERNS TOPIC/AI
		RECOMMENDATION/R2 ADVANCES SDG_TARGET/16.10 + NEWS D1
		RECOMMENDATION/R2 ADVANCES SDG_TARGET/16.6
		RECOMMENDATION/R10 REQUIRES RECOMMENDATION/R2
		RECOMMENDATION/R1 REQUIRES RECOMMENDATION/R2 + OPINION D1 - NEWS D1
		RECOMMENDATION/R2 ELABORATES RECOMMENDATION/R2
		RECOMMENDATION/R3 REQUIRES RECOMMENDATION/R2 REJECTED
		ORGANIZATION/O1 PARTICIPATES INITIATIVE/I1 PARTNER
		ORGANIZATION/O1 PARTICIPATES INITIATIVE/I1 FUNDER`)
	asSubject := "R2 ADVANCES 16.6\nR2 ADVANCES 16.10\nR2 CONCERNS AI\nR2 ELABORATES R2"
	for _, c := range []struct {
		end  *answers.ClaimEnd
		want string
	}{
		{nil, "R1 REQUIRES R2\n" + asSubject + "\nR10 REQUIRES R2"}, // a refuted claim is accepted
		{new(answers.AnyEnd), "R1 REQUIRES R2\n" + asSubject + "\nR10 REQUIRES R2"},
		{new(answers.SubjectEnd), asSubject},
		{new(answers.ObjectEnd), "R1 REQUIRES R2\nR2 ELABORATES R2\nR10 REQUIRES R2"},
	} {
		equal(t, c.want, items(t)(g.claims(g.Claims(g.at("RECOMMENDATION/R2"), answers.ListArgs{End: c.end}))))
	}
	equal(t, "O1 PARTICIPATES I1 FUNDER\nO1 PARTICIPATES I1 PARTNER\nR1 REQUIRES R2\n"+asSubject+"\nR10 REQUIRES R2",
		items(t)(g.claims(g.Claims(topology.None, answers.ListArgs{}))))
	equal(t, "R2 ADVANCES 16.10", items(t)(g.claims(g.Claims(g.at("RECOMMENDATION/R2"), answers.ListArgs{Filter: &answers.ClaimFilter{MinNet: new(.1)}}))))
	equal(t, "", items(t)(g.claims(g.Claims(g.at("DOCUMENT/D1"), answers.ListArgs{}))))
}

// Catches: evidence listed for another claim, out of order, omitted because it refutes the claim, or listed although it is
// not accepted.
func TestEvidenceOf(t *testing.T) {
	g := build(t, `
		RECOMMENDATION/R1 ADVANCES SDG_TARGET/16.6 + NEWS D1 - SYSTEMATIC_REVIEW D2 + OPINION D1@5 + PEER_REVIEWED OLD - IMPACT_EVALUATION D1@9 SUGGESTED + OUTCOME_DOCUMENT D3 DOUBTFUL
		RECOMMENDATION/R2 ADVANCES SDG_TARGET/16.6 + NEWS D1
		RECOMMENDATION/R3 ADVANCES SDG_TARGET/16.6
		DOCUMENT/OLD date 2001`)
	list := func(triple string) string {
		return items(t)(g.evidence(g.EvidenceOf(g.claim(triple), answers.ListArgs{})))
	}
	equal(t, strings.Join([]string{
		"- SYSTEMATIC_REVIEW D2@0", "+ OUTCOME_DOCUMENT D3@0", "+ NEWS D1@0", "+ PEER_REVIEWED OLD@0", "+ OPINION D1@5",
	}, "\n"), list("RECOMMENDATION/R1 ADVANCES SDG_TARGET/16.6")) // 1, .4, .3, .21, .2
	equal(t, "+ NEWS D1@0", list("RECOMMENDATION/R2 ADVANCES SDG_TARGET/16.6"))
	equal(t, "", list("RECOMMENDATION/R3 ADVANCES SDG_TARGET/16.6"))
}

// Catches: a list of evidence in another order than the terms of the claim's support, including ties.
func TestEvidenceOfIsInTheOrderOfTheTerms(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := built(t, someOutline(t))
		for _, c := range g.allClaims() {
			var terms, list []topology.Evidence
			for _, term := range g.Support(c).Terms {
				e, ok := g.FindEvidence(term.EvidenceKey)
				if !ok || g.ClaimOf(e) != c {
					t.Fatalf("term %+v belongs to no evidence of the claim", term)
				}
				terms = append(terms, e)
			}
			list = all(t, func(a answers.ListArgs) (topology.Page[topology.Evidence], error) { return g.EvidenceOf(c, a) })
			if !slices.Equal(terms, list) {
				t.Errorf("the terms are %v, the list %v", terms, list)
			}
		}
	})
}

// Catches: evidence in a document that is out of order, from another document, or of a claim that is not accepted.
func TestEvidenceIn(t *testing.T) {
	g := build(t, `
		RECOMMENDATION/R1 ADVANCES SDG_TARGET/16.6 + NEWS D1@100 + NEWS D1@20 - OPINION D1@3 + NEWS D2@1
		RECOMMENDATION/R2 ADVANCES SDG_TARGET/16.6 REJECTED + SYSTEMATIC_REVIEW D1@50
		DOCUMENT/D3`)
	list := func(document string) string {
		return items(t)(g.evidence(g.EvidenceIn(g.at(document), answers.ListArgs{})))
	}
	equal(t, "- OPINION D1@3\n+ NEWS D1@20\n+ NEWS D1@100", list("DOCUMENT/D1"))
	equal(t, "+ NEWS D2@1", list("DOCUMENT/D2"))
	equal(t, "", list("DOCUMENT/D3"))
}

// Catches: observations out of order, of another country or document, or of other indicators than requested.
func TestObservations(t *testing.T) {
	g := build(t, `
		COUNTRY/TUN observed EGDI 2024 V1 D1
		COUNTRY/EGY observed EGDI 2024 V10 D2
		COUNTRY/EGY observed EGDI 2024 V9 D2
		COUNTRY/EGY observed EGDI 2024 V9 D1
		COUNTRY/EGY observed EGDI 2022 V9 D10
		COUNTRY/EGY observed 16.10.1 2023 V1 D2
		COUNTRY/EGY observed 16.6.1 2023 V1 D2
		INDICATOR/EGDI
		SDG_INDICATOR/16.6.1
		SDG_INDICATOR/16.10.1
		SDG_INDICATOR/16.1
		COUNTRY/OMN`)
	of := func(country string, indicators []string) string {
		return items(t)(g.observations(g.Observations(g.at(country), answers.ListArgs{Indicators: indicators})))
	}
	const sdg, egdi = "EGY 16.6.1 2023 V1 D2\nEGY 16.10.1 2023 V1 D2", "EGY EGDI 2022 V9 D10\nEGY EGDI 2024 V9 D1\nEGY EGDI 2024 V9 D2\nEGY EGDI 2024 V10 D2"
	equal(t, sdg+"\n"+egdi, of("COUNTRY/EGY", nil))
	equal(t, egdi, of("COUNTRY/EGY", []string{"EGDI"}))
	equal(t, sdg, of("COUNTRY/EGY", []string{"16.10.1", "16.6.1"}))
	equal(t, "", of("COUNTRY/EGY", []string{"16.1"})) // a code is not matched as a prefix
	equal(t, sdg+"\n"+egdi, of("COUNTRY/EGY", []string{}))
	_, err := g.Observations(g.at("COUNTRY/EGY"), answers.ListArgs{Indicators: []string{"EGDI", "EDGI"}})
	bad(t, err, masar.CodeBadInput, "indicators[1]")
	equal(t, "TUN EGDI 2024 V1 D1", of("COUNTRY/TUN", nil))
	equal(t, "", of("COUNTRY/OMN", nil))
	from := func(document string, indicators []string) string {
		return items(t)(g.observations(g.ObservationsFrom(g.at(document), answers.ListArgs{Indicators: indicators})))
	}
	equal(t, "EGY EGDI 2024 V9 D1\nTUN EGDI 2024 V1 D1", from("DOCUMENT/D1", nil))
	equal(t, sdg+"\nEGY EGDI 2024 V9 D2\nEGY EGDI 2024 V10 D2", from("DOCUMENT/D2", nil))
	equal(t, "EGY 16.6.1 2023 V1 D2", from("DOCUMENT/D2", []string{"16.6.1"}))
}

// Catches: a similarity based on common neighbours, an asymmetric one, and one out of range.
func TestRelated(t *testing.T) {
	g := build(t, `
		INITIATIVE/ENACT CONCERNS TOPIC/COMMON
		INITIATIVE/INNOPA CONCERNS TOPIC/COMMON
		INITIATIVE/ICTDAR CONCERNS TOPIC/COMMON
		INITIATIVE/ENACT CONCERNS TOPIC/RARE
		INITIATIVE/INNOPA CONCERNS TOPIC/RARE
		INITIATIVE/ALONE CONCERNS TOPIC/OWN
		INITIATIVE/DENIED CONCERNS TOPIC/RARE REJECTED
		CASE_STUDY/C1 CONCERNS TOPIC/RARE`)
	list := func(initiative string) string {
		return items(t)(g.entities(g.Related(g.at("INITIATIVE/"+initiative), answers.ListArgs{})))
	}
	equal(t, "INNOPA\nICTDAR", list("ENACT"))
	equal(t, "ENACT\nINNOPA", list("ICTDAR")) // equal scores, so ordered by code
	equal(t, "", list("ALONE"))
	equal(t, "", list("DENIED"))
	like := g.Compare(g.at("INITIATIVE/ENACT"), g.at("INITIATIVE/INNOPA"))
	equal(t, 1, like.Score)
	equal(t, 2, like.Either)
	equal(t, "COMMON RARE", g.codes(like.Shared))
	like = g.Compare(g.at("INITIATIVE/ICTDAR"), g.at("INITIATIVE/ENACT"))
	common, rare := 1/math.Log2(5), 1/math.Log2(5) // three active claims each; rejected claims do not count
	if want := common / (common + rare); math.Abs(like.Score-want) > 1e-12 {
		t.Errorf("similarity %v, want %v", like.Score, want)
	}
	equal(t, 0, g.Compare(g.at("INITIATIVE/ALONE"), g.at("INITIATIVE/ENACT")).Score)
	equal(t, 0, g.Compare(g.at("INITIATIVE/DENIED"), g.at("INITIATIVE/DENIED")).Score) // no neighbours
}

// Catches: an asymmetric similarity, and similarities by kind that do not add up to the whole.
func TestLikenessesByKindMakeTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := built(t, someOutline(t))
		everything := all(t, func(args answers.ListArgs) (topology.Page[topology.Entity], error) {
			return g.All(rapid.SampledFrom([]masar.Kind{masar.KindInitiative, masar.KindRecommendation, masar.KindCaseStudy}).Draw(t, "kind"), args)
		})
		if len(everything) < 2 {
			t.Skip("nothing to compare")
		}
		a, b := rapid.SampledFrom(everything).Draw(t, "a"), rapid.SampledFrom(everything).Draw(t, "b")
		whole := g.Compare(a, b)
		if other := g.Compare(b, a); other.Score != whole.Score || other.Rarity != whole.Rarity {
			t.Errorf("Compare(a, b) is %v, Compare(b, a) is %v", whole, other)
		}
		score, either, shared := 0., 0, []topology.Entity{}
		byKind := g.CompareByKind(a, b)
		for _, kind := range masar.Kinds {
			of, known := byKind[kind]
			if !known {
				continue
			}
			if of.Either == 0 {
				t.Errorf("%s is compared, but has no neighbours", kind)
			}
			score += of.Score * of.Rarity / whole.Rarity
			either += of.Either
			shared = append(shared, of.Shared...)
		}
		if math.Abs(score-whole.Score) > 1e-12 || either != whole.Either || !slices.Equal(shared, whole.Shared) {
			t.Errorf("the kinds add up to %v of %d, %v; the whole is %v", score, either, shared, whole)
		}
		for e, claims := range g.Around(a) {
			if _, neighbour := slices.BinarySearch(g.Neighbours(a), e); !neighbour || len(claims) == 0 {
				t.Errorf("%d is connected by %v, but is a neighbour: %v", e, claims, neighbour)
			}
		}
		if got, want := len(g.Around(a)), len(g.Neighbours(a)); got != want {
			t.Errorf("Around returns %d entities, but there are %d neighbours", got, want)
		}
	})
}

// slowly follows one step by the rules of the model, from the records and without an index.
func slowly(t *rapid.T, s *masar.Outline, from masar.Ref, step topology.Step, kinds []masar.Kind, args answers.ListArgs) []string {
	scorer, err := scoring.New(scoring.DefaultProfile(), asOf)
	if err != nil {
		t.Fatalf("%v", err)
	}
	entities := map[uint64]masar.EntityOutline{}
	for _, e := range s.Entities {
		entities[e.UID] = e
	}
	type item struct {
		ref   masar.Ref
		role  masar.Role
		net   float64
		goal  bool
		basis masar.Basis
	}
	var found []item
	// A refuted claim is not active, even if its refuting evidence is too weak to refute it for a target.
	asStated := scorer
	add := func(start uint64, scorer *scoring.Scorer, goal bool) {
		for _, c := range s.Claims {
			near, far := c.Subject, c.Object
			if step.Back {
				near, far = far, near
			}
			var evidence []scoring.Item
			for _, e := range s.Evidence {
				if d := entities[e.Document]; e.Claim == c.UID {
					evidence = append(evidence, scoring.Item{
						Key: e.Key, Family: d.Family, Kind: e.Kind, Stance: e.Stance, Directness: e.Directness, Basis: c.Basis, Review: e.Review,
						OCRDoubt: e.OCRDoubt, Earliest: masar.Date{EDTF: d.Date}.EarliestYear(),
					})
				}
			}
			support, f := scorer.Sum(c.Predicate.Nature(), evidence), args.Filter
			it := item{entities[far].Ref, c.Role, support.Net, goal, c.Basis}
			switch {
			case near != start, c.Predicate != step.Predicate, c.Status != masar.ClaimAccepted, support.Status == masar.Refuted, asStated.Sum(c.Predicate.Nature(), evidence).Status == masar.Refuted:
			case kinds != nil && !slices.Contains(kinds, it.ref.Kind), args.Roles != nil && !slices.Contains(args.Roles, c.Role):
			case f != nil && f.Basis != nil && *f.Basis != c.Basis, f != nil && f.MinNet != nil && support.Net < *f.MinNet:
			case f != nil && len(f.Predicates) > 0 && !slices.Contains(f.Predicates, c.Predicate):
			case f != nil && f.Certainties != nil && !slices.Contains(f.Certainties, support.Certainty):
			case slices.ContainsFunc(found, func(o item) bool { return o.ref == it.ref && o.role == it.role }):
			default:
				found = append(found, it)
			}
		}
	}
	start := s.Entities[slices.IndexFunc(s.Entities, func(e masar.EntityOutline) bool { return e.Ref == from })]
	add(start.UID, scorer, false)
	if args.IncludeGoalLevel != nil && *args.IncludeGoalLevel && start.Parent != 0 {
		add(start.Parent, scorer.ForTarget(), true)
	}
	byCode := func(a, b item) int {
		return cmp.Or(a.ref.Compare(b.ref), slices.Index(masar.Roles, a.role)-slices.Index(masar.Roles, b.role))
	}
	slices.SortFunc(found, func(a, b item) int {
		sign := 1
		if args.OrderBy != nil && args.OrderBy.Direction == answers.Descending {
			sign = -1
		}
		if args.OrderBy != nil && args.OrderBy.Field == answers.OrderBySupport {
			return cmp.Or(sign*cmp.Compare(a.net, b.net), slices.Index(masar.Bases, a.basis)-slices.Index(masar.Bases, b.basis), byCode(a, b))
		}
		return sign * byCode(a, b)
	})
	names := []string{}
	for _, it := range found {
		name := it.ref.Code
		if it.role != "" {
			name += ":" + string(it.role)
		}
		if it.goal {
			name += "*"
		}
		names = append(names, name)
	}
	return names
}

// Catches: any difference between the indexes of a graph and its records, for any combination of arguments.
func TestFollowIsWhatTheRecordsSay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := someOutline(t)
		g := built(t, s)
		args := answers.ListArgs{First: new(100)}
		maybe := func(what string) bool { return rapid.Bool().Draw(t, what) }
		if maybe("include the goal level") {
			args.IncludeGoalLevel = new(true)
		}
		if maybe("order") {
			args.OrderBy = by(rapid.SampledFrom([]answers.EdgeOrderField{answers.OrderByCode, answers.OrderBySupport}).Draw(t, "field"),
				rapid.SampledFrom([]answers.OrderDirection{answers.Ascending, answers.Descending}).Draw(t, "direction"))
		}
		if maybe("roles") {
			args.Roles = rapid.SliceOfN(rapid.SampledFrom([]masar.Role{masar.RoleFunder, masar.RolePartner, masar.RoleTrainer}), 1, 2).Draw(t, "roles")
		}
		var kinds []masar.Kind
		if maybe("kinds") {
			kinds = rapid.SliceOfN(rapid.SampledFrom([]masar.Kind{masar.KindRecommendation, masar.KindOrganization, masar.KindSdgTarget}), 1, 2).Draw(t, "kinds")
		}
		if maybe("filter") {
			args.Filter = &answers.ClaimFilter{}
			if maybe("basis") {
				args.Filter.Basis = new(rapid.SampledFrom(masar.Bases).Draw(t, "basis"))
			}
			if maybe("predicates") {
				args.Filter.Predicates = rapid.SliceOfN(rapid.SampledFrom(masar.Predicates), 0, 10).Draw(t, "predicates")
			}
			if maybe("certainties") {
				args.Filter.Certainties = rapid.SliceOfN(rapid.SampledFrom(masar.Certainties), 1, 3).Draw(t, "certainties")
			}
			if maybe("least net") {
				args.Filter.MinNet = new(rapid.Float64Range(0, .5).Draw(t, "least net"))
			}
		}
		for _, e := range s.Entities {
			for _, step := range []topology.Step{in(masar.Advances), out(masar.Advances), in(masar.Participates), out(masar.Participates)} {
				at, _ := g.Find(e.Ref)
				got, err := g.entities(g.Follow(at, []topology.Step{step}, kinds, args))
				if err != nil {
					t.Fatalf("%v", err)
				}
				if diff := gocmp.Diff(slowly(t, s, e.Ref, step, kinds, args), append([]string{}, got.Items...)); diff != "" {
					t.Errorf("%v from %v with %+v:\n%s", step, e.Ref, args, diff)
				}
			}
		}
	})
}
