package seed

import (
	"maps"
	"slices"

	"masar"
)

// reader builds the graph from all files and checks the files against each other.
type reader struct {
	graph *Graph
	// broken reports that a file could not be read, so that a missing record may be in that file.
	broken bool
	// records are the records of all files with their positions. index finds them by key.
	records      []placed
	index        *masar.Index
	entityByRef  map[masar.Ref]linter
	sourceByCode map[string]*source
	// curatedByCode are the files with more passages of a document, by the document's code.
	curatedByCode    map[string]*source
	claimByKey       map[masar.ClaimKey]joined
	evidenceByKey    map[masar.EvidenceKey]linter
	observationByKey map[masar.ObservationKey]linter
	used             map[*passage]bool
}

// check reads the graph of all files and reports faults that one file alone does not show.
func check(files []*source) *reader {
	r := &reader{
		graph:            &Graph{},
		index:            masar.NewIndex(&masar.Batch{}),
		entityByRef:      map[masar.Ref]linter{},
		sourceByCode:     map[string]*source{},
		curatedByCode:    map[string]*source{},
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
		r.document(s)
	}
	for _, s := range files {
		r.claims(s)
		r.observations(s)
	}
	r.validate()
	for _, s := range files {
		r.unused(s)
	}
	return r
}

// entities adds a file's entities and reports duplicates.
func (r *reader) entities(s *source) {
	for l, e := range s.entities() {
		h := e.Head()
		r.records = append(r.records, placed{e, func(path string) linter { return l.entity(path) }})
		if h.Code == "" {
			continue
		}
		if before, ok := r.entityByRef[h.Ref()]; ok {
			l.Group("code").Errorf("%s is already defined in %s", h.Ref(), before)
			continue
		}
		r.entityByRef[h.Ref()] = l
		r.index.Add(e)
		r.graph.Entities = append(r.graph.Entities, e)
		if h.Kind == masar.KindDocument {
			r.sourceByCode[h.Code] = s
		}
	}
}

// document checks the document of a file and the ranges of its text.
func (r *reader) document(s *source) {
	if s.folder() == folderCurated {
		r.curated(s)
		return
	}
	l := s.root().Group("document")
	name, isSource := s.name(), s.folder() == folderSources
	counted := len(s.file.Passages)+len(s.file.Excluded) > 0
	switch d := s.file.Document; {
	case s.broken:
	case !l.Given() && isSource:
		s.root().missing("document", "each file in "+folderSources+" is about one document")
	case !l.Given() && counted:
		s.root().missing("document", "passages and excluded words need a document")
	case l.Given() && counted && !l.Group("version").Given():
		l.missing("version", "passages and excluded words need the version of a text")
	case d != nil && isSource && d.Code != "" && string(d.Code) != name:
		l.Group("code").Errorf("the document's code is %s and the file's name %s; they must be the same", d.Code, name)
	}
	r.ranges(s)
}

// curated checks a file with more passages of the document that it is named after.
func (r *reader) curated(s *source) {
	l := s.root()
	for _, key := range []string{"document", "excluded"} {
		if l.Group(key).Given() {
			l.Group(key).Errorf("a file in %s has no %s; write it in the file of the document in %s", folderCurated, key, folderSources)
		}
	}
	if len(s.file.Passages) == 0 {
		return
	}
	of := r.sourceByCode[s.name()]
	switch {
	case of == nil && !r.broken:
		l.Group("passages").Errorf("the file is named after DOCUMENT/%s, which does not exist", s.name())
	case of == nil:
	case of.file.Document.Version == nil:
		l.Group("passages").Errorf("DOCUMENT/%s has no version of a text in %s", s.name(), of.shown)
	default:
		r.curatedByCode[s.name()] = s
		for id := range s.file.Passages {
			if _, again := of.file.Passages[id]; again {
				l.Group("passages").Group(string(id)).Errorf("passage %q is already in %s", id, of.shown)
			}
		}
	}
}

// textRange is a range of a document's text with its position in the file.
type textRange struct {
	linter
	start, end int
}

// ranges checks that excluded ranges lie within the text, do not overlap and contain no passage that is used.
func (r *reader) ranges(s *source) {
	var used, left []textRange
	for _, id := range slices.Sorted(maps.Keys(s.file.Passages)) {
		if p := s.file.Passages[id]; p != nil {
			used = append(used, textRange{s.root().Group("passages").Group(string(id)), p.Start, p.End})
		}
	}
	for i, o := range s.file.Excluded {
		left = append(left, textRange{s.root().Group("excluded").At(i), o.Start, o.End})
	}
	length := 0
	if d := s.file.Document; d != nil && d.Version != nil {
		length = d.Version.Length
	}
	for _, x := range left {
		for _, f := range masar.ValidRange(x.start, x.end, length) {
			if at := x.follow(f.Path); !s.isFaulty(at.path) {
				at.fault(f, "")
			}
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
	for _, o := range s.file.Excluded {
		r.graph.Excluded = append(r.graph.Excluded, Excluded{
			Document: d.ref(), Version: string(d.Version.SHA256), Start: o.Start, End: o.End, Reason: o.Reason.domain(),
		})
	}
}

// found is a passage with its document, its file and the file of its document.
type found struct {
	*source
	*document
	*passage
	id   string
	home *source
}

// passage finds the passage of a pointer; nil if there is none.
func (r *reader) passage(p pointer, l linter) *found {
	if p.id == "" {
		return nil
	}
	home, files, where := l.source, []*source{l.source}, "this file"
	switch {
	case p.document != "":
		where = "DOCUMENT/" + p.document
		if home = r.sourceByCode[p.document]; home == nil {
			if !r.broken {
				l.Errorf("%s does not exist", where)
			}
			return nil
		}
		if files = []*source{home}; r.curatedByCode[p.document] != nil {
			files = append(files, r.curatedByCode[p.document])
		}
	case home.folder() == folderCurated && r.sourceByCode[home.name()] != nil:
		home = r.sourceByCode[home.name()]
	}
	var ids []code
	for _, s := range files {
		x, ok := s.file.Passages[code(p.id)]
		switch {
		case ok && x != nil:
			r.used[x] = true
			if home.file.Document != nil {
				return &found{s, home.file.Document, x, p.id, home}
			}
			return nil
		case ok:
			return nil
		}
		ids = slices.AppendSeq(ids, maps.Keys(s.file.Passages))
	}
	slices.Sort(ids)
	if len(ids) == 0 {
		l.Errorf("passage %q does not exist: %s has no passages", p.id, where)
		return nil
	}
	hint := ""
	if like := nearest(p.id, texts(ids)); like != "" {
		hint = "; did you mean " + like + "?"
	}
	l.Errorf("passage %q does not exist; %s has %s%s", p.id, where, list(ids), hint)
	return nil
}

// unused reports passages without evidence or observation.
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
