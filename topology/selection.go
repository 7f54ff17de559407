package topology

import (
	"masar/answers"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"masar"
)

// Selection is the set of accepted claims that match a filter. Counts over it agree with lists of the same filter.
type Selection struct {
	Graph  *Graph
	filter *Filter
	claims []Claim
}

// Select selects the accepted claims that match a filter; all of them for nil. The error is that of Compile.
func (g *Graph) Select(f *answers.ClaimFilter) (*Selection, error) {
	filter, err := g.Compile(f)
	if err != nil {
		return nil, err
	}
	return &Selection{Graph: g, filter: filter, claims: g.AllClaims(filter)}, nil
}

// Len is the number of claims.
func (s *Selection) Len() int { return len(s.claims) }

// Kinds counts the entities of each kind: those at an end of a selected claim, or all without conditions in the
// filter.
func (s *Selection) Kinds() []answers.KindCount {
	counts := make([]answers.KindCount, len(masar.Kinds))
	for i, kind := range masar.Kinds {
		counts[i].Kind = kind
		if all := s.Graph.kinds[kind]; !s.filter.Asks() {
			counts[i].Count = int(all.to - all.from)
		}
	}
	if !s.filter.Asks() {
		return counts
	}
	seen := make([]bool, len(s.Graph.entities))
	for _, c := range s.claims {
		for _, e := range [2]Entity{s.Graph.claims[c].subject, s.Graph.claims[c].object} {
			if !seen[e] {
				seen[e] = true
				counts[s.Graph.entities[e].kind].Count++
			}
		}
	}
	return counts
}

// Number aggregates all claims; nil if the measure is not defined.
func (s *Selection) Number(m answers.Measure) *float64 {
	t := tally{}
	for _, c := range s.claims {
		t.add(s.Graph, c, m)
	}
	return t.value(s.Graph, m)
}

// tally aggregates claims by a measure.
type tally struct {
	claims    int
	sum       float64
	documents *roaring.Bitmap // distinct documents, if the measure counts documents or families
}

func (t *tally) add(g *Graph, c Claim, m answers.Measure) {
	t.claims++
	switch m {
	case answers.MeasureClaims:
		t.sum++
	case answers.MeasureStated, answers.MeasureStatedShare:
		t.count(g.Basis(c) == masar.Stated)
	case answers.MeasureInferred, answers.MeasureInferredShare:
		t.count(g.Basis(c) == masar.Inferred)
	case answers.MeasureContested:
		t.count(g.Status(c) == masar.Contested)
	case answers.MeasureRefuted:
		t.count(g.Status(c) == masar.Refuted)
	case answers.MeasureNoEvidence:
		t.count(g.Status(c) == masar.NoEvidence)
	case answers.MeasureMeanNet:
		t.sum += g.nets[c]
	case answers.MeasureEvidence:
		for range g.accepted(c) {
			t.sum++
		}
	case answers.MeasureDocuments, answers.MeasureFamilies:
		if t.documents == nil {
			t.documents = roaring.New()
		}
		for e := range g.accepted(c) {
			if m == answers.MeasureDocuments || masar.Stances[e.stance] == masar.Supports {
				t.documents.Add(uint32(e.document))
			}
		}
	}
}

func (t *tally) count(so bool) {
	if so {
		t.sum++
	}
}

// value is the result; nil for a share or mean of no claims.
func (t *tally) value(g *Graph, m answers.Measure) *float64 {
	v := t.sum
	switch {
	case m.Unit() != answers.UnitCount && t.claims == 0:
		return nil
	case m.Unit() != answers.UnitCount:
		v /= float64(t.claims)
	case t.documents != nil && m == answers.MeasureFamilies:
		v = float64(len(g.families(t.documents)))
	case t.documents != nil:
		v = float64(t.documents.GetCardinality())
	}
	return &v
}

// families are the source families of documents. Documents without a family count as one family, as in support.
func (g *Graph) families(documents *roaring.Bitmap) map[string]bool {
	all := map[string]bool{}
	for d := range roaring.Values(documents) {
		all[g.entities[d].family] = true
	}
	return all
}

// Distribution counts the claims by the values of a dimension.
type Distribution struct {
	// MultiValued says that a claim may have several values.
	MultiValued bool
	// Buckets are the values that are shown.
	Buckets []Bucket
	// Unknown is the number of claims without a value. Total is the number of claims to which the dimension applies.
	Unknown, Total int
	// OtherBuckets is the number of values with claims that are not shown, and Rest the number of claims with one of
	// them.
	OtherBuckets, Rest int
}

// Bucket is a value of a dimension with its number of claims.
type Bucket struct {
	Value
	Count int

	number int32 // value number
}

// Distribution counts the claims by a dimension. By default entities are ordered by count, largest first, and other
// values in their own order. Equal counts keep their own order. The error has code BAD_INPUT.
func (s *Selection) Distribution(by answers.Dimension, first *int, order *answers.BucketOrder) (Distribution, error) {
	show, err := masar.Pages.Of("first", first)
	if err != nil {
		return Distribution{}, err
	}
	return s.distributed(s.Graph.axis(by), show, order), nil
}

// distributed shows at most show values.
func (s *Selection) distributed(a axis, show int, order *answers.BucketOrder) Distribution {
	d := Distribution{MultiValued: a.many}
	counts := make([]int, a.size)
	room := make([]int32, 0, 64)
	for _, c := range s.claims {
		if a.covers != nil && !a.covers(c) {
			continue
		}
		d.Total++
		values := a.values(c, room)
		for _, v := range values {
			counts[v]++
		}
		if len(values) == 0 {
			d.Unknown++
		}
	}
	for v, n := range counts {
		if n > 0 || a.enumerated {
			d.Buckets = append(d.Buckets, Bucket{a.key(int32(v)), n, int32(v)})
		}
	}
	if order == nil && a.entities || order != nil && *order == answers.OrderByCount {
		slices.SortStableFunc(d.Buckets, func(x, y Bucket) int { return y.Count - x.Count })
	}
	if len(d.Buckets) <= show {
		return d
	}
	cut := make([]bool, a.size)
	for _, b := range d.Buckets[show:] {
		cut[b.number] = b.Count > 0
		if b.Count > 0 {
			d.OtherBuckets++
		}
	}
	d.Buckets = d.Buckets[:show]
	for _, c := range s.claims {
		if slices.ContainsFunc(a.values(c, room), func(v int32) bool { return cut[v] }) {
			d.Rest++
		}
	}
	return d
}
