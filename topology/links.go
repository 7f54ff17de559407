package topology

import (
	"math"
	"slices"
	"sync"

	"masar"
)

// links are the edges that searches follow: the accepted claims that are not refuted, from both of their ends, with what
// a step costs. They are made when the first search asks for them, since many a snapshot sees none.
//
// A path's score is a product of factors from 0 to 1; a cost is −ln of a factor in units of 2⁻⁵⁰. Whole numbers add up to
// the same sum in every order, so that equal scores are equal, ties are ties, and a bound is never wrong by a rounding.
type links struct {
	once sync.Once
	// Those of e are at[from[e]:from[e+1]], first those whose subject it is, up to back[e], then those whose object it is.
	from, back []int32
	at         []link
	hops       []int64 // what a step along a claim costs, by claim
	inside     []int64 // what an entity inside a path costs, by entity
}

// link is an edge seen from one of its ends: the claim, and the entity at the other.
type link struct {
	claim Claim
	to    Entity
}

// A path through an entity of more than busy claims is damped, and one more hop counts decay: model.md's h and .9.
const (
	busy  = 25
	decay = .9
)

// damping is h = 1/(1 + ln(1 + max(0, degree−25)/25)): what a path keeps that passes through an entity of many claims,
// since what is linked with everything says little of anything.
func damping(degree int) float64 {
	return 1 / (1 + math.Log1p(float64(max(0, degree-busy))/busy))
}

// weight is w = ω·(½ + ½N): what a path keeps by a step along a claim.
func (g *Graph) weight(c Claim) float64 {
	return omega[g.claims[c].predicate] * (.5 + .5*g.nets[c])
}

// omega has the weights of the predicates, by their place in masar.Predicates, and omegaCost what they cost.
var omega, omegaCost = func() (weights []float64, costs []int64) {
	for _, p := range masar.Predicates {
		weight := masar.PredicateSpecs[p].Weight
		weights, costs = append(weights, weight), append(costs, decimalCost(weight))
	}
	return weights, costs
}()

// cost writes a factor of a score as a cost.
func cost(factor float64) int64 { return int64(math.Round(-math.Log(factor) * (1 << 50))) }

// decimalCost is the cost of a factor of up to three decimals, put together from those of its prime factors:
// .9·.4 and .6·.6 are one score, and so their costs have to be one.
func decimalCost(factor float64) int64 {
	thousandths := int(math.Round(factor * 1000))
	sum := -3 * (cost(2) + cost(5))
	for p := 2; thousandths > 1; {
		if thousandths%p == 0 {
			sum += cost(float64(p))
			thousandths /= p
		} else {
			p++
		}
	}
	return sum
}

// edges gives the graph's links.
func (g *Graph) edges() *links {
	g.links.once.Do(func() { g.links.make(g) })
	return g.links
}

func (l *links) make(g *Graph) {
	n := len(g.entities)
	l.from, l.back = make([]int32, n+1), make([]int32, n)
	for c := range g.claims {
		if at := &g.claims[c]; g.leads(Claim(c)) {
			l.from[at.subject+1]++
			l.from[at.object+1]++
			l.back[at.subject]++
		}
	}
	for e := range n {
		l.from[e+1] += l.from[e]
		l.back[e] += l.from[e]
	}
	l.at = make([]link, l.from[n])
	l.hops = make([]int64, len(g.claims))
	out, in := slices.Clone(l.from), slices.Clone(l.back)
	for c := range g.claims {
		if at := &g.claims[c]; g.leads(Claim(c)) {
			l.at[out[at.subject]] = link{Claim(c), at.object}
			l.at[in[at.object]] = link{Claim(c), at.subject}
			out[at.subject]++
			in[at.object]++
			l.hops[c] = omegaCost[at.predicate] + cost(.5+.5*g.nets[c])
		}
	}
	l.inside = make([]int64, n)
	onward := decimalCost(decay)
	for e := range n {
		l.inside[e] = onward
		if degree := int(l.from[e+1] - l.from[e]); degree > busy {
			l.inside[e] += cost(damping(degree))
		}
	}
}

// leads reports whether a claim is an edge to follow to another entity: what links an entity with itself leads nowhere.
func (g *Graph) leads(c Claim) bool { return g.linked(c) && g.claims[c].subject != g.claims[c].object }

// gatherers are the kinds of what many things stand in, were issued at or belong to, and gathering the predicates that say
// so, by their place in masar.Predicates.
var (
	gatherers = []masar.Kind{masar.KindDocument, masar.KindActivity, masar.KindOutput}
	gathering = predicateSet([]masar.Predicate{masar.IssuedIn, masar.Concerns, masar.PartOf})
)

// gathers reports whether a claim only says that its subject stands in an entity, was issued at it or belongs to it. Two
// things that do are not joined by that: no path enters and leaves an entity by two such claims.
func (g *Graph) gathers(c Claim, e Entity) bool {
	at := &g.claims[c]
	return at.object == e && gathering>>at.predicate&1 == 1 && slices.Contains(gatherers, g.kindOf(e))
}

// of gives the edges of an entity.
func (l *links) of(e Entity) []link { return l.at[l.from[e]:l.from[e+1]] }

// out and in give the edges of an entity whose subject, or whose object, it is.
func (l *links) out(e Entity) []link { return l.at[l.from[e]:l.back[e]] }

func (l *links) in(e Entity) []link { return l.at[l.back[e]:l.from[e+1]] }

// Degree is the number of accepted claims that are not refuted and that link an entity with others.
func (g *Graph) Degree(e Entity) int { return len(g.edges().of(e)) }

// Basis says whether a source states a claim or a curator inferred it.
func (g *Graph) Basis(c Claim) masar.Basis { return masar.Bases[g.claims[c].basis] }
