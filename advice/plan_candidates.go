package advice

import (
	"cmp"
	"slices"

	"masar"
	"masar/answers"
	"masar/scoring"
	"masar/topology"
)

// maxCandidates is the maximum number of candidates, so that a plan is found in time.
const maxCandidates = 2000

// candidates are the recommendations that advance a target or its goal, and all that they require. The requirements
// of finished ones are not added.
type candidates struct {
	*planTask
	// options are sorted by code. headings advance a target, but only their heading is known.
	options, headings []topology.Entity
	// advancing are the recommendations that advance a target, by target.
	advancing []map[topology.Entity]item
	// whose are the claims that the country has a challenge, or otherwise that one of its groups has it, by challenge.
	whose map[topology.Entity][]topology.Claim
	// cases are the case studies from the country.
	cases map[topology.Entity]bool
}

// gather finds the candidates. The error has code BAD_INPUT if there are too many.
func (t *planTask) gather() (*candidates, error) {
	c := &candidates{planTask: t}
	known := map[topology.Entity]bool{}
	for _, target := range t.targets {
		by := map[topology.Entity]item{}
		for _, it := range t.g.Along(target.at, topology.Step{Predicate: masar.Advances, Back: true}, true) {
			if c.unplannable(it.At) {
				c.headings = append(c.headings, it.At)
				continue
			}
			by[it.At] = it
			c.add(it.At, known)
		}
		c.advancing = append(c.advancing, by)
	}
	if len(c.options) > maxCandidates {
		return nil, masar.NewArgumentError(masar.CodeBadInput, "input.targets", "error.plan.candidates", masar.Args{"reached": len(c.options), "allowed": maxCandidates})
	}
	slices.Sort(c.options)
	c.cases = map[topology.Entity]bool{}
	for _, it := range against(t.g, t.country, masar.PractisedIn) {
		c.cases[it.At] = true
	}
	c.findChallenges()
	return c, nil
}

// add adds a recommendation and its requirements to the candidates.
func (c *candidates) add(recommendation topology.Entity, known map[topology.Entity]bool) {
	if known[recommendation] {
		return
	}
	known[recommendation] = true
	c.options = append(c.options, recommendation)
	if c.done[recommendation] {
		return
	}
	for _, required := range c.required(recommendation) {
		c.add(required, known)
	}
}

// unplannable reports whether only the heading of a recommendation is known and the request does not report it as
// done.
func (c *candidates) unplannable(recommendation topology.Entity) bool {
	return c.g.HeadingOnly(recommendation) && !c.done[recommendation]
}

// required are the required recommendations that can be planned.
func (c *candidates) required(recommendation topology.Entity) []topology.Entity {
	var required []topology.Entity
	for _, it := range along(c.g, recommendation, masar.Requires) {
		if c.g.Ref(it.At).Kind == masar.KindRecommendation && !c.unplannable(it.At) {
			required = append(required, it.At)
		}
	}
	return required
}

// problem is the optimization problem.
func (c *candidates) problem() scoring.PlanProblem {
	p := scoring.PlanProblem{Budget: c.budget}
	for _, t := range c.targets {
		p.Weights = append(p.Weights, t.weight)
	}
	for _, at := range c.options {
		cost, _ := c.cost(at)
		o := scoring.PlanOption{Code: c.g.Ref(at).Code, Cost: cost, Done: c.done[at]}
		for t := range c.targets {
			o.Advances = append(o.Advances, c.net(t, at))
		}
		if !o.Done {
			for _, required := range c.required(at) {
				place, _ := slices.BinarySearch(c.options, required)
				o.Requires = append(o.Requires, place)
			}
		}
		p.Options = append(p.Options, o)
	}
	return p
}

// net is the net support of a recommendation for a target; 0 without a claim.
func (c *candidates) net(t int, recommendation topology.Entity) float64 {
	it := c.advancing[t][recommendation]
	return it.Score()
}

// advances reports whether a recommendation advances any of the targets.
func (c *candidates) advances(recommendation topology.Entity) bool {
	return slices.ContainsFunc(c.advancing, func(by map[topology.Entity]item) bool {
		_, ok := by[recommendation]
		return ok
	})
}

// doneOptions are the indexes of the finished options.
func (c *candidates) doneOptions() []int {
	var all []int
	for o, at := range c.options {
		if c.done[at] {
			all = append(all, o)
		}
	}
	return all
}

// findChallenges finds the challenges of the country and of its groups.
func (c *candidates) findChallenges() {
	c.whose = map[topology.Entity][]topology.Claim{}
	for _, of := range append([]topology.Entity{c.country}, c.g.Structural(c.country, topology.Groups)...) {
		for _, it := range along(c.g, of, masar.HasChallenge) {
			c.whose[it.At] = append(c.whose[it.At], it.Via[0])
		}
	}
}

// ofCountry reports whether the country itself has a challenge.
func (c *candidates) ofCountry(challenge topology.Entity) bool {
	return slices.ContainsFunc(c.whose[challenge], func(has topology.Claim) bool { return c.g.Subject(has) == c.country })
}

// challengesOf are the challenges that a recommendation addresses, and the needs of the country among them.
func (c *candidates) challengesOf(recommendation topology.Entity) (challenges []masar.Ref, needs []*answers.PlanNeed) {
	needs = []*answers.PlanNeed{}
	addressed := along(c.g, recommendation, masar.Addresses)
	nearness := func(challenge topology.Entity) int {
		switch {
		case c.ofCountry(challenge):
			return 0
		case len(c.whose[challenge]) > 0:
			return 1
		}
		return 2
	}
	slices.SortFunc(addressed, func(a, b item) int {
		return cmp.Or(cmp.Compare(nearness(a.At), nearness(b.At)), cmp.Compare(a.At, b.At))
	})
	for _, it := range addressed {
		challenges = append(challenges, c.g.Ref(it.At))
		for _, has := range c.whose[it.At] {
			needs = append(needs, &answers.PlanNeed{
				Challenge: c.g.Ref(it.At), Of: c.g.Ref(c.g.Subject(has)), Has: c.g.Key(has), Addresses: c.g.Key(it.Via[0]),
			})
		}
	}
	return challenges, needs
}

// casesOf are the case studies from the country that demonstrate a recommendation.
func (c *candidates) casesOf(recommendation topology.Entity) []item {
	return slices.DeleteFunc(demonstrations(c.g, recommendation), func(it item) bool { return !c.cases[it.At] })
}
