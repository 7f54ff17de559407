package topology

import (
	"math"
	"slices"

	"masar"
	"masar/answers"
	"masar/scoring"
)

// rounding is how far a difference may be off by computing it.
const rounding = 1e-9

// sides are the limits for the number of rows and columns of a matrix or gap map.
var sides = masar.PageSize{Max: 100, Default: 100}

// GapMap shows how well the claims about two dimensions are supported.
type GapMap struct {
	// Rows and Columns are the values of the dimensions that any accepted claim has, by code. A filter limits the
	// content of the cells, not the rows and columns.
	Rows, Columns           []Value
	OtherRows, OtherColumns int
	// Cells are all cells, by row and column.
	Cells []GapCell
}

// GapCell shows how well the claims of a row and a column are supported. Their evidence is combined as if it belonged
// to one claim. A cell with evidence for effects is rated by its effects only, because facts are no evidence of
// effects. Any other cell is rated by its facts.
type GapCell struct {
	// Row and Column are indexes into the map's Rows and Columns.
	Row, Column int
	// Claims and Evidence are the numbers of claims and of their accepted evidence items, for effects and facts
	// together.
	Claims, Evidence int
	// Support is the support of the claims by which the cell is rated.
	Support masar.Support
	// LatestYear is the year of the newest document among their accepted evidence; 0 if none is dated.
	LatestYear int
	// Gaps are all gaps, most important first.
	Gaps []answers.EvidenceGap
}

// GapMap builds a map of the claims that belong to a row and to a column. If a maturity is given, the map seeks case
// studies from countries of similar maturity. The error has code BAD_INPUT.
func (s *Selection) GapMap(rows, columns answers.Dimension, firstRows, firstColumns *int, maturity *float64) (GapMap, error) {
	all, err := s.Graph.Select(nil)
	if err != nil {
		return GapMap{}, err
	}
	down, err := all.gapSide(rows, "firstRows", firstRows)
	if err != nil {
		return GapMap{}, err
	}
	across, err := all.gapSide(columns, "firstColumns", firstColumns)
	if err != nil {
		return GapMap{}, err
	}
	return s.gaps(down, across, s.Graph.ofMaturity(maturity)), nil
}

// ofMaturity are the countries of similar maturity; nil for nil. Countries of unknown maturity are excluded.
func (g *Graph) ofMaturity(maturity *float64) map[Entity]bool {
	if maturity == nil {
		return nil
	}
	like := map[Entity]bool{}
	for _, country := range g.OfKind(masar.KindCountry) {
		if m, _ := g.Maturity(country); m != nil && math.Abs(m.Value-*maturity) <= g.profile.Gaps.LikeMaturity+rounding {
			like[country] = true
		}
	}
	return like
}

// gaps fills a map. It seeks case studies from similar countries unless like is nil.
func (s *Selection) gaps(down, across *side, like map[Entity]bool) GapMap {
	width := len(across.shown)
	claims := make([][]Claim, len(down.shown)*width)
	var rowRoom, columnRoom []int
	for _, c := range s.claims {
		rowRoom, columnRoom = down.slots(c, rowRoom[:0]), across.slots(c, columnRoom[:0])
		for _, row := range rowRoom {
			for _, column := range columnRoom {
				claims[row*width+column] = append(claims[row*width+column], c)
			}
		}
	}
	m := GapMap{Rows: down.shown, Columns: across.shown, OtherRows: down.rest, OtherColumns: across.rest, Cells: make([]GapCell, len(claims))}
	var room []scoring.Item
	for i, of := range claims {
		m.Cells[i], room = s.gapCell(of, like, room)
		m.Cells[i].Row, m.Cells[i].Column = i/width, i%width
	}
	return m
}

// gapSide is a side of a map: the values that any of the claims has, by code.
func (s *Selection) gapSide(d answers.Dimension, argument string, first *int) (*side, error) {
	show, err := sides.Of(argument, first)
	if err != nil {
		return nil, err
	}
	of, err := s.side(d, argument, &show, new(answers.OrderByKey))
	if err != nil {
		return nil, err
	}
	return of.known(), nil
}

// known removes the claims without a value.
func (s *side) known() *side {
	if s.unknown >= 0 {
		s.shown, s.unknown = s.shown[:s.unknown], -1
	}
	return s
}

// gapCell rates the claims of a cell.
func (s *Selection) gapCell(claims []Claim, like map[Entity]bool, room []scoring.Item) (GapCell, []scoring.Item) {
	cell := GapCell{Claims: len(claims)}
	for _, c := range claims {
		for range s.Graph.accepted(c) {
			cell.Evidence++
		}
	}
	var judged []Claim
	cell.Support, judged, room = s.judge(claims, room)
	if cell.Support.Status == masar.NoEvidence {
		cell.Gaps = []answers.EvidenceGap{answers.GapAbsolute}
		return cell, room
	}
	newest, reviewed := s.Graph.newest(judged)
	bounds := &s.Graph.profile.Gaps
	if !math.IsInf(newest, -1) {
		cell.LatestYear = int(newest)
	}
	for _, gap := range []struct {
		is    answers.EvidenceGap
		holds bool
	}{
		{answers.GapContested, cell.Support.Status != masar.Supported},
		{answers.GapThin, cell.Support.Families <= 1 || cell.Support.Net < bounds.ThinNet},
		{answers.GapSynthesis, cell.Support.Families >= bounds.SynthesisFamilies && !reviewed},
		{answers.GapContext, like != nil && !s.Graph.practised(claims, like)},
		{answers.GapStale, cell.LatestYear != 0 && masar.DecimalYear(s.Graph.asOf)-newest > bounds.StaleYears},
	} {
		if gap.holds {
			cell.Gaps = append(cell.Gaps, gap.is)
		}
	}
	return cell, room
}

// judge returns the combined support of claims, and the claims that it is of: the effects, or the facts if only these
// have evidence.
func (s *Selection) judge(claims []Claim, room []scoring.Item) (masar.Support, []Claim, []scoring.Item) {
	effects, rest := s.Graph.partition(claims)
	room = s.Graph.allItems(room[:0], effects)
	support := s.Graph.scorer.Sum(masar.Effect, room)
	if support.Status != masar.NoEvidence || len(rest) == 0 {
		return support, effects, room
	}
	room = s.Graph.allItems(room[:0], rest)
	facts := s.Graph.scorer.Sum(masar.Fact, room)
	if facts.Status == masar.NoEvidence && len(effects) > 0 {
		return support, effects, room
	}
	return facts, rest, room
}

// partition splits claims into effects and facts.
func (g *Graph) partition(claims []Claim) (effects, facts []Claim) {
	for _, c := range claims {
		if g.Nature(c) == masar.Effect {
			effects = append(effects, c)
		} else {
			facts = append(facts, c)
		}
	}
	return effects, facts
}

// allItems adds the evidence items of several claims to room.
func (g *Graph) allItems(room []scoring.Item, claims []Claim) []scoring.Item {
	for _, c := range claims {
		room = g.items(room, c)
	}
	return room
}

// newest returns the first possible day of the newest document among the accepted evidence of the claims, as a
// decimal year; −∞ if none is dated. reviewed reports whether any of that evidence is a systematic review.
func (g *Graph) newest(claims []Claim) (newest float64, reviewed bool) {
	newest = math.Inf(-1)
	for _, c := range claims {
		for e := range g.accepted(c) {
			if earliest := g.entities[e.document].earliest; earliest > newest { // false for NaN, an undated document
				newest = earliest
			}
			reviewed = reviewed || masar.EvidenceKinds[e.kind] == masar.SystematicReview
		}
	}
	return newest, reviewed
}

// practised reports whether a case study from one of some countries is at an end of the claims, or demonstrates a
// recommendation there.
func (g *Graph) practised(claims []Claim, countries map[Entity]bool) (found bool) {
	from := func(of Entity) {
		g.along(of, masar.PractisedIn, false, func(country Entity) { found = found || countries[country] })
	}
	for _, c := range claims {
		for _, end := range [2]Entity{g.claims[c].subject, g.claims[c].object} {
			switch g.kindOf(end) {
			case masar.KindCaseStudy:
				from(end)
			case masar.KindRecommendation:
				g.along(end, masar.Demonstrates, true, from)
			}
		}
	}
	return found
}

// SilentTargets are the targets that a source names, in accepted evidence for a claim about the target, and that no
// recommendation advances. They are sorted by code. Only active claims of the selection count.
func (s *Selection) SilentTargets() []Entity {
	named, advanced := map[Entity]bool{}, map[Entity]bool{}
	for _, c := range s.claims {
		at := &s.Graph.claims[c]
		if !s.Graph.linked(c) || s.Graph.kindOf(at.object) != masar.KindSdgTarget {
			continue
		}
		for e := range s.Graph.accepted(c) {
			if masar.Directnesses[e.directness] == masar.Named && masar.Stances[e.stance] == masar.Supports {
				named[at.object] = true
			}
		}
		if masar.Predicates[at.predicate] == masar.Advances {
			advanced[at.object] = true
		}
	}
	return s.Graph.those(masar.KindSdgTarget, func(e Entity) bool { return named[e] && !advanced[e] })
}

// Orphans are the recommendations and case studies that no active claim of the selection connects with each other, by
// code. Without a filter all are candidates, otherwise those at an end of the selected claims.
func (s *Selection) Orphans() (recommendations, cases []Entity) {
	paired, touched := map[Entity]bool{}, map[Entity]bool{}
	for _, c := range s.claims {
		at := &s.Graph.claims[c]
		touched[at.subject], touched[at.object] = true, true
		if s.Graph.linked(c) && masar.Predicates[at.predicate] == masar.Demonstrates && s.Graph.Ref(at.subject).Kind == masar.KindCaseStudy {
			paired[at.subject], paired[at.object] = true, true
		}
	}
	orphan := func(e Entity) bool { return !paired[e] && (touched[e] || !s.filter.Asks()) }
	return s.Graph.those(masar.KindRecommendation, orphan), s.Graph.those(masar.KindCaseStudy, orphan)
}

// FirstMissed are the first items of one of a map's lists, 20 by default. The error has code BAD_PAGE.
func FirstMissed(list []Entity, first *int) ([]Entity, error) {
	n, err := masar.Pages.Of("first", first)
	if err != nil {
		return nil, err
	}
	return list[:min(n, len(list))], nil
}

// those are the entities of a kind that pass a test, by code.
func (g *Graph) those(kind masar.Kind, test func(Entity) bool) []Entity {
	s := g.kinds[kind]
	return slices.Collect(func(yield func(Entity) bool) {
		for e := range places[Entity](int32(s.from), int32(s.to)) {
			if test(e) && !yield(e) {
				return
			}
		}
	})
}
