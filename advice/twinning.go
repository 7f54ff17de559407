package advice

import (
	"cmp"
	"context"
	"slices"
	"time"

	"masar"
	"masar/answers"
	"masar/scoring"
	"masar/topology"
)

// The indicators of a country's contributions to a regional collection: the case studies that its table counts, and
// the practices that the country sent.
const (
	casesCounted  = "ENACT_CASES"
	practicesSent = "PRACTICES_SENT"
)

// TwinningMatches are the countries that a country can learn from, by low end and then by score.
// The error has code BAD_INPUT or BAD_PAGE and names the argument, or is that of the context.
func TwinningMatches(ctx context.Context, g *topology.Graph, args answers.TwinningArgs) (*answers.TwinningMatches, error) {
	a, err := newAdviser(g, args.Country)
	if err != nil {
		return nil, err
	}
	t := twinning{adviser: a}
	if args.Topic != nil {
		t.asked = masar.Ref{Kind: masar.KindTopic, Code: *args.Topic}
		if t.topic, err = g.FindNamed("topic", t.asked); err != nil {
			return nil, err
		}
		t.asked = g.Ref(t.topic)
	}
	n, err := masar.Pages.Of("first", args.First)
	if err != nil {
		return nil, err
	}
	t.align = t.needs()
	supplies := t.supplies()
	answer := &answers.TwinningMatches{
		Snapshot: g.Snapshot(), AsOf: g.AsOf().Format(time.DateOnly), Profile: t.profile.Name, Country: g.Ref(t.country), Topic: t.asked,
		Matches: []*answers.TwinningMatch{},
	}
	for _, supplier := range g.OfKind(masar.KindCountry) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if supplier == t.country {
			continue
		}
		if m := t.judge(supplier, supplies); m.High > 0 {
			answer.Matches = append(answer.Matches, m)
		}
	}
	answer.TotalCount = len(answer.Matches)
	// The countries come by code.
	slices.SortStableFunc(answer.Matches, func(x, y *answers.TwinningMatch) int {
		return cmp.Or(cmp.Compare(y.Low, x.Low), cmp.Compare(y.Score, x.Score))
	})
	answer.Matches = answer.Matches[:min(n, answer.TotalCount)]
	return answer, nil
}

// twinning looks for countries that one can learn from.
type twinning struct {
	*adviser
	topic topology.Entity
	// asked is the topic; zero for any topic.
	asked masar.Ref
	align *answers.ScoreComponent
}

// practice is a case study of a country, with its support.
type practice struct {
	at      topology.Entity
	support float64
	claims  []masar.ClaimKey
}

// supplies are the case studies of every country on the topic or a narrower one, or all of them, best supported
// first. A case study depends on two claims: that it is practised in the country, and that it concerns the topic. The
// weaker one counts.
func (t *twinning) supplies() map[topology.Entity][]practice {
	var cases []practice
	if t.asked.IsZero() {
		for _, at := range t.g.OfKind(masar.KindCaseStudy) {
			cases = append(cases, practice{at: at, support: 1})
		}
	} else {
		best := map[topology.Entity]item{}
		for _, topic := range t.narrower(t.topic) {
			for _, it := range against(t.g, topic, masar.Concerns) {
				if known, ok := best[it.At]; t.g.Ref(it.At).Kind == masar.KindCaseStudy && (!ok || it.Score() > known.Score()) {
					best[it.At] = it
				}
			}
		}
		for at, it := range best {
			cases = append(cases, practice{at, it.Score(), []masar.ClaimKey{t.g.Key(it.Via[0])}})
		}
	}
	of := map[topology.Entity][]practice{}
	for _, p := range cases {
		for _, in := range along(t.g, p.at, masar.PractisedIn) {
			of[in.At] = append(of[in.At], practice{p.at, min(p.support, in.Score()), append(slices.Clip(p.claims), t.g.Key(in.Via[0]))})
		}
	}
	for _, practices := range of {
		slices.SortFunc(practices, func(a, b practice) int { return cmp.Or(cmp.Compare(b.support, a.support), cmp.Compare(a.at, b.at)) })
	}
	return of
}

// judge scores a supplier and gives the reasons.
func (t *twinning) judge(supplier topology.Entity, supplies map[topology.Entity][]practice) *answers.TwinningMatch {
	supply := t.supply(answers.ComponentSupply, supplier, supplies[supplier])
	own := t.supply(answers.ComponentOwn, t.country, supplies[t.country])
	step, similarity, availability := t.step(supplier), t.similar(supplier), t.availability(supplier)
	twin := scoring.Twin{
		Align: interval(t.align), Supply: supply.Low, Own: own.Low, Step: interval(step), Similarity: interval(similarity),
		Availability: availability.Low,
	}
	score := twin.Score()
	m := &answers.TwinningMatch{
		Supplier: t.g.Ref(supplier), Score: score.Point, Low: score.Low, High: score.High, Coverage: score.Coverage,
		Components: []*answers.ScoreComponent{t.align, supply, own, step, similarity, availability},
	}
	for _, p := range supplies[supplier] {
		m.CaseStudies = append(m.CaseStudies, t.g.Ref(p.at))
	}
	for _, c := range m.Components {
		m.Reasons = append(m.Reasons, c.Explanation)
	}
	return m
}

// interval is the interval of a component.
func interval(c *answers.ScoreComponent) scoring.Interval {
	return scoring.Interval{Low: c.Low, High: c.High}
}

// needs is the share of the country's known challenges, by weight, that recommendations on the topic address. It is
// unknown if no challenge of the country is known, or if such recommendations address none.
func (t *twinning) needs() *answers.ScoreComponent {
	reason := &answers.NeedsReason{Country: t.g.Ref(t.country), Topic: t.asked, Known: true, Value: 1}
	if t.asked.IsZero() {
		return component(answers.ComponentAlign, scoring.Known(1), reason)
	}
	addressed := map[topology.Entity]masar.ClaimKey{}
	for _, topic := range t.narrower(t.topic) {
		for _, on := range against(t.g, topic, masar.Concerns) {
			if t.g.Ref(on.At).Kind != masar.KindRecommendation {
				continue
			}
			for _, it := range along(t.g, on.At, masar.Addresses) {
				if _, known := addressed[it.At]; !known {
					addressed[it.At] = t.g.Key(it.Via[0])
				}
			}
		}
	}
	var claims []masar.ClaimKey
	all, answered := 0., 0.
	faced := t.challenges()
	for _, f := range faced {
		all += f.value
		if addresses, ok := addressed[f.at]; ok {
			answered += f.value
			reason.Answered = append(reason.Answered, t.g.Ref(f.at))
			claims = append(claims, f.claim, addresses)
		}
	}
	reason.Of = len(faced)
	if all == 0 || len(addressed) == 0 {
		reason.Known = false
		return component(answers.ComponentAlign, scoring.Unknown, reason)
	}
	reason.Value = answered / all
	c := component(answers.ComponentAlign, scoring.Known(reason.Value), reason)
	c.Claims = claims
	return c
}

// challenge is a known challenge of the country, with its weight and its claim.
type challenge struct {
	at    topology.Entity
	value float64
	claim masar.ClaimKey
}

// challenges are the unique challenges of the country and of its groups (times the profile's factor), each with its
// highest weight.
func (t *twinning) challenges() []challenge {
	var all []challenge
	add := func(of topology.Entity, factor float64) {
		for _, it := range along(t.g, of, masar.HasChallenge) {
			is := challenge{it.At, it.Score() * factor, t.g.Key(it.Via[0])}
			at := slices.IndexFunc(all, func(c challenge) bool { return c.at == is.at })
			switch {
			case at < 0:
				all = append(all, is)
			case is.value > all[at].value:
				all[at] = is
			}
		}
	}
	add(t.country, 1)
	for _, group := range t.g.Structural(t.country, topology.Groups) {
		add(group, t.profile.RegionalNeed)
	}
	slices.SortFunc(all, func(a, b challenge) int { return cmp.Or(cmp.Compare(b.value, a.value), cmp.Compare(a.at, b.at)) })
	return all
}

// supply is the experience of a country. Without a topic it includes the unnamed cases of the collection's table, of
// which only the number is known.
func (t *twinning) supply(name answers.ScoreComponentName, country topology.Entity, practices []practice) *answers.ScoreComponent {
	reason := &answers.SupplyReason{Country: t.g.Ref(country), Topic: t.asked, UnnamedShare: t.profile.UnnamedCase}
	c := component(name, scoring.Interval{}, reason)
	var supports []float64
	for _, p := range practices {
		supports = append(supports, p.support)
		c.Claims = append(c.Claims, p.claims...)
		reason.Cases = append(reason.Cases, answers.CaseShare{Case: t.g.Ref(p.at), Support: p.support})
	}
	if counted, at, ok := t.g.Newest(country, casesCounted); ok && t.asked.IsZero() {
		reason.Unnamed = max(0, int(counted.Value)-len(practices))
		c.Observations = []masar.ObservationKey{t.g.ObservationKey(at)}
	}
	reason.Value = scoring.Supply(supports, reason.Unnamed, reason.UnnamedShare)
	c.Low, c.High = reason.Value, reason.Value
	return c
}

// step is how well the supplier's maturity suits the country's.
func (t *twinning) step(supplier topology.Entity) *answers.ScoreComponent {
	reason := &answers.StepReason{Supplier: t.g.Ref(supplier), Recipient: t.g.Ref(t.country)}
	step := scoring.Unknown
	theirs, from := t.maturityOf(supplier)
	if t.maturity != nil {
		reason.Ours = &t.maturity.Value
	}
	if theirs != nil {
		reason.Theirs = &theirs.Value
	}
	if t.maturity != nil && theirs != nil {
		reason.Value = scoring.Step(theirs.Value-t.maturity.Value, t.profile.MaturityStep)
		step = scoring.Known(reason.Value)
	}
	c := component(answers.ComponentStep, step, reason)
	c.Observations = append(from, t.indices...)
	return c
}

// similar is the similarity of the supplier and the country.
func (t *twinning) similar(supplier topology.Entity) *answers.ScoreComponent {
	a, b := t.context(supplier), t.context(t.country)
	similarity := t.similarity(supplier)
	reason := &answers.SimilarityReason{
		Supplier: t.g.Ref(supplier), Recipient: t.g.Ref(t.country), Known: similarity.IsKnown(), Value: similarity.Low,
		SameIncome: a.Income != "" && a.Income == b.Income, LeastDeveloped: a.LeastDeveloped && b.LeastDeveloped,
	}
	for _, language := range a.Languages {
		if slices.Contains(b.Languages, language) {
			reason.Languages = append(reason.Languages, language)
		}
	}
	for _, group := range a.Memberships {
		if slices.Contains(b.Memberships, group) {
			reason.Groups = append(reason.Groups, masar.Ref{Kind: masar.KindCountryGroup, Code: group})
		}
	}
	return component(answers.ComponentSimilarity, similarity, reason)
}

// availability is 1 for a supplier known to have sent practices of its own, otherwise the profile's default.
func (t *twinning) availability(supplier topology.Entity) *answers.ScoreComponent {
	reason := &answers.AvailabilityReason{Supplier: t.g.Ref(supplier), Value: t.profile.DefaultAvailability}
	var observations []masar.ObservationKey
	if sent, at, known := t.g.Newest(supplier, practicesSent); known && sent.Value > 0 {
		reason.Sent, reason.Value = true, 1
		observations = []masar.ObservationKey{t.g.ObservationKey(at)}
	}
	c := component(answers.ComponentAvailability, scoring.Known(reason.Value), reason)
	c.Observations = observations
	return c
}
