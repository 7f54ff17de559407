package topology

import (
	"math"
	"slices"
)

// toward tells what the rest of the way to the target costs at least: the bound by which the best paths come first.
//
// The rest of the way is computed over walks that may pass an entity again, but that never turn right back and never
// pass the ends of the path. Such a walk costs no more than the best path that goes on from there, so that the bound is
// never too high; and where it is itself a path, as it mostly is, the bound is what that path costs.
//
// The computation meets in the middle. With few hops left only what is near the target matters, and with many only what is
// near the start; how far each side reaches is chosen by where there are fewer links to look at.
type toward struct {
	slot  []int32 // by entity: 1 + its place below; 0 for none
	known []Entity
	cells []cell // with up to r hops left: cells[place*(hops+1)+r]
	near  ball   // about the start
	about ball   // about the target
}

// ball are the entities within some hops of one, level by level; end[i] is the end of level i.
type ball struct {
	all  []Entity
	end  []int
	seen []bool // by place
}

// cell is what the rest of the way from an entity costs at least, by the best next entity, and by the second best one for
// a path that has just come from the best.
type cell struct {
	cost, costElse int64
	next, nextElse Entity
}

// never is the cost of what cannot be.
const never = math.MaxInt64

// from is the least cost of going on for a path that came from an entity, and where it goes on.
func (c *cell) from(came Entity) (cost int64, next Entity) {
	if c.next == came {
		return c.costElse, c.nextElse
	}
	return c.cost, c.next
}

// offer takes a way into account that begins with a step to next.
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

// cell is the cell of an entity with up to some hops left; nil for an entity from which nothing is known to lead on.
func (s *pathSearch) cell(e Entity, left int) *cell {
	if at := s.slot[e]; at != 0 {
		return &s.cells[int(at-1)*(s.hops+1)+left]
	}
	return nil
}

// place is the place of an entity among those known, which it joins.
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

// join puts an entity into the level of a ball that is being made.
func (s *pathSearch) join(b *ball, e Entity) {
	if at := s.place(e); !b.seen[at] {
		b.seen[at] = true
		b.all = append(b.all, e)
	}
}

// level is a level of a ball.
func (b *ball) level(i int) []Entity {
	start := 0
	if i > 0 {
		start = b.end[i-1]
	}
	return b.all[start:b.end[i]]
}

// links is the number of links of entities.
func (l *links) count(entities []Entity) int {
	n := 0
	for _, e := range entities {
		n += len(l.of(e))
	}
	return n
}

// bound makes the bounds, and reports whether there was the budget for it.
func (s *pathSearch) bound() bool {
	s.near.end, s.about.end = append(s.near.end[:0], 1), append(s.about.end[:0], 1)
	s.join(&s.near, s.from)
	s.join(&s.about, s.to)
	left, reach := 1, 0 // what the target's side covers, and how far the start's side reaches
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

// widen adds a level to the ball about the start.
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

// push makes the bounds for some hops left from those for one less, for all from which the target can be reached.
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

// pull makes the bounds for some hops left from those for one less, for all that a path can have reached by then.
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

// forget makes room for another computation.
func (t *toward) forget() {
	for _, e := range t.known {
		t.slot[e] = 0
	}
	t.known, t.cells = t.known[:0], t.cells[:0]
	for _, b := range []*ball{&t.near, &t.about} {
		b.all, b.end, b.seen = b.all[:0], b.end[:0], b.seen[:0]
	}
}

// fit makes the room that a graph of so many entities asks for.
func (t *toward) fit(entities int) {
	t.slot = slices.Grow(t.slot, max(0, entities-len(t.slot)))[:max(entities, len(t.slot))]
}
