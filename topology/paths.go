package topology

import (
	"context"
	"masar/answers"
	"slices"
	"time"

	"masar"
)

// maxHops is the length of the longest paths that are searched for.
const maxHops = 8

// The bounds of a search for paths.
var (
	hopCounts = masar.Bounds{Min: 1, Max: maxHops, Default: 5}
)

// defaultBudget is the number of links that a search may look at: less than a tenth of a second.
const defaultBudget = 10_000_000

// PathQuery is a question for evidence paths.
type PathQuery struct {
	answers.PathArgs
	// Budget is the number of links that the search may look at; 0 for what Masar allows by default.
	Budget int
}

// PathResult answers a PathQuery.
type PathResult struct {
	// Paths are the best simple paths, best first; equal ones by the kinds and codes of their entities, then by their claims.
	Paths []Path
	// Complete says that nothing was cut off, so that StoppedBy is empty.
	Complete bool
	// StoppedBy says what was cut off, in the order HOPS, BUDGET, MIN_NET. Whatever it says, Paths are the best there are,
	// only that after BUDGET some may be missing behind the last.
	StoppedBy []answers.StopReason
}

// Path leads from one entity to another along claims, passing no entity twice.
type Path struct {
	// Score is Πw·Πh·.9^(hops−1), in (0,1].
	Score float64
	Steps []PathStep
	// Inferred says that a curator inferred one of its claims.
	Inferred bool
}

// PathStep is a step along a claim: from its subject to its object, or Back from its object to its subject.
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

// Paths finds the best evidence paths between two entities. From an entity to itself there is none, and nothing is cut
// off. A search that runs out of its budget, or of half the time that its context has left, tells so and gives what it
// found: the other half is for bringing the words. The error has code BAD_INPUT for arguments that are out of bounds;
// it is the context's own where that has ended.
func (g *Graph) Paths(ctx context.Context, from, to Entity, query PathQuery) (PathResult, error) {
	q, err := query.limits()
	if err != nil {
		return PathResult{}, err
	}
	if from == to || q.first == 0 { // of none, none is cut off
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
	for i := range result.Paths { // a product's last digit depends on its factors; the order on their costs alone
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

// limits are a query's arguments, checked.
type limits struct {
	hops, first, budget int
	allowed             uint32 // the predicates, by their place in masar.Predicates
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

// path makes a path of its claims.
func (g *Graph) path(from Entity, claims []Claim) Path {
	p := Path{Steps: make([]PathStep, len(claims))}
	factors := make([]float64, 0, 3*len(claims))
	at := from
	for i, c := range claims {
		if i > 0 {
			factors = append(factors, damping(g.Degree(at)), decay)
		}
		factors = append(factors, g.weight(c))
		p.Inferred = p.Inferred || g.Basis(c) == masar.Inferred
		p.Steps[i] = PathStep{c, g.Subject(c) != at}
		if at = g.Object(c); p.Steps[i].Back {
			at = g.Subject(c)
		}
	}
	slices.Sort(factors) // one order of multiplying, so that the same factors make the same score
	p.Score = 1
	for _, f := range factors {
		p.Score *= f
	}
	return p
}

// meter measures the work of a search against what it may take.
type meter struct {
	ctx       context.Context
	deadline  time.Time // zero for none
	left      int
	unchecked int
}

// look counts links looked at, and reports whether the search may go on.
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

// over reports whether the search had to end.
func (m *meter) over() bool { return m.left < 0 }
