package topology

import (
	"fmt"
	"masar/answers"
	"slices"
	"sync"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"masar"
)

// The limits of a filter: its nesting depth and its number of parts.
const (
	maxFilterDepth = 5
	maxFilterParts = 50
)

// Filter is a compiled filter: the set of the claims of one snapshot that match. Lists, counts and searches with the
// same filter agree, because all use this set. A nil Filter matches every claim.
type Filter struct {
	kept *roaring.Bitmap // nil for all
	// atTarget is the set if claims about a goal are counted for one of its targets, which gives them less support.
	atTarget func() *roaring.Bitmap
}

// Keeps reports whether a claim matches.
func (f *Filter) Keeps(c Claim) bool { return !f.Asks() || f.kept.Contains(uint32(c)) }

// Asks reports whether the filter has conditions, so that claims may not match.
func (f *Filter) Asks() bool { return f != nil && f.kept != nil }

// KeepsAtTarget reports whether a claim matches that, if it is about a goal, counts for one of the goal's targets.
func (f *Filter) KeepsAtTarget(c Claim) bool {
	if !f.Asks() {
		return true
	}
	return f.atTarget().Contains(uint32(c))
}

// compiled are a snapshot's compiled filters, by their text.
type compiled struct {
	sync.Mutex
	by map[string]*Filter
}

// maxCompiled is the maximum number of cached filters per snapshot. With a million claims each takes up to 125 kB.
const maxCompiled = 64

// Compile computes the set of the claims that match a filter; nil for nil. It caches the latest filters of a snapshot
// for all lists and requests. The error has code BAD_INPUT and names the part of the filter, such as
// filter.and[0].countries[2].
func (g *Graph) Compile(f *answers.ClaimFilter) (*Filter, error) {
	if f == nil {
		return nil, nil
	}
	if err := bounded(f); err != nil {
		return nil, err
	}
	text := identity(f)
	g.filters.Lock()
	defer g.filters.Unlock()
	if known := g.filters.by[text]; known != nil {
		return known, nil
	}
	made := compiler{Graph: g}
	kept := made.filter(f, "filter")
	if made.err != nil {
		return nil, made.err
	}
	filter := &Filter{kept: kept, atTarget: sync.OnceValue(func() *roaring.Bitmap {
		again := compiler{Graph: g, forTarget: true}
		return again.filter(f, "filter")
	})}
	if len(g.filters.by) >= maxCompiled || g.filters.by == nil {
		g.filters.by = map[string]*Filter{}
	}
	g.filters.by[text] = filter
	return filter, nil
}

// bounded rejects a filter that is too deep or has too many parts, before it is compiled.
func bounded(f *answers.ClaimFilter) error {
	parts := 0
	var walk func(f *answers.ClaimFilter, path string, depth int) error
	walk = func(f *answers.ClaimFilter, path string, depth int) error {
		parts++
		switch {
		case depth > maxFilterDepth:
			return masar.NewArgumentError(masar.CodeBadInput, path, "error.filter.depth", masar.Args{"allowed": maxFilterDepth})
		case parts > maxFilterParts:
			return masar.NewArgumentError(masar.CodeBadInput, path, "error.filter.parts", masar.Args{"allowed": maxFilterParts})
		}
		for _, nested := range []struct {
			name string
			of   []*answers.ClaimFilter
		}{{"and", f.And}, {"or", f.Or}} {
			for i, part := range nested.of {
				if err := walk(part, fmt.Sprintf("%s.%s[%d]", path, nested.name, i), depth+1); err != nil {
					return err
				}
			}
		}
		if f.Not != nil {
			return walk(f.Not, path+".not", depth+1)
		}
		return nil
	}
	return walk(f, "filter", 1)
}

// compiler builds sets of claims, where nil means all claims. It keeps the first error.
type compiler struct {
	*Graph
	forTarget bool // whether claims about a goal are counted for one of its targets
	err       error
}

func (k *compiler) fail(err error) {
	if k.err == nil {
		k.err = err
	}
}

// filter is the set of the claims that match each part.
func (k *compiler) filter(f *answers.ClaimFilter, path string) *roaring.Bitmap {
	var set *roaring.Bitmap
	and := func(part *roaring.Bitmap) {
		switch {
		case part == nil:
		case set == nil:
			set = part
		default:
			set = roaring.And(set, part)
		}
	}
	if f.Basis != nil {
		and(k.where(func(c Claim) bool { return masar.Bases[k.claims[c].basis] == *f.Basis }))
	}
	if len(f.Predicates) > 0 {
		allowed := predicateSet(f.Predicates)
		and(k.where(func(c Claim) bool { return allowed>>k.claims[c].predicate&1 == 1 }))
	}
	if len(f.SubjectKinds) > 0 {
		and(k.ofKinds(f.SubjectKinds, func(set *roaring.Bitmap, s span) {
			set.AddRange(uint64(k.bySubject[s.from]), uint64(k.bySubject[s.to]))
		}))
	}
	if len(f.ObjectKinds) > 0 {
		and(k.ofKinds(f.ObjectKinds, func(set *roaring.Bitmap, s span) {
			for _, c := range k.byObject.to[k.byObject.from[s.from]:k.byObject.from[s.to]] {
				set.Add(uint32(c))
			}
		}))
	}
	if len(f.Natures) > 0 {
		and(k.where(func(c Claim) bool { return slices.Contains(f.Natures, k.Nature(c)) }))
	}
	and(k.bySupport(f, path))
	and(k.about(f.Countries, path+".countries", masar.KindCountry))
	and(k.about(f.Targets, path+".targets", masar.KindSdgTarget, masar.KindSdgGoal))
	and(k.about(f.Initiatives, path+".initiatives", masar.KindInitiative))
	and(k.about(f.Topics, path+".topics", masar.KindTopic))
	and(k.about(f.Challenges, path+".challenges", masar.KindChallenge))
	and(k.about(f.Organizations, path+".organizations", masar.KindOrganization))
	and(k.restingOn(f.Documents, path+".documents"))
	and(k.ofEvidence(f.EvidenceKinds))
	and(k.dated(f, path))
	for i, part := range f.And {
		and(k.filter(part, fmt.Sprintf("%s.and[%d]", path, i)))
	}
	if len(f.Or) > 0 {
		any, all := roaring.New(), false
		for i, part := range f.Or {
			if one := k.filter(part, fmt.Sprintf("%s.or[%d]", path, i)); one != nil {
				any.Or(one)
			} else {
				all = true
			}
		}
		if !all {
			and(any)
		}
	}
	if f.Not != nil {
		if left := k.filter(f.Not, path+".not"); left != nil {
			and(roaring.Flip(left, 0, uint64(len(k.claims))))
		} else {
			and(roaring.New())
		}
	}
	return set
}

// where is the set of the claims that pass a test.
func (k *compiler) where(test func(Claim) bool) *roaring.Bitmap {
	var found []uint32
	for c := range k.claims {
		if test(Claim(c)) {
			found = append(found, uint32(c))
		}
	}
	return setOf(found)
}

func setOf(claims []uint32) *roaring.Bitmap {
	set := roaring.New()
	set.AddMany(claims)
	set.RunOptimize()
	return set
}

func (k *compiler) ofKinds(kinds []masar.Kind, add func(*roaring.Bitmap, span)) *roaring.Bitmap {
	set := roaring.New()
	for _, kind := range kinds {
		if s, any := k.kinds[kind]; any {
			add(set, s)
		}
	}
	return set
}

// bySupport is the set of the claims with given certainties, documentations, statuses and minimum net support.
// Certainties select effects only, and documentations facts only.
func (k *compiler) bySupport(f *answers.ClaimFilter, path string) *roaring.Bitmap {
	least := 0.
	if f.MinNet != nil {
		least = *f.MinNet
		k.fail(masar.CheckShare(path+".minNet", least))
	}
	if least == 0 && len(f.Certainties) == 0 && len(f.Documentations) == 0 && len(f.Statuses) == 0 {
		return nil
	}
	return k.where(func(c Claim) bool {
		net, certainty, documentation, status := k.nets[c], k.certainty(c), k.documentation(c), k.Status(c)
		if k.forTarget && k.kindOf(k.claims[c].object) == masar.KindSdgGoal {
			support := k.atTarget.Sum(k.Nature(c), k.items(nil, c))
			net, certainty, documentation, status = support.Net, support.Certainty, support.Documentation, support.Status
		}
		return net >= least && (len(f.Certainties) == 0 || slices.Contains(f.Certainties, certainty)) &&
			(len(f.Documentations) == 0 || slices.Contains(f.Documentations, documentation)) &&
			(len(f.Statuses) == 0 || slices.Contains(f.Statuses, status))
	})
}

// codes are the entities with the given codes, each of the first of the kinds that has it.
func (k *compiler) codes(codes []string, path string, kinds ...masar.Kind) []Entity {
	var found []Entity
	for i, code := range codes {
		e, err := k.FindCode(fmt.Sprintf("%s[%d]", path, i), code, kinds...)
		if err != nil {
			k.fail(err)
			return nil
		}
		found = append(found, e)
	}
	return found
}

// about is the set of the claims with an end that belongs to one of the given entities.
func (k *compiler) about(codes []string, path string, kinds ...masar.Kind) *roaring.Bitmap {
	if len(codes) == 0 {
		return nil
	}
	ends := map[Entity]bool{}
	for _, e := range k.codes(codes, path, kinds...) {
		k.belonging(e, func(e Entity) { ends[e] = true })
	}
	var found []uint32
	for e := range ends {
		for c := range k.claimsAt(e, false) {
			found = append(found, uint32(c))
		}
		for c := range k.claimsAt(e, true) {
			found = append(found, uint32(c))
		}
	}
	slices.Sort(found)
	return setOf(found)
}

// restingOn is the set of the claims with accepted evidence from one of the documents.
func (k *compiler) restingOn(codes []string, path string) *roaring.Bitmap {
	if len(codes) == 0 {
		return nil
	}
	var found []uint32
	for _, document := range k.codes(codes, path, masar.KindDocument) {
		found = k.withEvidenceIn(document, found)
	}
	slices.Sort(found)
	return setOf(found)
}

func (k *compiler) withEvidenceIn(document Entity, found []uint32) []uint32 {
	for _, e := range k.inDocument.of(document) {
		if k.evidence[e].marks&reviewAccepted != 0 {
			found = append(found, uint32(k.ClaimOf(e)))
		}
	}
	return found
}

// ofEvidence is the set of the claims with accepted evidence of one of the kinds.
func (k *compiler) ofEvidence(kinds []masar.EvidenceKind) *roaring.Bitmap {
	if len(kinds) == 0 {
		return nil
	}
	return k.where(func(c Claim) bool {
		for e := range k.accepted(c) {
			if slices.Contains(kinds, masar.EvidenceKinds[e.kind]) {
				return true
			}
		}
		return false
	})
}

// dated is the set of the claims with accepted evidence from a document dated between two days.
func (k *compiler) dated(f *answers.ClaimFilter, path string) *roaring.Bitmap {
	if f.Since == nil && f.Until == nil {
		return nil
	}
	since, until := -1., 1e9
	if f.Since != nil {
		since = k.day(*f.Since, path+".since")
	}
	if f.Until != nil {
		until = k.day(*f.Until, path+".until")
	}
	if since > until {
		k.fail(masar.NewArgumentError(masar.CodeBadInput, path+".until", "error.period.order", masar.Args{"since": *f.Since, "until": *f.Until}))
	}
	var found []uint32
	documents := k.kinds[masar.KindDocument]
	for d := documents.from; d < documents.to; d++ {
		if at := k.entities[d].earliest; at >= since && at <= until {
			found = k.withEvidenceIn(d, found)
		}
	}
	slices.Sort(found)
	return setOf(found)
}

// day is a day as a decimal year.
func (k *compiler) day(s, argument string) float64 {
	day, err := time.Parse(time.DateOnly, s)
	if err != nil {
		k.fail(masar.NewArgumentError(masar.CodeBadInput, argument, "error.day.malformed", masar.Args{"given": s}))
	}
	return masar.DecimalYear(day)
}

// predicateSet is a set of predicates, as bits by their position in masar.Predicates.
func predicateSet(predicates []masar.Predicate) uint32 {
	set := uint32(0)
	for _, p := range predicates {
		if i := slices.Index(masar.Predicates, p); i >= 0 {
			set |= 1 << i
		}
	}
	return set
}
