package topology

// connect is the room for telling whether longer paths exist.
type connect struct {
	mark   []int32 // by entity: what it is in the round, or something of an earlier one
	round  int32
	sides  [2][]Entity
	wider  []Entity
	passed []Entity          // the path being tried
	tries  [maxHops][]Entity // where it may go on, by its length
}

// What an entity is in a round: these on top of four times the round's number.
const (
	reachedFromStart = iota
	reachedFromTarget
	blocked
)

// begin starts a round in which nothing is marked yet, and gives the base of its marks.
func (c *connect) begin(entities int) int32 {
	if len(c.mark) < entities || c.round == 1<<28 {
		c.mark, c.round = make([]int32, entities), 0
	}
	c.round++
	return c.round * 4
}

// longer reports whether a path of more hops than may be taken exists: whether some path of just so many hops, which has
// not arrived, can still arrive without passing an entity twice. Beginnings from which the target can no longer be reached
// are given up at once, so that where there is no longer path no more is tried than there are paths. In the worst case these
// are very many; then the budget ends it.
func (s *pathSearch) longer() bool {
	s.passed = append(s.passed[:0], s.from)
	return s.arrives(s.from, s.passed, len(s.entities)) && s.prolong()
}

// prolong reports whether the path being tried, from whose end the target can be reached, begins a path that is longer
// than may be taken.
func (s *pathSearch) prolong() bool {
	hops := len(s.passed) - 1
	if hops == s.hops {
		return true
	}
	links := s.forward(s.passed[hops])
	if !s.meter.look(len(links)) {
		return false
	}
	base := s.begin(len(s.entities))
	s.mark[s.to] = base + blocked
	for _, e := range s.passed {
		s.mark[e] = base + blocked
	}
	tries := s.tries[hops][:0]
	for _, l := range links {
		if s.mark[l.to] != base+blocked && s.allows(l.claim) {
			s.mark[l.to] = base + blocked // claims side by side lead to it but once
			tries = append(tries, l.to)
		}
	}
	s.tries[hops] = tries
	for _, e := range tries {
		s.passed = append(s.passed, e)
		if s.arrives(e, s.passed, len(s.entities)) && s.prolong() {
			return true
		}
		s.passed = s.passed[:hops+1]
	}
	return false
}

// arrives reports whether the target can be reached from an entity in up to so many hops without passing a path again.
// It looks from both ends in turn, from the side that has fewer entities to look on from, so that it soon meets where
// there is a way, and soon has seen the whole of the smaller side where there is none.
func (s *pathSearch) arrives(from Entity, passed []Entity, hops int) bool {
	base := s.begin(len(s.entities))
	for _, e := range passed {
		s.mark[e] = base + blocked
	}
	s.mark[from], s.mark[s.to] = base+reachedFromStart, base+reachedFromTarget
	s.sides[0], s.sides[1] = append(s.sides[0][:0], from), append(s.sides[1][:0], s.to)
	for ; hops > 0 && len(s.sides[0]) > 0 && len(s.sides[1]) > 0; hops-- {
		side, on := int32(reachedFromStart), s.forward
		if len(s.sides[1]) < len(s.sides[0]) {
			side, on = reachedFromTarget, s.backward
		}
		s.wider = s.wider[:0]
		for _, e := range s.sides[side] {
			links := on(e)
			if !s.meter.look(1 + len(links)) {
				return false
			}
			for _, l := range links {
				mark := s.mark[l.to] - base
				if mark == side || mark == blocked || !s.allows(l.claim) {
					continue
				}
				if mark == 1-side {
					return true
				}
				s.mark[l.to] = base + side
				s.wider = append(s.wider, l.to)
			}
		}
		s.sides[side], s.wider = s.wider, s.sides[side]
	}
	return false
}
