package seed

import (
	"maps"
	"slices"
	"strings"

	"masar"
)

// reader goes over all files together: it checks what one file says against the others, and gathers the graph.
type reader struct {
	graph *Graph
	// broken says that a file could not be read at all, so that what seems missing may stand in it.
	broken           bool
	entityByRef      map[masar.Ref]placed
	sourceByCode     map[string]*source
	claimByKey       map[masar.ClaimKey]joined
	evidenceByKey    map[masar.EvidenceKey]linter
	observationByKey map[masar.ObservationKey]linter
	used             map[*passage]bool
}

// placed is an entity with where it stands.
type placed struct {
	masar.Entity
	linter
}

// check reports what is wrong with the files beyond their form, and gives the graph that they make.
func check(files []*source) *Graph {
	r := &reader{
		graph:            &Graph{},
		entityByRef:      map[masar.Ref]placed{},
		sourceByCode:     map[string]*source{},
		claimByKey:       map[masar.ClaimKey]joined{},
		evidenceByKey:    map[masar.EvidenceKey]linter{},
		observationByKey: map[masar.ObservationKey]linter{},
		used:             map[*passage]bool{},
	}
	for _, s := range files {
		r.broken = r.broken || s.broken
		r.entities(s)
	}
	for _, s := range files {
		r.links(s)
		r.gauges(s)
		r.document(s)
		r.claims(s)
		r.observations(s)
	}
	r.parents()
	for _, s := range files {
		r.unused(s)
	}
	return r.graph
}

// entities takes up a file's entities, of each kind and code one.
func (r *reader) entities(s *source) {
	for l, e := range s.entities() {
		h := e.Head()
		if h.Code == "" {
			continue
		}
		if before, ok := r.entityByRef[h.Ref()]; ok {
			l.Group("code").Errorf("there is a %s already, in %s", h.Ref(), before.linter)
			continue
		}
		r.entityByRef[h.Ref()] = placed{e, l}
		r.graph.Entities = append(r.graph.Entities, e)
		if h.Kind == masar.KindDocument {
			r.sourceByCode[h.Code] = s
		}
		switch e := e.(type) {
		case *masar.Country:
			if l.Group("incomeGroup").Given() != l.Group("incomeYear").Given() {
				l.Errorf("%s has one of \"incomeGroup\" and \"incomeYear\"; give both or none", e.Code)
			}
		case *masar.Recommendation:
			if b := e.MaturityBand; !b.IsZero() && b.Low >= b.High {
				l.Group("maturityBand").Errorf("the band ends at %v, not above %v, where it begins", b.High, b.Low)
			}
		case *masar.Challenge:
			for i, g := range e.Gauges {
				if g.Worst == g.Best {
					l.Group("gauges").At(i).Errorf("the worst and the best value are both %v; one of them is another", g.Best)
				}
			}
		}
	}
}

// gauges checks that the indicators by which challenges are told are there.
func (r *reader) gauges(s *source) {
	for i := range s.file.Challenges {
		for j, g := range s.file.Challenges[i].Gauges {
			r.indicator(g.Indicator, s.root().Group("challenges").At(i).Group("gauges").At(j).Group("indicator"))
		}
	}
}

// links checks that what the file refers to exists.
func (r *reader) links(s *source) {
	if r.broken {
		return
	}
	for _, l := range s.links {
		if _, ok := r.entityByRef[l.to]; ok {
			continue
		}
		var codes []string
		for ref := range r.entityByRef {
			if ref.Kind == l.to.Kind {
				codes = append(codes, ref.Code)
			}
		}
		slices.SortFunc(codes, masar.CompareCodes)
		if like := nearest(l.to.Code, codes); like != "" {
			l.Errorf("there is no %s; did you mean %s/%s?", l.to, l.to.Kind, like)
			continue
		}
		l.Errorf("there is no %s", l.to)
	}
}

// parents checks that the codes of SDG targets and indicators begin with their parent's, and that no entity is its
// own ancestor.
func (r *reader) parents() {
	for _, e := range r.graph.Entities {
		h := e.Head()
		if h.Parent.IsZero() {
			continue
		}
		l := r.entityByRef[h.Ref()].Group("parent")
		sdg := h.Kind == masar.KindSdgTarget || h.Kind == masar.KindSdgIndicator
		if sdg && !strings.HasPrefix(h.Code, h.Parent.Code+".") {
			l.Errorf("the code %s does not begin with %s., the code of its parent", h.Code, h.Parent.Code)
		}
		seen := map[masar.Ref]bool{}
		for at := h.Parent; !at.IsZero() && !seen[at]; {
			if at == h.Ref() {
				l.Errorf("%s is its own ancestor", at)
				break
			}
			seen[at] = true
			next, ok := r.entityByRef[at]
			if !ok {
				break
			}
			at = next.Head().Parent
		}
	}
}

// document checks what a file says of its document and of the ranges of its text.
func (r *reader) document(s *source) {
	l := s.root().Group("document")
	name, isSource := strings.CutPrefix(strings.TrimSuffix(s.path, ".yaml"), folderSources+"/")
	counted := len(s.file.Passages)+len(s.file.LeftOut) > 0
	switch d := s.file.Document; {
	case s.broken:
	case !l.Given() && isSource:
		s.root().Errorf("the key \"document\" is missing: each file in %s is about one document", folderSources)
	case !l.Given() && counted:
		s.root().Errorf("the key \"document\" is missing: passages and words left out are of a document")
	case l.Given() && counted && !l.Group("version").Given():
		l.Errorf("the key \"version\" is missing: passages and words left out count in a text")
	case d != nil && isSource && d.Code != "" && string(d.Code) != name:
		l.Group("code").Errorf("the document's code is %s and the file's name %s; they must be the same", d.Code, name)
	}
	r.ranges(s)
}

// stretch is a range of a document's text, with where the file gives it.
type stretch struct {
	linter
	start, end int
}

// ranges checks that the ranges lie within the text, and that words left out are left out once and not used.
func (r *reader) ranges(s *source) {
	var used, left []stretch
	for _, id := range slices.Sorted(maps.Keys(s.file.Passages)) {
		if p := s.file.Passages[id]; p != nil {
			used = append(used, stretch{s.root().Group("passages").Group(string(id)), p.Start, p.End})
		}
	}
	for i, o := range s.file.LeftOut {
		left = append(left, stretch{s.root().Group("leftOut").At(i), o.Start, o.End})
	}
	for _, x := range slices.Concat(used, left) {
		length := 0
		if d := s.file.Document; d != nil && d.Version != nil {
			length = d.Version.Length
		}
		switch end := x.Group("end"); {
		case x.end == 0: // not given, or faulty
		case x.end <= x.start:
			end.Errorf("the range [%d, %d) holds nothing; its end must come after its start", x.start, x.end)
		case length > 0 && x.end > length:
			end.Errorf("the range ends at %d, after the text, which has %d runes", x.end, length)
		}
	}
	for i, x := range left {
		for _, y := range slices.Concat(left[:i], used) {
			if x.start < y.end && y.start < x.end {
				x.Errorf("the range [%d, %d) overlaps %s, which is [%d, %d)", x.start, x.end, y.path, y.start, y.end)
			}
		}
	}
	d := s.file.Document
	if d == nil || d.Version == nil {
		return
	}
	for _, o := range s.file.LeftOut {
		r.graph.LeftOut = append(r.graph.LeftOut, LeftOut{
			Document: d.ref(), Version: string(d.Version.SHA256), Start: o.Start, End: o.End, Reason: o.Reason.domain(),
		})
	}
}

// passage finds the passage that a pointer names, and its document; nil where there is none.
func (r *reader) passage(p pointer, l linter) (*document, *passage) {
	if p.id == "" {
		return nil, nil
	}
	s, where := l.source, "this file"
	if p.document != "" {
		where = "DOCUMENT/" + p.document
		if s = r.sourceByCode[p.document]; s == nil {
			if !r.broken {
				l.Errorf("there is no %s", where)
			}
			return nil, nil
		}
	}
	found, ok := s.file.Passages[code(p.id)]
	switch ids := slices.Sorted(maps.Keys(s.file.Passages)); {
	case ok && found != nil:
		r.used[found] = true
		if s.file.Document != nil {
			return s.file.Document, found
		}
	case ok:
	case len(ids) == 0:
		l.Errorf("there is no passage %q: %s has no passages", p.id, where)
	default:
		hint := ""
		if like := nearest(p.id, texts(ids)); like != "" {
			hint = "; did you mean " + like + "?"
		}
		l.Errorf("there is no passage %q; %s has %s%s", p.id, where, list(ids), hint)
	}
	return nil, nil
}

// unused reports passages that nothing uses.
func (r *reader) unused(s *source) {
	if r.broken {
		return
	}
	for id, p := range s.file.Passages {
		if p != nil && !r.used[p] {
			s.root().Group("passages").Group(string(id)).Errorf("no evidence and no observation uses this passage")
		}
	}
}
