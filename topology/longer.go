package topology

// connect is the memory for finding out whether longer paths exist.
type connect struct {
	mark   []int32 // mark by entity; valid if it is of the current round
	round  int32
	sides  [2][]Entity
	wider  []Entity
	passed []Entity // the path being tried
	tries  [][]link // the next steps to try, by length of the path
}

// The state of an entity in a round, added to four times the number of the round.
const (
	reachedFromStart = iota
	reachedFromTarget
	blocked
	triedGathered // tried by a gathering claim only, not yet by another
)

// begin starts a round without marks, and returns the base of its marks.
func (c *connect) begin(entities int) int32 {
	if len(c.mark) < entities || c.round == 1<<28 {
		c.mark, c.round = make([]int32, entities), 0
	}
	c.round++
	return c.round * 4
}

// longer reports whether a path with more than the allowed hops exists. It looks for a path of exactly the allowed
// hops that has not arrived and can still arrive without passing an entity twice. It drops beginnings from which the
// target is out of reach. So if no longer path exists, it tries no more paths than there are. These may be very many;
// then the budget ends the search.
func (s *pathSearch) longer() bool {
	s.passed = append(s.passed[:0], s.from)
	return s.arrives(s.from, s.passed, len(s.entities), false) && s.prolong(-1)
}

// prolong reports whether the current path, from whose end the target may be reachable, is the beginning of a path
// that is too long. came is the last claim of the path. Once the path is long enough, a continuation without
// gathering claims settles the question. Otherwise the next steps are tried one by one.
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

// onward collects the next steps of the current path. A step to the target is not one of them, but makes a path that
// is long enough arrive. Of parallel claims to one entity only one is needed: one that does not gather can go on
// wherever one that does can.
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

// arrives reports whether the target is reachable from an entity within some hops without passing the path again. It
// searches from both ends, each time from the side with fewer entities. So it soon finds a path if there is one, and
// soon exhausts the smaller side if there is none. It ignores that a path may not enter and leave an entity by
// gathering claims, so the result may be no path. With strict, it leaves no entity by such a claim, and the result is
// a path.
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
