//go:build linux

package main

import (
	"cmp"
	"slices"
	"strings"

	"masar"
	"masar/bench"
	"masar/seed"
)

// sample is a generated graph, with the answers to the nested question.
type sample struct {
	batch   *masar.Batch
	records int
	// answers are computed from the records, and every contestant must give them.
	answers []nested
	oracle  *oracle
}

// seedNumber is the seed of all generated graphs, so that each run has the same.
const seedNumber = 7

// generate makes the graph. Its texts have the words of the curated seed, as frequent as there.
func generate(claims int) (*sample, error) {
	curated, err := seed.Read(seed.Files)
	if err != nil {
		return nil, err
	}
	g := &sample{batch: bench.Records(seedNumber, bench.Curated(seedNumber, claims), bench.NewVocabulary(textsOf(curated)))}
	for range g.batch.Records() {
		g.records++
	}
	g.oracle = newOracle(g.batch)
	g.answers = g.oracle.answers()
	return g, nil
}

// textsOf returns the texts of the curated seed.
func textsOf(g *seed.Graph) []masar.LocalizedText {
	var texts []masar.LocalizedText
	for _, e := range g.Entities {
		texts = append(texts, e.Head().Titles, e.Head().Summaries)
	}
	for _, c := range g.Claims {
		texts = append(texts, c.Rationales)
	}
	for _, e := range g.Evidence {
		texts = append(texts, e.Summaries)
	}
	return texts
}

// nested is the answer to the nested question: a target and 20 recommendations.
type nested struct {
	Target          *masar.SdgTarget
	Recommendations []recommended
}

// recommended is a recommendation with the evidence that it advances the target, and with what it is connected with.
type recommended struct {
	Recommendation *masar.Recommendation
	Claim          *masar.Claim
	Evidence       []cited
	Challenges     []*masar.Challenge
	Topics         []*masar.Topic
	CaseStudies    []practice
}

type cited struct {
	Evidence *masar.Evidence
	Document *masar.Document
}

type practice struct {
	CaseStudy *masar.CaseStudy
	Country   *masar.Country // nil if unknown
}

// The lengths of the lists in the nested question, and the number of targets that it is asked for.
const (
	recommendationsListed = 20
	othersListed          = 3
	targetsAsked          = 19
)

// oracle answers the nested question from records, without masar or Dgraph.
type oracle struct {
	*masar.Index
	batch *masar.Batch
	// out and in are claims by predicate and subject or object.
	out, in map[end][]*masar.Claim
}

type end struct {
	predicate masar.Predicate
	of        masar.Ref
}

func newOracle(batch *masar.Batch) *oracle {
	o := &oracle{Index: masar.NewIndex(batch), batch: batch, out: map[end][]*masar.Claim{}, in: map[end][]*masar.Claim{}}
	for _, c := range batch.Claims {
		from, to := end{c.Predicate, c.Subject}, end{c.Predicate, c.Object}
		o.out[from], o.in[to] = append(o.out[from], c), append(o.in[to], c)
	}
	return o
}

// answers are those for targets with enough recommendations, from the most to the least connected.
func (o *oracle) answers() []nested {
	degree := func(e masar.Entity) int { return len(o.in[end{masar.Advances, e.Head().Ref()}]) }
	targets := slices.DeleteFunc(slices.Clone(o.batch.Entities), func(e masar.Entity) bool { return e.Head().Kind != masar.KindSdgTarget })
	slices.SortStableFunc(targets, func(a, b masar.Entity) int { return cmp.Compare(degree(b), degree(a)) })
	enough := slices.IndexFunc(targets, func(e masar.Entity) bool { return degree(e) < recommendationsListed })
	if enough < 0 {
		enough = len(targets)
	}
	targets = targets[:max(enough, 3)] // a small graph has none with so many
	var all []nested
	for i := range min(len(targets), targetsAsked) {
		target := targets[i*len(targets)/min(len(targets), targetsAsked)].(*masar.SdgTarget)
		all = append(all, o.answer(target))
	}
	return all
}

func (o *oracle) answer(target *masar.SdgTarget) nested {
	n := nested{Target: target}
	claims := slices.Clone(o.in[end{masar.Advances, target.Ref()}])
	slices.SortFunc(claims, func(a, b *masar.Claim) int { return strings.Compare(a.Subject.Code, b.Subject.Code) })
	for _, c := range claims[:min(len(claims), recommendationsListed)] {
		n.Recommendations = append(n.Recommendations, o.recommended(c, othersListed))
	}
	return n
}

// recommended is the recommendation of a claim, with so many items in each list.
func (o *oracle) recommended(c *masar.Claim, listed int) recommended {
	of := c.Subject
	r := recommended{
		Recommendation: o.Entity(of).(*masar.Recommendation), Claim: c,
		Challenges: ends[*masar.Challenge](o, o.out[end{masar.Addresses, of}], objectOf, listed),
		Topics:     ends[*masar.Topic](o, o.out[end{masar.Concerns, of}], objectOf, listed),
	}
	for _, e := range o.EvidenceFor(c.Key) {
		r.Evidence = append(r.Evidence, cited{e, o.Entity(e.Passage.Source).(*masar.Document)})
	}
	for _, study := range ends[*masar.CaseStudy](o, o.in[end{masar.Demonstrates, of}], subjectOf, listed) {
		p := practice{CaseStudy: study}
		if countries := ends[*masar.Country](o, o.out[end{masar.PractisedIn, study.Ref()}], objectOf, 1); len(countries) > 0 {
			p.Country = countries[0]
		}
		r.CaseStudies = append(r.CaseStudies, p)
	}
	return r
}

func subjectOf(c *masar.Claim) masar.Ref { return c.Subject }
func objectOf(c *masar.Claim) masar.Ref  { return c.Object }

// ends are the first entities of a type at one end of claims, by code.
func ends[E masar.Entity](o *oracle, claims []*masar.Claim, at func(*masar.Claim) masar.Ref, listed int) []E {
	var all []E
	for _, c := range claims {
		if e, ok := o.Entity(at(c)).(E); ok {
			all = append(all, e)
		}
	}
	slices.SortFunc(all, func(a, b E) int { return strings.Compare(a.Head().Code, b.Head().Code) })
	return all[:min(len(all), listed)]
}
