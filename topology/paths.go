package topology

import (
	"context"
	"masar/answers"
	"slices"
	"time"

	"masar"
)

// maxHops is the maximum length of a path.
const maxHops = 8

// The limits of a search for paths.
var (
	hopCounts = masar.Bounds{Min: 1, Max: maxHops, Default: 5}
)

// defaultBudget is the maximum number of links in a search, which take less than a tenth of a second.
const defaultBudget = 10_000_000

// PathQuery holds the arguments of a search for evidence paths.
type PathQuery struct {
	answers.PathArgs
	// Budget is the maximum number of links that the search visits; 0 for the default.
	Budget int
}

// PathResult is the result of a PathQuery.
type PathResult struct {
	// Paths are the best simple paths, best first. Equal ones are ordered by the kinds and codes of their entities, then
	// by their claims.
	Paths []Path
	// Complete says that nothing was cut off. StoppedBy is then empty.
	Complete bool
	// StoppedBy lists what was cut off, in the order HOPS, BUDGET, MIN_NET. Paths are always the best ones; after
	// BUDGET, later ones may be missing.
	StoppedBy []answers.StopReason
}

// Path leads from one entity to another along claims, and passes no entity twice.
type Path struct {
	// Score is Πw·Πh·.9^(hops−1), in (0,1].
	Score float64
	Steps []PathStep
	// Inferred says that at least one of its claims is inferred.
	Inferred bool
	// Contested says that sources disagree on at least one of its claims.
	Contested bool
}

// PathStep is a step along a claim: from its subject to its object, or the other way if Back is set.
type PathStep struct {
	Claim Claim
	Back  bool
}

// Ends are the entities that a step leads from and to.
func (g *Graph) Ends(s PathStep) (from, to Entity) {
	if s.Back {
		return g.Object(s.Claim), g.Subject(s.Claim)
	}
	return g.Subject(s.Claim), g.Object(s.Claim)
}

// Paths finds the best evidence paths between two entities. From an entity to itself there are none, and the result
// is complete. A search stops when it exceeds its budget or half of the time left in its context. It then reports
// this and returns the paths found so far; the other half of the time is for loading texts. The error has code
// BAD_INPUT for arguments out of range, or is that of the ended context.
func (g *Graph) Paths(ctx context.Context, from, to Entity, query PathQuery) (PathResult, error) {
	q, err := query.limits()
	if err != nil {
		return PathResult{}, err
	}
	if from == to || q.first == 0 { // an empty result is complete
		return PathResult{Complete: true}, nil
	}
	m := &meter{ctx: ctx, left: q.budget}
	if deadline, ok := ctx.Deadline(); ok {
		now := time.Now()
		m.deadline = now.Add(deadline.Sub(now) / 2)
	}
	s := newPathSearch(g, from, to, q, m)
	defer s.release()
	var result PathResult
	for _, p := range s.best() {
		result.Paths = append(result.Paths, g.path(from, p))
	}
	worst := 1.
	for i := range result.Paths { // rounding of a product depends on the order of its factors, so scores are computed from sorted factors
		worst = min(worst, result.Paths[i].Score)
		result.Paths[i].Score = worst
	}
	low := !m.over() && q.minNet > 0 && s.missesLowClaim()
	hops := !m.over() && s.longer()
	if err := ctx.Err(); err != nil {
		return PathResult{}, err
	}
	for _, reason := range []struct {
		holds bool
		is    answers.StopReason
	}{{hops, answers.StopHops}, {m.over(), answers.StopBudget}, {low, answers.StopMinNet}} {
		if reason.holds {
			result.StoppedBy = append(result.StoppedBy, reason.is)
		}
	}
	result.Complete = result.StoppedBy == nil
	return result, nil
}

// limits are the checked arguments of a query.
type limits struct {
	hops, first, budget int
	allowed             uint32 // predicates as bits, by their index in masar.Predicates
	minNet              float64
	directed            bool
}

// allPredicates allows every predicate.
const allPredicates = ^uint32(0)

func (q PathQuery) limits() (limits, error) {
	b := limits{budget: defaultBudget, allowed: allPredicates}
	var err error
	if b.hops, err = hopCounts.Of("maxHops", q.MaxHops); err != nil {
		return b, err
	}
	if b.first, err = masar.Pages.Of("first", q.First); err != nil {
		return b, err
	}
	if q.MinNet != nil {
		b.minNet = *q.MinNet
	}
	if err := masar.CheckShare("minNet", b.minNet); err != nil {
		return b, err
	}
	if len(q.Predicates) > 0 {
		b.allowed &= predicateSet(q.Predicates)
	}
	if q.Pattern != nil {
		b.allowed &= predicateSet(answers.PathPatterns[*q.Pattern])
	}
	b.directed = q.Directed != nil && *q.Directed
	if q.Budget != 0 {
		b.budget = q.Budget
	}
	return b, nil
}

// path builds a path from its claims.
func (g *Graph) path(from Entity, claims []Claim) Path {
	p := Path{Steps: make([]PathStep, len(claims))}
	factors := make([]float64, 0, 3*len(claims))
	at := from
	for i, c := range claims {
		if i > 0 {
			factors = append(factors, g.damping(g.Degree(at)), g.profile.Paths.Hop)
		}
		factors = append(factors, g.weight(c))
		p.Inferred = p.Inferred || g.Basis(c) == masar.Inferred
		p.Contested = p.Contested || g.Status(c) == masar.Contested
		p.Steps[i] = PathStep{c, g.Subject(c) != at}
		if at = g.Object(c); p.Steps[i].Back {
			at = g.Subject(c)
		}
	}
	slices.Sort(factors) // the same factors then give the same product
	p.Score = 1
	for _, f := range factors {
		p.Score *= f
	}
	return p
}

// meter counts the work of a search against its limits.
type meter struct {
	ctx       context.Context
	deadline  time.Time // zero for none
	left      int
	unchecked int
}

// look counts visited links, and reports whether the search may go on.
func (m *meter) look(links int) bool {
	m.left -= links
	m.unchecked += links
	if m.unchecked > 1<<14 {
		m.unchecked = 0
		if m.ctx.Err() != nil || !m.deadline.IsZero() && time.Now().After(m.deadline) {
			m.left = -1
		}
	}
	return m.left >= 0
}

// over reports whether the search reached a limit.
func (m *meter) over() bool { return m.left < 0 }
