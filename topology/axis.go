package topology

import (
	"fmt"
	"masar/answers"
	"math"
	"slices"

	"masar"
)

// axis maps claims to the values of a dimension. Values have numbers, in the order in which answers show them.
type axis struct {
	// many says that a claim may have several values.
	many bool
	// enumerated says that the values are a fixed list, all of which are shown even without claims.
	enumerated bool
	// entities says that the values are entities of the graph.
	entities bool
	// covers reports whether the dimension applies to a claim; nil means that it applies to all. Other claims are not
	// counted.
	covers func(Claim) bool
	// size is one more than the largest value number.
	size int
	// values returns the unique numbers of a claim's values; none if unknown. The result may use room, and is valid
	// until the next call.
	values func(c Claim, room []int32) []int32
	// key is the value with a number.
	key func(number int32) Value
}

// Value is a value of a dimension: its key, and its entity or None.
type Value struct {
	Key string
	At  Entity
}

// ownerKinds are the kinds of the dimensions whose values are entities that an end of a claim belongs to.
var ownerKinds = map[answers.Dimension]masar.Kind{
	answers.ByCountry: masar.KindCountry, answers.BySdgGoal: masar.KindSdgGoal, answers.BySdgTarget: masar.KindSdgTarget,
	answers.ByInitiative: masar.KindInitiative, answers.ByTopic: masar.KindTopic, answers.ByChallenge: masar.KindChallenge,
	answers.ByOrganization: masar.KindOrganization,
}

// axis is the axis of a dimension.
func (g *Graph) axis(d answers.Dimension) axis {
	if kind, ok := ownerKinds[d]; ok {
		return g.owned(kind)
	}
	switch d {
	case answers.ByCertainty:
		return listed(masar.Certainties, g.rating).among(func(c Claim) bool { return g.Nature(c) == masar.Effect })
	case answers.ByDocumentation:
		return listed(masar.Documentations, g.rating).among(func(c Claim) bool { return g.Nature(c) == masar.Fact })
	case answers.ByNature:
		return listed(masar.ClaimNatures, func(c Claim) uint8 { return uint8(slices.Index(masar.ClaimNatures, g.Nature(c))) })
	case answers.ByStatus:
		return listed(masar.SupportStatuses, func(c Claim) uint8 { return uint8(g.verdicts[c] >> statusesFrom & statuses) })
	case answers.ByBasis:
		return listed(masar.Bases, func(c Claim) uint8 { return g.claims[c].basis })
	case answers.ByPredicate:
		return listed(masar.Predicates, func(c Claim) uint8 { return g.claims[c].predicate })
	case answers.BySubjectKind:
		return listed(masar.Kinds, func(c Claim) uint8 { return g.entities[g.claims[c].subject].kind })
	case answers.ByObjectKind:
		return listed(masar.Kinds, func(c Claim) uint8 { return g.entities[g.claims[c].object].kind })
	case answers.ByEvidenceKind:
		return g.rested(len(masar.EvidenceKinds), func(e *evidence) int32 { return int32(e.kind) }, enumKey(masar.EvidenceKinds)).enumerate()
	case answers.ByDocument:
		s := g.kinds[masar.KindDocument]
		a := g.rested(int(s.to-s.from), func(e *evidence) int32 { return int32(e.document - s.from) }, g.entityKey(s.from))
		a.entities = true
		return a
	case answers.ByYear:
		return g.rested(lastYear+1, func(e *evidence) int32 { return g.yearOf(e.document) }, func(year int32) Value {
			return Value{fmt.Sprintf("%04d", year), None}
		})
	}
	panic("topology: no dimension " + string(d)) // the schema allows no other value
}

// listed is an axis with a fixed list of values. Each claim has exactly one.
func listed[T ~string](all []T, of func(Claim) uint8) axis {
	return axis{
		size: len(all), key: enumKey(all), enumerated: true,
		values: func(c Claim, room []int32) []int32 { return append(room, int32(of(c))) },
	}
}

func enumKey[T ~string](all []T) func(int32) Value {
	return func(number int32) Value { return Value{string(all[number]), None} }
}

// among limits an axis to the claims that it covers.
func (a axis) among(covers func(Claim) bool) axis {
	of := a.values
	a.covers = covers
	a.values = func(c Claim, room []int32) []int32 {
		if !covers(c) {
			return nil
		}
		return of(c, room)
	}
	return a
}

func (a axis) enumerate() axis { a.enumerated = true; return a }

// owned is the axis of the entities of a kind to which an end of a claim belongs.
func (g *Graph) owned(kind masar.Kind) axis {
	s, owners := g.kinds[kind], g.ownersOf(kind)
	return axis{
		many: true, entities: true, size: int(s.to - s.from), key: g.entityKey(s.from),
		values: func(c Claim, room []int32) []int32 {
			of, more := owners.of(g.claims[c].subject), owners.of(g.claims[c].object)
			switch {
			case len(more) == 0:
				return of
			case len(of) == 0:
				return more
			}
			return union(of, more, room)
		},
	}
}

func (g *Graph) entityKey(first Entity) func(int32) Value {
	return func(number int32) Value { return Value{g.entities[first+Entity(number)].code, first + Entity(number)} }
}

// rested is the axis of a property of a claim's accepted evidence. -1 means no value.
func (g *Graph) rested(size int, of func(*evidence) int32, key func(int32) Value) axis {
	return axis{many: true, size: size, key: key, values: func(c Claim, room []int32) []int32 {
		for e := range g.accepted(c) {
			if v := of(e); v >= 0 && !slices.Contains(room, v) {
				room = append(room, v)
			}
		}
		return room
	}}
}

// union merges two ascending lists into room.
func union(x, y, room []int32) []int32 {
	for len(x) > 0 && len(y) > 0 {
		switch {
		case x[0] < y[0]:
			room, x = append(room, x[0]), x[1:]
		case x[0] > y[0]:
			room, y = append(room, y[0]), y[1:]
		default:
			room, x, y = append(room, x[0]), x[1:], y[1:]
		}
	}
	return append(append(room, x...), y...)
}

// lastYear is the last year of a valid date.
const lastYear = 9999

// yearOf is the year of the first possible day of a document's date; -1 if it is undated.
func (g *Graph) yearOf(document Entity) int32 {
	earliest := g.entities[document].earliest
	if math.IsNaN(earliest) {
		return -1
	}
	return int32(earliest)
}
