package topology

import (
	"math"
	"slices"

	"masar"
	"masar/answers"
	"masar/scoring"
)

// The bounds of what makes a gap.
const (
	thinNet           = .15 // less net support is thin
	synthesisFamilies = 3   // so many families want a review that sums them up
	staleYears        = 5
	contextWidth      = .15 // how far the maturity of a like country may be off
	rounding          = 1e-9
)

// sides is the number of rows, and of columns, of a matrix or a gap map.
var sides = masar.PageSize{Max: 100, Default: 100}

// GapMap shows how well the claims that link two kinds of things are supported.
type GapMap struct {
	// Rows and Columns are the values of the dimensions that any accepted claim has, by code: what fills the cells may be
	// narrowed by a filter, what there is to be filled is not.
	Rows, Columns           []Value
	OtherRows, OtherColumns int
	// Cells are all of the map, by row and column.
	Cells []GapCell
}

// GapCell shows how well the claims of a row and a column are supported, by their evidence taken together as that of one
// claim is. A fact is no evidence of an effect, so a cell with evidence for effects is judged by its effects alone, and
// any other by its facts.
type GapCell struct {
	// Row and Column are places in the map's Rows and Columns.
	Row, Column int
	// Claims and Evidence are the numbers of claims and of their accepted evidence items, of effects and facts alike.
	Claims, Evidence int
	// Support is that of the claims that the cell is judged by.
	Support masar.Support
	// LatestYear is the year of the newest document with accepted evidence for those; 0 where none is dated.
	LatestYear int
	// Gaps are all gaps, in the order in which they matter.
	Gaps []answers.Gap
}

// GapMap makes a map of the claims that belong to a row and to a column. Where a maturity is given, cases are looked for from
// countries of about that. The error has code BAD_INPUT.
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

// ofMaturity are the countries of about a maturity; nil for nil. One whose maturity is not known is none of them.
func (g *Graph) ofMaturity(maturity *float64) map[Entity]bool {
	if maturity == nil {
		return nil
	}
	like := map[Entity]bool{}
	for _, country := range g.OfKind(masar.KindCountry) {
		if m, _ := g.Maturity(country); m != nil && math.Abs(m.Value-*maturity) <= contextWidth+rounding {
			like[country] = true
		}
	}
	return like
}

// gaps fills a map. Cases are looked for from like countries, unless they are nil.
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

// known leaves out the claims without a value.
func (s *side) known() *side {
	if s.unknown >= 0 {
		s.shown, s.unknown = s.shown[:s.unknown], -1
	}
	return s
}

// gapCell judges the claims of a cell.
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
		cell.Gaps = []answers.Gap{answers.GapAbsolute}
		return cell, room
	}
	newest, reviewed := s.Graph.newest(judged)
	if !math.IsInf(newest, -1) {
		cell.LatestYear = int(newest)
	}
	for _, gap := range []struct {
		is    answers.Gap
		holds bool
	}{
		{answers.GapContested, cell.Support.Status != masar.Supported},
		{answers.GapThin, cell.Support.Families <= 1 || cell.Support.Net < thinNet},
		{answers.GapSynthesis, cell.Support.Families >= synthesisFamilies && !reviewed},
		{answers.GapContext, like != nil && !s.Graph.practised(claims, like)},
		{answers.GapStale, cell.LatestYear != 0 && masar.DecimalYear(s.Graph.asOf)-newest > staleYears},
	} {
		if gap.holds {
			cell.Gaps = append(cell.Gaps, gap.is)
		}
	}
	return cell, room
}

// judge gives the support of claims taken together, and the claims that it is of: the effects, or the facts where the
// effects have no evidence and the facts do.
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

// partition gives the claims of an effect and those of a fact.
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

// allItems puts into room the items of several claims.
func (g *Graph) allItems(room []scoring.Item, claims []Claim) []scoring.Item {
	for _, c := range claims {
		room = g.items(room, c)
	}
	return room
}

// newest is the first day that the date of the newest document of the claims' accepted evidence can mean, −∞ where none is
// dated, and whether any of that evidence is a systematic review.
func (g *Graph) newest(claims []Claim) (newest float64, reviewed bool) {
	newest = math.Inf(-1)
	for _, c := range claims {
		for e := range g.accepted(c) {
			if earliest := g.entities[e.document].earliest; earliest > newest { // never of NaN, an undated document
				newest = earliest
			}
			reviewed = reviewed || masar.EvidenceKinds[e.kind] == masar.SystematicReview
		}
	}
	return newest, reviewed
}

// practised reports whether a case study at an end of the claims, or one that demonstrates a recommendation there, is from one
// of some countries.
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
// recommendation advances, by code. Claims here are those of the selection that are edges.
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

// Orphans are the recommendations and the case studies that no claim of the selection that is an edge links with each
// other, by code: of all that there are, or where the filter asks anything, of those at an end of its claims.
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

// FirstMissed are the first of what a map found to be missing, 20 by default. The error has code BAD_PAGE.
func FirstMissed(list []Entity, first *int) ([]Entity, error) {
	n, err := masar.Pages.Of("first", first)
	if err != nil {
		return nil, err
	}
	return list[:min(n, len(list))], nil
}

// those are the entities of a kind for which a test holds, by code.
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
