package topology

// connect is the room for telling whether longer paths exist.
type connect struct {
	mark   []int32 // by entity: what it is in the round, or something of an earlier one
	round  int32
	sides  [2][]Entity
	wider  []Entity
	passed []Entity // the path being tried
	tries  [][]link // where it may go on, by its length
}

// What an entity is in a round: these on top of four times the round's number.
const (
	reachedFromStart = iota
	reachedFromTarget
	blocked
	triedGathered // a path may go on to it by a claim that gathers, and not yet by another
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
	return s.arrives(s.from, s.passed, len(s.entities), false) && s.prolong(-1)
}

// prolong reports whether the path being tried, from whose end the target may be reached, begins a path that is longer
// than may be taken. It came to its end by a claim, or starts there. Once it is long enough, a way on that leaves nothing
// by a claim that gathers settles it; else the ways on are tried one by one.
func (s *pathSearch) prolong(came Claim) bool {
	hops := len(s.passed) - 1
	at := s.passed[hops]
	if hops >= s.hops && s.arrives(at, s.passed[:hops], len(s.entities), true) {
		return true
	}
	for len(s.tries) <= hops {
		s.tries = append(s.tries, nil)
	}
	tries, arrived := s.onward(at, came, hops)
	s.tries[hops] = tries
	if arrived || s.meter.over() {
		return arrived
	}
	for _, l := range tries {
		s.passed = append(s.passed, l.to)
		if s.arrives(l.to, s.passed, len(s.entities), false) && s.prolong(l.claim) {
			return true
		}
		s.passed = s.passed[:hops+1]
	}
	return false
}

// onward gathers the steps by which the path being tried may go on. A step to the target is none, but makes a path that is
// long enough arrive. Claims side by side lead to an entity but once: one that does not gather can go on wherever one that
// does can.
func (s *pathSearch) onward(at Entity, came Claim, hops int) (tries []link, arrived bool) {
	links := s.forward(at)
	if !s.meter.look(len(links)) {
		return nil, false
	}
	base := s.begin(len(s.entities))
	for _, e := range s.passed {
		s.mark[e] = base + blocked
	}
	tries = s.tries[hops][:0]
	gathered := came >= 0 && s.gathers(came, at)
	for _, l := range links {
		if s.mark[l.to] == base+blocked || !s.allows(l.claim) || gathered && s.gathers(l.claim, at) {
			continue
		}
		if l.to == s.to {
			if hops >= s.hops {
				return tries, true
			}
			continue
		}
		if s.gathers(l.claim, l.to) {
			if s.mark[l.to] == base+triedGathered {
				continue
			}
			s.mark[l.to] = base + triedGathered
		} else {
			s.mark[l.to] = base + blocked
		}
		tries = append(tries, l)
	}
	return tries, false
}

// arrives reports whether the target can be reached from an entity in up to so many hops without passing a path again.
// It looks from both ends in turn, from the side that has fewer entities to look on from, so that it soon meets where
// there is a way, and soon has seen the whole of the smaller side where there is none. That a way may not enter and
// leave an entity by claims that gather it does not see to, so that a way may be no path; strict, it leaves no entity by such
// a claim, and then there is a path.
func (s *pathSearch) arrives(from Entity, passed []Entity, hops int, strict bool) bool {
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
				left := e
				if side == reachedFromTarget {
					left = l.to
				}
				if mark == side || mark == blocked || !s.allows(l.claim) || strict && s.gathers(l.claim, left) {
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
