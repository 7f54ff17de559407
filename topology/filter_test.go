package topology_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"masar"
	"masar/answers"
	"masar/topology"
)

// filtered lists the claims of a graph that match a filter.
func (g graph) filtered(f *answers.ClaimFilter) string {
	g.t.Helper()
	return items(g.t)(g.claims(g.Claims(topology.None, answers.ListArgs{First: new(100), Filter: f})))
}

// Catches: a filter that matches wrong claims or misses right ones. Each case has a graph of its own.
func TestFilters(t *testing.T) {
	g := build(t, `
		CASE_STUDY/C1 PRACTISED_IN COUNTRY/EGY + NEWS D1
		CASE_STUDY/C1 LED_BY ORGANIZATION/O1 + NEWS D2
		INITIATIVE/I1 OPERATES_IN COUNTRY/TUN + NEWS D1
		COUNTRY/EGY HAS_CHALLENGE CHALLENGE/H1 + NEWS D1
		RECOMMENDATION/R1 ADDRESSES CHALLENGE/H1 + NEWS D1
		ORGANIZATION/O2 PARTICIPATES INITIATIVE/I1 FUNDER + NEWS D1
		RECOMMENDATION/R1 ADVANCES SDG_TARGET/16.6 + NEWS D1 SUGGESTED + NEWS D3
		RECOMMENDATION/R2 ADVANCES SDG_GOAL/16 + NEWS D4
		ACTIVITY/A1 PART_OF INITIATIVE/I1 + NEWS D1
		ACTIVITY/A2 PART_OF ACTIVITY/A1 + NEWS D1
		RECOMMENDATION/R2 ISSUED_IN ACTIVITY/A2 + NEWS D1
		OUTPUT/U1 PART_OF INITIATIVE/I1 + NEWS D1
		RECOMMENDATION/R3 ISSUED_IN OUTPUT/U1 + NEWS D1
		RECOMMENDATION/R3 ADVANCES SDG_TARGET/17.8 + NEWS D1
		RECOMMENDATION/R1 CONCERNS TOPIC/T2 + NEWS D1
		CASE_STUDY/C2 PRACTISED_IN COUNTRY/TUN + NEWS D1 - PEER_REVIEWED D2
		CASE_STUDY/C2 LED_BY ORGANIZATION/O1 + NEWS D1
		TOPIC/T2 parent TOPIC/T1
		ORGANIZATION/O2 home COUNTRY/EGY
		SDG_TARGET/16.6 parent SDG_GOAL/16
		SDG_INDICATOR/16.6.1 parent SDG_TARGET/16.6
		DOCUMENT/D2 date 2020-06
		DOCUMENT/D3 date 2021
		DOCUMENT/D4 date unknown`)
	for name, c := range map[string]struct {
		filter answers.ClaimFilter
		want   string
	}{
		"of a country": {answers.ClaimFilter{Countries: []string{"EGY"}}, `O2 PARTICIPATES I1 FUNDER
EGY HAS_CHALLENGE H1
R1 ADDRESSES H1
C1 PRACTISED_IN EGY
C1 LED_BY O1`},
		// The case of TUN is refuted, so the claims about it do not belong to TUN.
		"of another country": {answers.ClaimFilter{Countries: []string{"TUN"}}, `I1 OPERATES_IN TUN
O2 PARTICIPATES I1 FUNDER
C2 PRACTISED_IN TUN
A1 PART_OF I1
U1 PART_OF I1`},
		"of a target":                         {answers.ClaimFilter{Targets: []string{"16.6"}}, "R1 ADVANCES 16.6"},
		"of a goal":                           {answers.ClaimFilter{Targets: []string{"16"}}, "R1 ADVANCES 16.6\nR2 ADVANCES 16"},
		"of a topic":                          {answers.ClaimFilter{Topics: []string{"T1"}}, "R1 ADVANCES 16.6\nR1 ADDRESSES H1\nR1 CONCERNS T2"},
		"in a document":                       {answers.ClaimFilter{Documents: []string{"D2", "D4"}}, "R2 ADVANCES 16\nC1 LED_BY O1\nC2 PRACTISED_IN TUN"},
		"in a document that only suggests it": {answers.ClaimFilter{Documents: []string{"D1"}, Targets: []string{"16.6"}}, ""},
		"of an initiative": {answers.ClaimFilter{Initiatives: []string{"I1"}}, `I1 OPERATES_IN TUN
O2 PARTICIPATES I1 FUNDER
R2 ADVANCES 16
R2 ISSUED_IN A2
R3 ADVANCES 17.8
R3 ISSUED_IN U1
A1 PART_OF I1
A2 PART_OF A1
U1 PART_OF I1`},
		"since a year":          {answers.ClaimFilter{Since: new("2021-01-01"), Until: new("2022-12-31")}, "R1 ADVANCES 16.6"},
		"until a year":          {answers.ClaimFilter{Until: new("2021-12-31")}, "R1 ADVANCES 16.6\nC1 LED_BY O1\nC2 PRACTISED_IN TUN"},
		"until a day":           {answers.ClaimFilter{Until: new("2020-06-01")}, "C1 LED_BY O1\nC2 PRACTISED_IN TUN"},
		"until the day before":  {answers.ClaimFilter{Until: new("2020-05-31")}, ""},
		"subjects":              {answers.ClaimFilter{SubjectKinds: []masar.Kind{masar.KindCountry, masar.KindActivity}}, "EGY HAS_CHALLENGE H1\nA1 PART_OF I1\nA2 PART_OF A1"},
		"objects":               {answers.ClaimFilter{ObjectKinds: []masar.Kind{masar.KindSdgGoal, masar.KindTopic}}, "R1 CONCERNS T2\nR2 ADVANCES 16"},
		"a kind of which is no": {answers.ClaimFilter{ObjectKinds: []masar.Kind{masar.KindFramework}}, ""},
		"both": {answers.ClaimFilter{And: []*answers.ClaimFilter{{Countries: []string{"EGY"}}, {Predicates: []masar.Predicate{masar.LedBy, masar.Addresses}}}},
			"R1 ADDRESSES H1\nC1 LED_BY O1"},
		"either":  {answers.ClaimFilter{Or: []*answers.ClaimFilter{{Targets: []string{"16.6"}}, {Documents: []string{"D4"}}}}, "R1 ADVANCES 16.6\nR2 ADVANCES 16"},
		"neither": {answers.ClaimFilter{Targets: []string{"16"}, Not: &answers.ClaimFilter{Documents: []string{"D4"}}}, "R1 ADVANCES 16.6"},
		"nothing": {answers.ClaimFilter{Not: &answers.ClaimFilter{}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			g.t = t
			equal(t, c.want, g.filtered(&c.filter))
		})
	}
	everything := g.filtered(nil)
	for _, asksNothing := range []answers.ClaimFilter{
		{}, {Predicates: []masar.Predicate{}, Countries: []string{}, And: []*answers.ClaimFilter{}, Or: []*answers.ClaimFilter{}},
		{And: []*answers.ClaimFilter{{}}}, {Or: []*answers.ClaimFilter{{}, {Countries: []string{"EGY"}}}}, {MinNet: new(0.)},
	} {
		equal(t, everything, g.filtered(&asksNothing))
	}
}

// Catches: a filter that is unknown or too large and is accepted, and an error without the argument.
func TestFiltersRefused(t *testing.T) {
	g := build(t, "CASE_STUDY/C1 PRACTISED_IN COUNTRY/EGY + NEWS D1\nSDG_TARGET/16.6 parent SDG_GOAL/16\nTOPIC/T1\nINITIATIVE/I1")
	deep := &answers.ClaimFilter{}
	for range 5 {
		deep = &answers.ClaimFilter{Not: deep}
	}
	wide := &answers.ClaimFilter{}
	for range 50 {
		wide.Or = append(wide.Or, &answers.ClaimFilter{})
	}
	for argument, f := range map[string]*answers.ClaimFilter{
		"filter.countries[1]":                  {Countries: []string{"EGY", "EG"}},
		"filter.targets[0]":                    {Targets: []string{"16.99"}},
		"filter.initiatives[0]":                {Initiatives: []string{"T1"}},
		"filter.topics[0]":                     {Topics: []string{""}},
		"filter.documents[0]":                  {Documents: []string{"D2"}},
		"filter.and[1].or[0].not.countries[0]": {And: []*answers.ClaimFilter{{}, {Or: []*answers.ClaimFilter{{Not: &answers.ClaimFilter{Countries: []string{"XXX"}}}}}}},
		"filter.since":                         {Since: new("2024-13-01")},
		"filter.until":                         {Until: new("24")},
		"filter.not.until":                     {Not: &answers.ClaimFilter{Since: new("2024-01-01"), Until: new("2023-12-31")}},
		"filter.minNet":                        {MinNet: new(1.01)},
		"filter" + strings.Repeat(".not", 5):   deep,
		"filter.or[49]":                        wide,
	} {
		_, err := g.Claims(topology.None, answers.ListArgs{Filter: f})
		_, err2 := g.Follow(g.at("COUNTRY/EGY"), []topology.Step{in(masar.PractisedIn)}, nil, answers.ListArgs{Filter: f})
		for _, err := range []error{err, err2} {
			told, ok := errors.AsType[*masar.Error](err)
			if !ok || told.Code != masar.CodeBadInput || told.Argument != argument {
				t.Errorf("error %v, want BAD_INPUT for %s", err, argument)
			}
		}
	}
	deepest, widest := deep.Not, &answers.ClaimFilter{Or: wide.Or[1:]}
	for _, f := range []*answers.ClaimFilter{deepest, widest} {
		if _, err := g.Claims(topology.None, answers.ListArgs{Filter: f}); err != nil {
			t.Errorf("within the bounds: %v", err)
		}
	}
}

// Catches: a filter of a target's list that counts a claim about the goal as if it were about the target.
func TestFilterOfGoalLevel(t *testing.T) {
	g := build(t, `
		RECOMMENDATION/R1 ADVANCES SDG_GOAL/16 + PEER_REVIEWED D1 + PEER_REVIEWED D2
		SDG_TARGET/16.6 parent SDG_GOAL/16`)
	c := g.claim("RECOMMENDATION/R1 ADVANCES SDG_GOAL/16")
	own, counted := g.Support(c).Net, g.SupportAtTarget(c).Net
	if own <= counted {
		t.Fatalf("net support of a goal's claim: %v for the target, %v for the goal", counted, own)
	}
	for least, want := range map[float64]string{counted: "R1*", (own + counted) / 2: ""} {
		for _, f := range []*answers.ClaimFilter{{MinNet: &least}, {And: []*answers.ClaimFilter{{MinNet: &least}}}} {
			equal(t, want, g.follow("SDG_TARGET/16.6", answers.ListArgs{IncludeGoalLevel: new(true), Filter: f}, in(masar.Advances)))
		}
	}
	equal(t, "R1", g.follow("SDG_GOAL/16", answers.ListArgs{Filter: &answers.ClaimFilter{MinNet: &own}}, in(masar.Advances)))
}

// links are the triples of drawn graphs: predicate, subjects, objects.
var links = [][3]string{
	{"PRACTISED_IN", "CASE_STUDY/C", "COUNTRY/K"}, {"OPERATES_IN", "INITIATIVE/I", "COUNTRY/K"}, {"HAS_CHALLENGE", "COUNTRY/K", "CHALLENGE/H"},
	{"ADDRESSES", "RECOMMENDATION/R", "CHALLENGE/H"}, {"ADVANCES", "RECOMMENDATION/R", "SDG_TARGET/16."}, {"ADVANCES", "RECOMMENDATION/R", "SDG_GOAL/1"},
	{"PART_OF", "ACTIVITY/A", "ACTIVITY/A"}, {"PART_OF", "ACTIVITY/A", "INITIATIVE/I"}, {"PART_OF", "INITIATIVE/I", "INITIATIVE/I"},
	{"PART_OF", "OUTPUT/U", "ACTIVITY/A"}, {"PART_OF", "OUTPUT/U", "INITIATIVE/I"}, {"ISSUED_IN", "RECOMMENDATION/R", "OUTPUT/U"},
	{"ISSUED_IN", "RECOMMENDATION/R", "ACTIVITY/A"}, {"CONCERNS", "RECOMMENDATION/R", "TOPIC/T"}, {"PARTICIPATES", "ORGANIZATION/O", "INITIATIVE/I"},
}

// someLinks draws a graph with everything that filters can select by.
func someLinks(t *rapid.T) *masar.Outline {
	number := func(label string) int { return rapid.IntRange(1, 3).Draw(t, label) }
	var lines []string
	for _, prefix := range []string{"COUNTRY/K", "INITIATIVE/I", "TOPIC/T", "DOCUMENT/D", "SDG_TARGET/16.", "SDG_GOAL/1", "ORGANIZATION/O"} {
		for i := range 3 {
			lines = append(lines, fmt.Sprint(prefix, i+1))
		}
	}
	seen := map[string]bool{}
	for range rapid.IntRange(0, 20).Draw(t, "claims") {
		l := rapid.SampledFrom(links).Draw(t, "link")
		triple := fmt.Sprintf("%s%d %s %s%d", l[1], number("subject"), l[0], l[2], number("object"))
		if seen[triple] {
			continue
		}
		seen[triple] = true
		line := triple + " " + string(rapid.SampledFrom(masar.Bases).Draw(t, "basis")) + " " + rapid.SampledFrom([]string{"ACCEPTED", "ACCEPTED", "REJECTED"}).Draw(t, "status")
		for range rapid.IntRange(0, 2).Draw(t, "evidence") {
			line += fmt.Sprintf(" %s %s D%d %s", rapid.SampledFrom([]string{"+", "+", "-"}).Draw(t, "stance"), rapid.SampledFrom(masar.EvidenceKinds).Draw(t, "kind"),
				number("document"), rapid.SampledFrom([]string{"ACCEPTED", "SUGGESTED"}).Draw(t, "review"))
		}
		lines = append(lines, line)
	}
	for range rapid.IntRange(0, 6).Draw(t, "facts") {
		lines = append(lines, rapid.SampledFrom([]string{
			"TOPIC/T2 parent TOPIC/T1", "TOPIC/T3 parent TOPIC/T2", "SDG_TARGET/16.1 parent SDG_GOAL/1", "SDG_TARGET/16.2 parent SDG_GOAL/2",
			"ORGANIZATION/O1 home COUNTRY/K1", "DOCUMENT/D1 date 2019", "DOCUMENT/D2 date 2020-06", "DOCUMENT/D3 date unknown",
		}).Draw(t, "fact"))
	}
	return outline(t, strings.Join(lines, "\n"))
}

// someFilter draws a filter of some depth.
func someFilter(t *rapid.T, depth int) *answers.ClaimFilter {
	f := &answers.ClaimFilter{}
	code := func(prefix string) []string {
		return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string { return fmt.Sprint(prefix, rapid.IntRange(1, 3).Draw(t, "number")) }), 0, 2).Draw(t, "codes")
	}
	nested := func() []*answers.ClaimFilter {
		var all []*answers.ClaimFilter
		for range rapid.IntRange(0, 2).Draw(t, "parts") {
			all = append(all, someFilter(t, depth-1))
		}
		return all
	}
	for range rapid.IntRange(0, 2).Draw(t, "asked") {
		what := rapid.IntRange(0, 14).Draw(t, "what")
		if what > 11 && depth == 0 {
			continue
		}
		switch what {
		case 0:
			f.Basis = new(rapid.SampledFrom(masar.Bases).Draw(t, "basis"))
		case 1:
			f.Predicates = rapid.SliceOfN(rapid.SampledFrom(masar.Predicates), 0, 8).Draw(t, "predicates")
		case 2:
			f.Certainties = rapid.SliceOfN(rapid.SampledFrom(masar.Certainties), 0, 2).Draw(t, "certainties")
		case 3:
			f.MinNet = new(rapid.Float64Range(0, .5).Draw(t, "net"))
		case 4:
			f.SubjectKinds = rapid.SliceOfN(rapid.SampledFrom(masar.Kinds), 0, 8).Draw(t, "subjects")
		case 5:
			f.ObjectKinds = rapid.SliceOfN(rapid.SampledFrom(masar.Kinds), 0, 8).Draw(t, "objects")
		case 6:
			f.Countries = code("K")
		case 7:
			f.Targets = code(rapid.SampledFrom([]string{"16.", "1"}).Draw(t, "level"))
		case 8:
			f.Initiatives = code("I")
		case 9:
			f.Topics = code("T")
		case 10:
			f.Documents = code("D")
		case 11:
			if rapid.Bool().Draw(t, "since or until") {
				f.Since = new(rapid.SampledFrom([]string{"2019-01-01", "2020-06-01", "2020-06-02"}).Draw(t, "since"))
				if f.Until != nil && *f.Until < "2020-06-02" { // such a filter is rejected
					f.Until = nil
				}
			} else {
				f.Until = new(rapid.SampledFrom([]string{"2019-12-31", "2020-12-31", "2020-06-01", "2025-12-31"}).Draw(t, "until"))
				if f.Since != nil && *f.Until < "2020-06-02" {
					f.Since = nil
				}
			}
		case 12:
			f.And = nested()
		case 13:
			f.Or = nested()
		case 14:
			f.Not = someFilter(t, depth-1)
		}
	}
	return f
}

// naive evaluates filters record by record.
type naive struct {
	graph
	*masar.Outline
}

func (n naive) keeps(f *answers.ClaimFilter, c masar.ClaimOutline) bool {
	at, _ := n.FindClaim(c.Key)
	support := n.Support(at)
	ends := []uint64{c.Subject, c.Object}
	has := func(codes []string, kinds []masar.Kind, of func(uint64) []uint64) bool {
		return len(codes) == 0 || slices.ContainsFunc(codes, func(code string) bool {
			return slices.ContainsFunc(n.Entities, func(e masar.EntityOutline) bool {
				return e.Ref.Code == code && slices.Contains(kinds, e.Ref.Kind) &&
					slices.ContainsFunc(of(e.UID), func(uid uint64) bool { return slices.Contains(ends, uid) })
			})
		})
	}
	kind := func(uid uint64) masar.Kind {
		return n.Entities[slices.IndexFunc(n.Entities, func(e masar.EntityOutline) bool { return e.UID == uid })].Ref.Kind
	}
	rests := func(holds func(masar.EntityOutline) bool) bool {
		return slices.ContainsFunc(n.Evidence, func(e masar.EvidenceOutline) bool {
			return e.Claim == c.UID && e.Review == masar.ReviewAccepted &&
				slices.ContainsFunc(n.Entities, func(d masar.EntityOutline) bool { return d.UID == e.Document && holds(d) })
		})
	}
	day := func(s string, end string) string {
		if len(s) == 4 {
			return s + end
		}
		return s
	}
	one := func(part *answers.ClaimFilter) bool { return n.keeps(part, c) }
	return (f.Basis == nil || c.Basis == *f.Basis) &&
		(len(f.Predicates) == 0 || slices.Contains(f.Predicates, c.Predicate)) &&
		(len(f.Certainties) == 0 || slices.Contains(f.Certainties, support.Certainty)) &&
		(f.MinNet == nil || support.Net >= *f.MinNet) &&
		(len(f.SubjectKinds) == 0 || slices.Contains(f.SubjectKinds, kind(c.Subject))) &&
		(len(f.ObjectKinds) == 0 || slices.Contains(f.ObjectKinds, kind(c.Object))) &&
		has(f.Countries, []masar.Kind{masar.KindCountry}, n.ofCountry) &&
		has(f.Targets, []masar.Kind{masar.KindSdgTarget, masar.KindSdgGoal}, n.ofTarget) &&
		has(f.Initiatives, []masar.Kind{masar.KindInitiative}, n.ofInitiative) &&
		has(f.Topics, []masar.Kind{masar.KindTopic}, n.ofTopic) &&
		(len(f.Documents) == 0 || rests(func(d masar.EntityOutline) bool { return slices.Contains(f.Documents, d.Ref.Code) })) &&
		(f.Since == nil && f.Until == nil || rests(func(d masar.EntityOutline) bool {
			first := masar.Date{EDTF: d.Date}.Earliest()
			return first != nil && (f.Since == nil || *first >= day(*f.Since, "-01-01")) && (f.Until == nil || *first <= day(*f.Until, "-12-31"))
		})) &&
		!slices.ContainsFunc(f.And, func(part *answers.ClaimFilter) bool { return !one(part) }) &&
		(len(f.Or) == 0 || slices.ContainsFunc(f.Or, one)) &&
		(f.Not == nil || !one(f.Not))
}

// linked are the entities at the other ends of an entity's active claims with a predicate.
func (n naive) linked(uid uint64, p masar.Predicate, back bool) []uint64 {
	var others []uint64
	for _, c := range n.Outline.Claims {
		at, _ := n.FindClaim(c.Key)
		if c.Predicate != p || c.Status != masar.ClaimAccepted || n.Support(at).Status == masar.Refuted {
			continue
		}
		if !back && c.Subject == uid {
			others = append(others, c.Object)
		}
		if back && c.Object == uid {
			others = append(others, c.Subject)
		}
	}
	return others
}

func (n naive) whose(field func(masar.EntityOutline) uint64, uid uint64) []uint64 {
	var all []uint64
	for _, e := range n.Entities {
		if field(e) == uid {
			all = append(all, e.UID)
		}
	}
	return all
}

func (n naive) ofCountry(uid uint64) []uint64 {
	return slices.Concat([]uint64{uid}, n.linked(uid, masar.PractisedIn, true), n.linked(uid, masar.OperatesIn, true),
		n.linked(uid, masar.HasChallenge, false), n.whose(func(e masar.EntityOutline) uint64 { return e.Home }, uid))
}

func parent(e masar.EntityOutline) uint64 { return e.Parent }

func (n naive) ofTarget(uid uint64) []uint64 { return append(n.whose(parent, uid), uid) }

func (n naive) ofInitiative(uid uint64) []uint64 {
	parts := []uint64{uid}
	for range n.Entities { // more rounds than the longest path
		for _, part := range slices.Clone(parts) {
			parts = append(parts, n.linked(part, masar.PartOf, true)...)
		}
		slices.Sort(parts)
		parts = slices.Compact(parts)
	}
	for _, part := range slices.Clone(parts) {
		parts = append(parts, n.linked(part, masar.IssuedIn, true)...)
	}
	return parts
}

func (n naive) ofTopic(uid uint64) []uint64 {
	topics := []uint64{uid}
	for range n.Entities {
		for _, topic := range slices.Clone(topics) {
			topics = append(topics, n.whose(parent, topic)...)
		}
		slices.Sort(topics)
		topics = slices.Compact(topics)
	}
	for _, topic := range slices.Clone(topics) {
		topics = append(topics, n.linked(topic, masar.Concerns, true)...)
	}
	return topics
}

// Catches: any difference between a compiled filter and the records, and a broken law of and, or and not.
func TestFilterIsWhatTheRecordsSay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := someLinks(t)
		g := built(t, s)
		n := naive{g, s}
		for range 5 {
			f := someFilter(t, 3)
			var want []string
			for _, c := range g.allClaims() {
				outline := s.Claims[slices.IndexFunc(s.Claims, func(s masar.ClaimOutline) bool { return s.UID == g.ClaimRecord(c).UID })]
				if n.keeps(f, outline) {
					want = append(want, g.names[outline.UID])
				}
			}
			got := g.filtered(f)
			equal(t, strings.Join(want, "\n"), got)

			not := func(f *answers.ClaimFilter) *answers.ClaimFilter { return &answers.ClaimFilter{Not: f} }
			both := func(f ...*answers.ClaimFilter) *answers.ClaimFilter { return &answers.ClaimFilter{And: f} }
			either := func(f ...*answers.ClaimFilter) *answers.ClaimFilter { return &answers.ClaimFilter{Or: f} }
			same := func(law string, f, other *answers.ClaimFilter) {
				if a, b := g.filtered(f), g.filtered(other); a != b {
					t.Errorf("%s:\n%s\n\n%s", law, a, b)
				}
			}
			f, other := someFilter(t, 1), someFilter(t, 1)
			same("not not", f, not(not(f)))
			same("and turned round", both(f, other), both(other, f))
			same("or turned round", either(f, other), either(other, f))
			same("not both", not(both(f, other)), either(not(f), not(other)))
			same("neither", not(either(f, other)), both(not(f), not(other)))
			same("twice the same", f, both(f, f))
			same("nothing is both", both(f, not(f)), not(&answers.ClaimFilter{}))
			same("all is either", either(f, not(f)), nil)
		}
	})
}

// Catches: slow filters of a large graph, and a filter compiled again for each list.
func TestFiltersAreQuick(t *testing.T) {
	g := built(t, large(true))
	f := &answers.ClaimFilter{Basis: new(masar.Stated), Targets: []string{"SDG_TARGET-0"}, Not: &answers.ClaimFilter{MinNet: new(.5)}}
	began := time.Now()
	first, err := g.Compile(f)
	if err != nil {
		t.Fatal(err)
	}
	took := time.Since(began)
	t.Logf("compiled over %d claims in %v", many, took)
	again, err := g.Compile(&answers.ClaimFilter{Basis: new(masar.Stated), Targets: []string{"SDG_TARGET-0"}, Not: &answers.ClaimFilter{MinNet: new(.5)}})
	if err != nil || first != again {
		t.Errorf("the filter is compiled again: %v", err)
	}
	if took > 200*time.Millisecond {
		t.Errorf("compiling took %v", took)
	}
}
