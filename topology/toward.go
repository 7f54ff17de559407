package topology

import (
	"math"
	"slices"
)

// toward computes the lowest possible cost of the rest of a path to the target. The search for the best paths is
// ordered by this bound.
//
// The bound is computed over walks that may pass an entity twice, but that never turn right back and never pass the
// ends of the path. Such a walk costs no more than the best continuation, so the bound is never too high. Where the
// walk is itself a path, which is common, the bound is exact.
//
// The computation meets in the middle. With few hops left only the surroundings of the target matter, and with many
// hops left only those of the start. How far each side reaches depends on which side has fewer links to visit.
type toward struct {
	slot  []int32 // 1 + index of an entity in the lists below; 0 for none
	known []Entity
	cells []cell // with up to r hops left: cells[place*(hops+1)+r]
	near  ball   // around the start
	about ball   // around the target
}

// ball is the set of entities within some hops of a centre, level by level; end[i] is the end of level i.
type ball struct {
	all  []Entity
	end  []int
	seen []bool // by index
}

// cell is the lowest cost of the rest of a path from an entity, by the best next entity. The second best is for a
// path that has just come from the best.
type cell struct {
	cost, costElse int64
	next, nextElse Entity
}

// never is an infinite cost.
const never = math.MaxInt64

// from is the lowest cost of going on for a path that came from an entity, and the next entity.
func (c *cell) from(came Entity) (cost int64, next Entity) {
	if c.next == came {
		return c.costElse, c.nextElse
	}
	return c.cost, c.next
}

// offer considers a continuation that starts with a step to next.
func (c *cell) offer(next Entity, cost int64) {
	switch {
	case next == c.next:
		c.cost = min(c.cost, cost)
	case cost < c.cost:
		*c = cell{cost, c.cost, next, c.next}
	case cost < c.costElse:
		c.costElse, c.nextElse = cost, next
	}
}

// cell is the cell of an entity with up to left hops; nil if no continuation is known.
func (s *pathSearch) cell(e Entity, left int) *cell {
	if at := s.slot[e]; at != 0 {
		return &s.cells[int(at-1)*(s.hops+1)+left]
	}
	return nil
}

// place is the index of an entity in the lists. It adds the entity if it is new.
func (s *pathSearch) place(e Entity) int {
	if s.slot[e] == 0 {
		s.known = append(s.known, e)
		s.slot[e] = int32(len(s.known))
		for range s.hops + 1 {
			s.cells = append(s.cells, cell{never, never, None, None})
		}
		s.near.seen, s.about.seen = append(s.near.seen, false), append(s.about.seen, false)
	}
	return int(s.slot[e] - 1)
}

// join adds an entity to the current level of a ball.
func (s *pathSearch) join(b *ball, e Entity) {
	if at := s.place(e); !b.seen[at] {
		b.seen[at] = true
		b.all = append(b.all, e)
	}
}

// level returns a level of a ball.
func (b *ball) level(i int) []Entity {
	start := 0
	if i > 0 {
		start = b.end[i-1]
	}
	return b.all[start:b.end[i]]
}

// count is the number of links of entities.
func (l *links) count(entities []Entity) int {
	n := 0
	for _, e := range entities {
		n += len(l.of(e))
	}
	return n
}

// bound computes the bounds, and reports whether the budget sufficed.
func (s *pathSearch) bound() bool {
	s.near.end, s.about.end = append(s.near.end[:0], 1), append(s.about.end[:0], 1)
	s.join(&s.near, s.from)
	s.join(&s.about, s.to)
	left, reach := 1, 0 // reach of the target's side and of the start's side
	s.push(left)
	for left+reach < s.hops-1 {
		if len(s.near.end) == reach+1 {
			s.widen()
		}
		if s.edges.count(s.about.level(left)) <= s.edges.count(s.near.level(reach+1)) {
			left++
			s.push(left)
		} else {
			reach++
		}
		if s.meter.over() {
			return false
		}
	}
	for left++; left <= s.hops; left++ {
		s.pull(left)
	}
	return !s.meter.over()
}

// widen adds a level to the ball around the start.
func (s *pathSearch) widen() {
	for _, e := range s.near.level(len(s.near.end) - 1) {
		links := s.forward(e)
		if !s.meter.look(len(links)) {
			break
		}
		for _, l := range links {
			if l.to != s.to && s.allows(l.claim) {
				s.join(&s.near, l.to)
			}
		}
	}
	s.near.end = append(s.near.end, len(s.near.all))
}

// push computes the bounds for left hops from those for one less, for all entities from which the target is
// reachable.
func (s *pathSearch) push(left int) {
	for _, next := range s.about.all[:s.about.end[left-1]] {
		links := s.backward(next)
		if !s.meter.look(len(links)) {
			break
		}
		for _, l := range links {
			if l.to == s.to || !s.allows(l.claim) {
				continue
			}
			on := s.edges.hops[l.claim]
			if next != s.to {
				rest, _ := s.cell(next, left-1).from(l.to)
				if rest == never {
					continue
				}
				on += s.edges.inside[next] + rest
			}
			s.cells[s.place(l.to)*(s.hops+1)+left].offer(next, on)
			if l.to != s.from {
				s.join(&s.about, l.to)
			}
		}
	}
	s.about.end = append(s.about.end, len(s.about.all))
}

// pull computes the bounds for left hops from those for one less, for all entities that a path can have reached by
// then.
func (s *pathSearch) pull(left int) {
	for _, e := range s.near.all[:s.near.end[s.hops-left]] {
		links := s.forward(e)
		if !s.meter.look(len(links)) {
			break
		}
		at := s.cell(e, left)
		for _, l := range links {
			if l.to == s.from || !s.allows(l.claim) {
				continue
			}
			if l.to == s.to {
				at.offer(s.to, s.edges.hops[l.claim])
			} else if next := s.cell(l.to, left-1); next != nil {
				if rest, _ := next.from(e); rest != never {
					at.offer(l.to, s.edges.hops[l.claim]+s.edges.inside[l.to]+rest)
				}
			}
		}
	}
}

// forget clears the memory for another computation.
func (t *toward) forget() {
	for _, e := range t.known {
		t.slot[e] = 0
	}
	t.known, t.cells = t.known[:0], t.cells[:0]
	for _, b := range []*ball{&t.near, &t.about} {
		b.all, b.end, b.seen = b.all[:0], b.end[:0], b.seen[:0]
	}
}

// fit allocates the memory for a number of entities.
func (t *toward) fit(entities int) {
	t.slot = slices.Grow(t.slot, max(0, entities-len(t.slot)))[:max(entities, len(t.slot))]
}
