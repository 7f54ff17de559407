package ingest

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"masar"
)

// Graph is the part of the graph that an import reads: its topology and the content of records.
type Graph interface {
	Outline(ctx context.Context) (*masar.Outline, error)
	Content(ctx context.Context, uids map[masar.RecordType][]uint64) (map[uint64]masar.Record, error)
}

// Library describes the documents, texts and passages of the graph at the time of reading.
type Library struct {
	documents []*masar.Document
	imported  []importedText
	// passages are the passages of each document, without duplicates.
	passages map[masar.Ref][]masar.Passage
}

// importedText is a text in the graph with its document.
type importedText struct {
	document masar.Ref
	version  masar.DocumentVersion
}

// contentsAtOnce is the number of records read at a time.
const contentsAtOnce = 2000

// ReadLibrary reads the documents, texts and passages of the graph. The error has code BAD_INPUT if the graph has no
// documents.
func ReadLibrary(ctx context.Context, g Graph) (*Library, error) {
	outline, err := g.Outline(ctx)
	if err != nil {
		return nil, err
	}
	l := &Library{passages: map[masar.Ref][]masar.Passage{}}
	if err := l.readDocuments(ctx, g, outline); err != nil {
		return nil, err
	}
	return l, l.readPassages(ctx, g, outline)
}

func (l *Library) readDocuments(ctx context.Context, g Graph, outline *masar.Outline) error {
	refs := map[uint64]masar.Ref{}
	var documents []uint64
	for _, e := range outline.Entities {
		if e.Ref.Kind == masar.KindDocument {
			refs[e.UID] = e.Ref
			documents = append(documents, e.UID)
		}
	}
	if len(documents) == 0 {
		return masar.NewError(masar.CodeBadInput, "error.document.none", nil)
	}
	for _, t := range outline.Texts {
		if t.Removed {
			continue
		}
		l.imported = append(l.imported, importedText{refs[t.Document], masar.DocumentVersion{SHA256: t.SHA256, Length: t.Length}})
	}
	err := eachContent(ctx, g, masar.RecordType(masar.KindDocument), documents, func(d *masar.Document) {
		l.documents = append(l.documents, d)
	})
	slices.SortFunc(l.documents, func(x, y *masar.Document) int { return x.Ref().Compare(y.Ref()) })
	return err
}

// readPassages reads the passages of evidence and observations.
func (l *Library) readPassages(ctx context.Context, g Graph, outline *masar.Outline) error {
	var evidence, observations []uint64
	for _, e := range outline.Evidence {
		evidence = append(evidence, e.UID)
	}
	for _, o := range outline.Observations {
		observations = append(observations, o.UID)
	}
	seen := map[masar.Passage]bool{}
	take := func(p masar.Passage) {
		if !p.IsZero() && !seen[p] {
			seen[p] = true
			l.passages[p.Source] = append(l.passages[p.Source], p)
		}
	}
	if err := eachContent(ctx, g, masar.RecordEvidence, evidence, func(e *masar.Evidence) { take(e.Passage) }); err != nil {
		return err
	}
	return eachContent(ctx, g, masar.RecordObservation, observations, func(o *masar.Observation) { take(o.Passage) })
}

// eachContent calls visit with every record of one type, in batches.
func eachContent[T any](ctx context.Context, g Graph, sort masar.RecordType, uids []uint64, visit func(T)) error {
	for some := range slices.Chunk(uids, contentsAtOnce) {
		found, err := g.Content(ctx, map[masar.RecordType][]uint64{sort: some})
		if err != nil {
			return err
		}
		for _, record := range found {
			if r, ok := record.(T); ok {
				visit(r)
			}
		}
	}
	return nil
}

// Added is a file with its text's document in the graph.
type Added struct {
	File     string `json:"file"`
	Document string `json:"document"`
	Version  string `json:"version"`
	Length   int    `json:"length"`
	// Known reports whether the text is a known version of the document. Otherwise no quotation is shown from it.
	Known bool `json:"known"`
	// Passages is the number of passages of the document, and Verified the number of those whose hash matches this
	// text.
	Passages int `json:"passages"`
	Verified int `json:"verified"`
	// Differs says in what the file differs from the text, which is the known one.
	Differs []Difference `json:"differs,omitempty"`
}

// Add returns the texts of files with their documents. A text's document is the one that has this version, or the one
// with the code, or that of the same text imported before. For a copy of a known text with another byte order mark or
// other line ends, it is the known text. Files with equal bytes are one text. The error joins the errors of all files,
// each with code BAD_INPUT.
func (l *Library) Add(files []File, code string) (texts []*masar.SourceText, added []Added, err error) {
	var faults []error
	for i := range files {
		files[i].restore(l.documents)
		faults = append(faults, l.assign(files[i], code))
	}
	if err := errors.Join(faults...); err != nil {
		return nil, nil, err
	}
	for _, f := range files {
		texts = append(texts, f.Text)
		added = append(added, l.added(f))
	}
	slices.SortFunc(texts, func(x, y *masar.SourceText) int { return cmp.Compare(x.SHA256, y.SHA256) })
	return slices.CompactFunc(texts, func(x, y *masar.SourceText) bool { return x.SHA256 == y.SHA256 }), added, nil
}

func (l *Library) assign(f File, code string) error {
	if _, known := Recognise(f.Text, l.documents); !known && code == "" {
		for _, t := range l.imported {
			if t.version.SHA256 == f.Text.SHA256 && !t.document.IsZero() {
				code = t.document.Code
			}
		}
	}
	return Assign(f.Name, f.Text, l.documents, code)
}

func (l *Library) added(f File) Added {
	_, known := Recognise(f.Text, l.documents)
	passages := l.passages[f.Text.Document]
	a := Added{File: f.Name, Document: f.Text.Document.Code, Version: f.Text.SHA256, Length: f.Text.Length, Known: known, Passages: len(passages), Differs: f.Differs}
	for _, p := range passages {
		if _, status := p.Quote(f.Text); status == masar.QuoteVerified {
			a.Verified++
		}
	}
	return a
}

// Removed is an imported text that is to be removed.
type Removed struct {
	Document string `json:"document"`
	Version  string `json:"version"`
	// Passages is the number of passages with offsets in the text. Their words are then not shown.
	Passages int `json:"passages"`
}

// Remove returns the records that remove imported texts: those of a document, or the one with a hash, or both. The error
// has code NOT_FOUND if no such text is imported.
func (l *Library) Remove(sha256, code string) (texts []*masar.SourceText, removed []Removed, err error) {
	for _, t := range l.imported {
		if sha256 != "" && t.version.SHA256 != sha256 || code != "" && t.document.Code != code {
			continue
		}
		version := l.version(t.document, t.version)
		texts = append(texts, &masar.SourceText{SHA256: version.Version, Document: t.document})
		removed = append(removed, Removed{version.Document, version.Version, version.Passages})
	}
	if len(texts) == 0 {
		return nil, nil, masar.NewError(masar.CodeNotFound, "error.text.not_imported", masar.Args{"text": cmp.Or(sha256, code)})
	}
	return texts, removed, nil
}

// Version is a known version or an imported text of a document.
type Version struct {
	Document string `json:"document"`
	Version  string `json:"version"`
	Length   int    `json:"length"`
	Imported bool   `json:"imported"`
	// Passages is the number of passages with offsets in this version.
	Passages int `json:"passages"`
}

// Versions lists the known versions and the imported texts without duplicates, by document and version.
func (l *Library) Versions() []Version {
	out := []Version{}
	listed := map[string]bool{}
	add := func(document masar.Ref, v masar.DocumentVersion) {
		if !listed[v.SHA256] {
			listed[v.SHA256] = true
			out = append(out, l.version(document, v))
		}
	}
	for _, d := range l.documents {
		for _, v := range d.Versions {
			add(d.Ref(), v)
		}
	}
	for _, t := range l.imported {
		add(t.document, t.version)
	}
	slices.SortFunc(out, func(x, y Version) int {
		return cmp.Or(masar.CompareCodes(x.Document, y.Document), cmp.Compare(x.Version, y.Version))
	})
	return out
}

func (l *Library) version(document masar.Ref, v masar.DocumentVersion) Version {
	version := Version{Document: document.Code, Version: v.SHA256, Length: v.Length}
	version.Imported = slices.ContainsFunc(l.imported, func(i importedText) bool { return i.version.SHA256 == v.SHA256 })
	for _, p := range l.passages[document] {
		if p.Version == v.SHA256 {
			version.Passages++
		}
	}
	return version
}
