package topology

import (
	"cmp"
	"slices"
	"sync"
)

// pathSearch finds the best paths between two entities with A*. It first extends the partial path with the lowest
// cost so far plus the lowest possible cost of the rest. So it finds a path before every worse path.
type pathSearch struct {
	*Graph
	limits
	edges    *links
	from, to Entity
	meter    *meter
	*scratch
}

// scratch is the memory of a search, reused by the next one.
type scratch struct {
	toward
	begun   []beginning
	waiting []queuedPath
	done    []int64 // costs of the best complete paths, in ascending order
	connect
}

var scratches = sync.Pool{New: func() any { return new(scratch) }}

// beginning is a partial or complete path: another beginning and one more step.
type beginning struct {
	cost   int64 // of its steps, and of its inner entities if the path goes on
	before int32 // index of the beginning that it extends; 0 is the start
	hops   int32
	claim  Claim
	at     Entity
}

// queuedPath is a beginning in the queue, with the lowest possible cost of a path that starts with it.
type queuedPath struct {
	bound int64
	of    int32
}

func newPathSearch(g *Graph, from, to Entity, l limits, m *meter) *pathSearch {
	s := &pathSearch{Graph: g, limits: l, edges: g.edges(), from: from, to: to, meter: m, scratch: scratches.Get().(*scratch)}
	s.fit(len(g.entities))
	return s
}

// release returns the memory for reuse.
func (s *pathSearch) release() {
	s.forget()
	scratches.Put(s.scratch)
}

// forward returns the links by which a path may leave an entity, backward those by which it may arrive.
func (s *pathSearch) forward(e Entity) []link {
	if s.directed {
		return s.edges.out(e)
	}
	return s.edges.of(e)
}

func (s *pathSearch) backward(e Entity) []link {
	if s.directed {
		return s.edges.in(e)
	}
	return s.edges.of(e)
}

// allows reports whether a path may use a claim.
func (s *pathSearch) allows(c Claim) bool {
	if s.allowed == allPredicates && s.minNet == 0 {
		return true
	}
	return s.allowed>>s.claims[c].predicate&1 == 1 && s.nets[c] >= s.minNet
}

// best returns the claims of the best paths, in order.
func (s *pathSearch) best() [][]Claim {
	var paths [][]Claim
	s.each(func(path int32) bool {
		paths = append(paths, s.steps(path))
		return true
	})
	return paths
}

// missesLowClaim reports whether the best paths would differ without the minimum of net support.
func (s *pathSearch) missesLowClaim() bool {
	asked := s.minNet
	s.minNet = 0
	defer func() { s.minNet = asked }()
	s.forget()
	misses := false
	s.each(func(path int32) bool {
		misses = slices.ContainsFunc(s.steps(path), func(c Claim) bool { return s.nets[c] < asked })
		return !misses
	})
	return misses
}

// each finds the best paths in order, up to the requested number.
func (s *pathSearch) each(found func(path int32) bool) {
	if !s.bound() {
		return
	}
	s.begun = append(s.begun[:0], beginning{at: s.from, claim: -1})
	s.waiting, s.done = s.waiting[:0], s.done[:0]
	if all := s.cell(s.from, s.hops).cost; all != never {
		s.wait(queuedPath{all, 0})
	}
	for n := 0; len(s.waiting) > 0 && n < s.first; {
		p := s.next()
		if s.begun[p.of].at == s.to {
			n++
			if !found(p.of) {
				return
			}
		} else if !s.lengthen(p.of) {
			return
		}
	}
}

// lengthen extends a beginning by every step that can still lead to one of the best paths.
func (s *pathSearch) lengthen(of int32) bool {
	b := s.begun[of]
	came := None
	if b.hops > 0 {
		came = s.begun[b.before].at
	}
	left := s.hops - int(b.hops) - 1 // hops left after the step
	begun, links := len(s.begun), s.forward(b.at)
	if !s.leads(of, came) {
		return !s.meter.over()
	}
	gathered := b.hops > 0 && s.gathers(b.claim, b.at)
	for _, l := range links {
		if l.to == came || l.to == s.from || !s.allows(l.claim) || gathered && s.gathers(l.claim, b.at) {
			continue
		}
		longer := beginning{cost: b.cost + s.edges.hops[l.claim], before: of, hops: b.hops + 1, claim: l.claim, at: l.to}
		bound := longer.cost
		if l.to != s.to {
			rest := int64(never)
			if next := s.cell(l.to, left); next != nil {
				rest, _ = next.from(b.at)
			}
			if rest == never || s.passes(of, l.to) {
				continue
			}
			longer.cost += s.edges.inside[l.to]
			bound = longer.cost + rest
		}
		if len(s.done) == s.first && bound > s.done[s.first-1] {
			continue
		}
		if l.to == s.to {
			s.finish(bound)
		}
		s.begun = append(s.begun, longer)
		s.wait(queuedPath{bound, int32(len(s.begun) - 1)})
	}
	return s.meter.look(len(links) + waitingWork*(len(s.begun)-begun))
}

// waitingWork is the cost of queueing a beginning, in links of the budget.
const waitingWork = 16

// leads reports whether a beginning can still become a path. Its bound may come from a walk that passes an entity
// twice. In that case leads searches for a real path. Otherwise much work would go into beginnings that circle behind
// an entity which all paths to the target pass.
func (s *pathSearch) leads(of int32, came Entity) bool {
	b := s.begun[of]
	s.passed = s.passed[:0]
	for at := of; at != 0; at = s.begun[at].before {
		s.passed = append(s.passed, s.begun[at].at)
	}
	s.passed = append(s.passed, s.from)
	begun := len(s.passed)
	for at, left := b.at, s.hops-int(b.hops); at != s.to; left-- {
		_, next := s.cell(at, left).from(came)
		if slices.Contains(s.passed, next) {
			return s.arrives(b.at, s.passed[:begun], s.hops-int(b.hops), false)
		}
		s.passed = append(s.passed, next)
		came, at = at, next
	}
	return true
}

// passes reports whether a beginning passes an entity.
func (s *pathSearch) passes(of int32, e Entity) bool {
	for ; of != 0; of = s.begun[of].before {
		if s.begun[of].at == e {
			return true
		}
	}
	return e == s.from
}

// finish notes the cost of a complete path. Beginnings that must cost more than all requested paths are dropped.
func (s *pathSearch) finish(cost int64) {
	at, _ := slices.BinarySearch(s.done, cost)
	if len(s.done) == s.first {
		s.done = s.done[:s.first-1]
	}
	s.done = slices.Insert(s.done, min(at, len(s.done)), cost)
}

// steps returns the claims of a beginning in order.
func (s *pathSearch) steps(of int32) []Claim {
	claims := make([]Claim, s.begun[of].hops)
	for i := len(claims) - 1; i >= 0; i-- {
		claims[i] = s.begun[of].claim
		of = s.begun[of].before
	}
	return claims
}

// compare orders promises by bound, then by their entities in order, with an extension after what it extends, then by
// their claims. Complete paths then come in the order of answers: before a path is next, every path of the same cost
// that precedes it has come.
func (s *pathSearch) compare(a, b queuedPath) int {
	if a.bound != b.bound {
		return cmp.Compare(a.bound, b.bound)
	}
	x, y := &s.begun[a.of], &s.begun[b.of]
	if x.before == y.before && x.hops == y.hops {
		return cmp.Or(cmp.Compare(x.at, y.at), cmp.Compare(x.claim, y.claim))
	}
	var entities, claims [2][maxHops]int32
	for i, of := range [2]int32{a.of, b.of} {
		for ; of != 0; of = s.begun[of].before {
			at := &s.begun[of]
			entities[i][at.hops-1], claims[i][at.hops-1] = int32(at.at), int32(at.claim)
		}
	}
	return cmp.Or(
		slices.Compare(entities[0][:x.hops], entities[1][:y.hops]),
		slices.Compare(claims[0][:x.hops], claims[1][:y.hops]))
}

// wait adds a path to the queue, a binary heap.
func (s *pathSearch) wait(p queuedPath) {
	q := append(s.waiting, p)
	i := len(q) - 1
	for i > 0 {
		up := (i - 1) / 2
		if s.compare(q[up], p) <= 0 {
			break
		}
		q[i] = q[up]
		i = up
	}
	q[i] = p
	s.waiting = q
}

// next removes the best path from the queue.
func (s *pathSearch) next() queuedPath {
	q := s.waiting
	best, last := q[0], q[len(q)-1]
	q = q[:len(q)-1]
	for i := 0; len(q) > 0; {
		down := 2*i + 1
		if down+1 < len(q) && s.compare(q[down+1], q[down]) < 0 {
			down++
		}
		if down >= len(q) || s.compare(last, q[down]) <= 0 {
			q[i] = last
			break
		}
		q[i] = q[down]
		i = down
	}
	s.waiting = q
	return best
}
