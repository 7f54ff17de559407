package topology

import (
	"math"
	"slices"
	"sync"

	"masar"
)

// links are the active claims, from both ends, with the costs of steps. They are computed for the first search,
// because many snapshots have none.
//
// The score of a path is a product of factors from 0 to 1. A cost is −ln of a factor in units of 2⁻⁵⁰. Integers add
// up to the same sum in every order. So equal scores have equal costs, and a bound is never wrong by rounding.
type links struct {
	once sync.Once
	// The links of e are at[from[e]:from[e+1]]: up to back[e] those with e as subject, then those with e as object.
	from, back []int32
	at         []link
	hops       []int64 // cost of a step, by claim
	inside     []int64 // cost of passing an entity, by entity
}

// link is an active claim seen from one end, with the entity at the other end.
type link struct {
	claim Claim
	to    Entity
}

// damping is h = 1/(1 + ln(1 + max(0, degree−busy)/busy)): what a path keeps that passes through an entity of many claims,
// since what is linked with everything says little of anything.
func (g *Graph) damping(degree int) float64 {
	busy := g.profile.Paths.Busy
	return 1 / (1 + math.Log1p(float64(max(0, degree-busy))/float64(busy)))
}

// weight is w = ω·(u + (1−u)·N): what a path keeps by a step along a claim; u is what it keeps without support.
func (g *Graph) weight(c Claim) float64 { return g.omega[g.claims[c].predicate] * g.supported(c) }

// supported is what a path keeps by the support of a claim.
func (g *Graph) supported(c Claim) float64 {
	least := g.profile.Paths.Unsupported
	return least + (1-least)*g.nets[c]
}

// omegas are the weights of the predicates, by their place in masar.Predicates.
func omegas(weights []masar.PredicateWeight) []float64 {
	omega := make([]float64, len(masar.Predicates))
	for _, w := range weights {
		omega[slices.Index(masar.Predicates, w.Predicate)] = w.Weight
	}
	return omega
}

// cost converts a factor of a score to a cost.
func cost(factor float64) int64 { return int64(math.Round(-math.Log(factor) * (1 << 50))) }

// decimalCost is the cost of a factor. That of one of up to three decimals is put together from those of its prime factors:
// .9·.4 and .6·.6 are one score, and so their costs have to be one.
func decimalCost(factor float64) int64 {
	thousandths := int(math.Round(factor * 1000))
	if float64(thousandths)/1000 != factor {
		return cost(factor)
	}
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

// edges returns the graph's links.
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
	omegaCost := make([]int64, len(g.omega))
	for p, weight := range g.omega {
		omegaCost[p] = decimalCost(weight)
	}
	out, in := slices.Clone(l.from), slices.Clone(l.back)
	for c := range g.claims {
		if at := &g.claims[c]; g.leads(Claim(c)) {
			l.at[out[at.subject]] = link{Claim(c), at.object}
			l.at[in[at.object]] = link{Claim(c), at.subject}
			out[at.subject]++
			in[at.object]++
			l.hops[c] = omegaCost[at.predicate] + cost(g.supported(Claim(c)))
		}
	}
	l.inside = make([]int64, n)
	onward := decimalCost(g.profile.Paths.Hop)
	for e := range n {
		l.inside[e] = onward
		if degree := int(l.from[e+1] - l.from[e]); degree > g.profile.Paths.Busy {
			l.inside[e] += cost(g.damping(degree))
		}
	}
}

// leads reports whether a claim is active and leads to another entity, not back to the same one.
func (g *Graph) leads(c Claim) bool { return g.linked(c) && g.claims[c].subject != g.claims[c].object }

// gatherers are the kinds of entity that many others are located in, were issued at or belong to. gathering are the
// predicates for this, as bits by index in masar.Predicates.
var (
	gatherers = []masar.Kind{masar.KindDocument, masar.KindActivity, masar.KindOutput}
	gathering = predicateSet([]masar.Predicate{masar.IssuedIn, masar.Concerns, masar.PartOf})
)

// gathers reports whether a claim only says that its subject is located in e, was issued at it or belongs to it. Two
// such subjects have nothing else in common, so no path enters and leaves an entity by two such claims.
func (g *Graph) gathers(c Claim, e Entity) bool {
	at := &g.claims[c]
	return at.object == e && gathering>>at.predicate&1 == 1 && slices.Contains(gatherers, g.kindOf(e))
}

// of returns the links of an entity.
func (l *links) of(e Entity) []link { return l.at[l.from[e]:l.from[e+1]] }

// out and in return the links of an entity as subject, or as object.
func (l *links) out(e Entity) []link { return l.at[l.from[e]:l.back[e]] }

func (l *links) in(e Entity) []link { return l.at[l.back[e]:l.from[e+1]] }

// Degree is the number of active claims that connect an entity with others.
func (g *Graph) Degree(e Entity) int { return len(g.edges().of(e)) }

// Basis is the basis of a claim: stated by a source, or inferred by a curator.
func (g *Graph) Basis(c Claim) masar.Basis { return masar.Bases[g.claims[c].basis] }
