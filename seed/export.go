package seed

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode"

	"masar"
	"masar/dgraph"
	messages "masar/words"
)

// Exported is a graph as seed files: the files of the seed in the program, and files of what the graph has beyond it.
type Exported struct {
	// Files are the files in the order of their paths.
	Files []ExportedFile
	// Unwritten are the records that the format cannot express, or not as they are, in the order of records.
	Unwritten []Unwritten
	// Texts is the number of imported source texts. They are other people's and are not written.
	Texts int
	// Changed is the number of records of the seed that the graph lacks or has with other values. The files have the values of
	// the seed; Diff lists the changes.
	Changed int
	// Added is the number of records that are written beyond the seed.
	Added int
	// Snapshot is the exported snapshot of the graph.
	Snapshot int64
}

// ExportedFile is a file of an export.
type ExportedFile struct {
	// Path is the path in the directory of the seed, with slashes.
	Path string
	Data []byte
	// Added says that the file has records beyond the seed; otherwise it is a copy of a file of the seed.
	Added bool
}

// Unwritten is a record that an export does not have, or that it has with other values.
type Unwritten struct {
	RecordName
	// Reason says why, in English.
	Reason string
}

// Export returns the graph as seed files, at one moment. Reading them gives the records of the graph, except those listed as
// unwritten, imported texts, and changes of what the seed itself says. Equal graphs give equal files. The error has the codes of
// dgraph.Store.Everything.
func Export(ctx context.Context, store *dgraph.Store) (*Exported, error) {
	contents, err := store.Everything(ctx)
	if err != nil {
		return nil, err
	}
	return export(Carried(), contents)
}

// export returns a graph as files of a seed.
func export(from Seed, contents *masar.Contents) (*Exported, error) {
	r, faults := from.read()
	if len(faults) > 0 {
		return nil, faults
	}
	x := &exporter{from: from, seed: r, given: byIdentity(r.graph.Batch()), beyond: &Graph{}, unwritten: map[masar.RecordRef]string{}}
	out := &Exported{Snapshot: contents.Snapshot}
	if err := x.sort(contents, out); err != nil {
		return nil, err
	}
	written, err := x.settle()
	if err != nil {
		return nil, err
	}
	if err := x.report(contents, written, out); err != nil {
		return nil, err
	}
	if out.Files, err = from.copies(); err != nil {
		return nil, err
	}
	for name, data := range x.data {
		out.Files = append(out.Files, ExportedFile{name, data, true})
	}
	slices.SortFunc(out.Files, func(a, b ExportedFile) int { return strings.Compare(a.Path, b.Path) })
	return out, nil
}

// copies are the files of the seed.
func (s Seed) copies() (files []ExportedFile, err error) {
	err = fs.WalkDir(s.files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := s.data(name)
		files = append(files, ExportedFile{name, data, false})
		return err
	})
	return files, err
}

// exporter writes the records of a graph that a seed does not have. What the format can express is decided by the reader alone:
// records in whose entries it finds faults are left out, until it finds none.
type exporter struct {
	from  Seed
	seed  *reader
	given map[masar.RecordRef]masar.Record
	// beyond are the records to write.
	beyond *Graph
	// unwritten are the reasons for records that are not written.
	unwritten map[masar.RecordRef]string
	files     map[string]*outFile
	data      map[string][]byte
}

// outFile is a file that is being made.
type outFile struct {
	file
	// records are the records of the entries, by the paths of the entries.
	records map[string][]masar.RecordRef
}

func (f *outFile) note(path string, r masar.Record) {
	f.records[path] = append(f.records[path], r.Identity())
}

// sort divides a graph into records that the seed does not have, and changes of those that it has.
func (x *exporter) sort(contents *masar.Contents, out *Exported) error {
	held := byIdentity(&contents.Batch)
	for id, record := range x.given {
		changed := held[id] == nil
		if !changed {
			fields, err := fieldChanges(held[id], record)
			if err != nil {
				return err
			}
			changed = len(fields) > 0
		}
		if changed {
			out.Changed++
		}
	}
	beyond := &masar.Batch{}
	for record := range contents.Records() {
		switch r := record.(type) {
		case *masar.SourceText:
			if x.given[r.Identity()] == nil && !r.Removed() {
				out.Texts++
			}
			continue
		case *masar.Evidence:
			claim := masar.RecordRef{Type: masar.RecordClaim, Key: string(r.ClaimKey)}
			if held[claim] == nil && x.given[claim] == nil {
				x.unwritten[r.Identity()] = "its claim is not in the graph"
				continue
			}
		}
		if x.given[record.Identity()] == nil {
			beyond.Add(record)
		}
	}
	// The claims of the seed are there for the order of the evidence alone.
	g := &Graph{Entities: beyond.Entities, Claims: slices.Concat(beyond.Claims, x.seed.graph.Claims), Evidence: beyond.Evidence, Observations: beyond.Observations}
	g.sort()
	g.Claims = slices.DeleteFunc(g.Claims, func(c *masar.Claim) bool { return x.given[c.Identity()] != nil })
	x.beyond = g
	return nil
}

// settle writes the files, until the reader finds no fault in them. It returns what it reads.
func (x *exporter) settle() (*Graph, error) {
	for {
		x.build()
		if err := x.encode(); err != nil {
			return nil, err
		}
		r, faults := x.with().read()
		if len(faults) == 0 {
			return r.graph, nil
		}
		if !x.drop(faults) {
			return nil, faults
		}
	}
}

// with is the seed with the files.
func (x *exporter) with() Seed {
	out := Seed{files: x.from.files, dir: x.from.dir, single: maps.Clone(x.from.single)}
	if out.single == nil {
		out.single = map[string]singleFile{}
	}
	for name, data := range x.data {
		out.single[name] = singleFile{name, data}
	}
	return out
}

func (x *exporter) encode() error {
	x.data = map[string][]byte{}
	for name, f := range x.files {
		data, err := f.file.encode()
		if err != nil {
			return fmt.Errorf("writing %s: %w", name, err)
		}
		x.data[name] = append([]byte(fileHead), data...)
	}
	return nil
}

// fileHead is the first line of a file that is written.
const fileHead = "# yaml-language-server: $schema=../schema.json\n"

// drop leaves out the records in whose entries there are faults. It reports whether there are any more.
func (x *exporter) drop(faults Faults) (dropped bool) {
	for _, fault := range faults {
		f := x.files[fault.File]
		if f == nil {
			continue
		}
		records := slices.Concat(slices.Collect(maps.Values(f.records))...) // a fault of the whole file
		if at := longest(f.records, fault.Path); at != "" {
			records = f.records[at]
		}
		for _, id := range records {
			dropped = x.leaveOut(id, strings.TrimPrefix(fault.Path+": "+fault.Message, ": ")) || dropped
		}
	}
	return dropped
}

// leaveOut notes why a record is not written. It reports whether it was to be written until now.
func (x *exporter) leaveOut(id masar.RecordRef, reason string) bool {
	if _, already := x.unwritten[id]; already || x.given[id] != nil {
		return false
	}
	x.unwritten[id] = reason
	return true
}

// longest is the longest of the paths that a path is within; empty if there is none.
func longest(paths map[string][]masar.RecordRef, within string) (found string) {
	for p := range paths {
		if isWithin(within, p) && len(p) > len(found) {
			found = p
		}
	}
	return found
}

// build makes the files from the records that are not left out.
func (x *exporter) build() {
	x.files = map[string]*outFile{}
	for _, e := range x.beyond.Entities {
		if d, is := e.(*masar.Document); is && !x.isLeftOut(d) {
			x.add(path.Join(folderSources, d.Code+".yaml"), d)
		}
	}
	uses := x.claims()
	for ref, names := range x.observations() {
		uses[ref] = append(uses[ref], names...)
	}
	for _, e := range x.beyond.Entities {
		if _, is := e.(*masar.Document); is || x.isLeftOut(e) {
			continue
		}
		names := uses[e.Head().Ref()]
		slices.Sort(names)
		name := path.Join(folderCurated, hyphened(listName(e.Head().Kind))+".yaml")
		if names = slices.Compact(names); len(names) == 1 {
			name = names[0]
		}
		x.add(name, e)
	}
}

func (x *exporter) isLeftOut(r masar.Record) bool {
	_, is := x.unwritten[r.Identity()]
	return is
}

func (x *exporter) add(name string, e masar.Entity) {
	f := x.file(name)
	f.note(f.addEntity(e), e)
}

func (x *exporter) file(name string) *outFile {
	if x.files[name] == nil {
		x.files[name] = &outFile{records: map[string][]masar.RecordRef{}}
	}
	return x.files[name]
}

// hyphened is a key in lower case with hyphens: country-groups.
func hyphened(key string) string {
	var b strings.Builder
	for _, r := range key {
		if unicode.IsUpper(r) {
			b.WriteByte('-')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// claims writes the claims with their evidence, and returns the files in which entities are subjects or objects.
//
// A claim of the seed gets an entry for each document of its new evidence, in curated: there it is read after the seed's own. Any
// other claim has one entry.
func (x *exporter) claims() (uses map[masar.Ref][]string) {
	uses = map[masar.Ref][]string{}
	evidence := map[masar.ClaimKey][]*masar.Evidence{}
	for _, e := range x.beyond.Evidence {
		claim := masar.RecordRef{Type: masar.RecordClaim, Key: string(e.ClaimKey)}
		switch _, out := x.unwritten[claim]; {
		case x.isLeftOut(e):
		case out:
			x.leaveOut(e.Identity(), "its claim is not written")
		default:
			if reason := x.unpointed(e.Passage); reason != "" {
				x.leaveOut(e.Identity(), reason)
				continue
			}
			evidence[e.ClaimKey] = append(evidence[e.ClaimKey], e)
		}
	}
	for _, c := range x.beyond.Claims {
		items := evidence[c.Key]
		switch {
		case x.isLeftOut(c):
			continue
		case len(items) == 0:
			x.leaveOut(c.Identity(), "none of its evidence can be written")
			continue
		}
		first := items[0].Passage.Source
		name := x.home(first)
		if slices.ContainsFunc(items, func(e *masar.Evidence) bool { return e.Passage.Source != first }) {
			name = curatedFile(first)
		}
		for _, ref := range []masar.Ref{c.Subject, c.Object} {
			uses[ref] = append(uses[ref], name)
		}
		x.claim(name, c, items)
	}
	for _, c := range x.seed.graph.Claims {
		items := evidence[c.Key]
		for len(items) > 0 {
			next := slices.IndexFunc(items, func(e *masar.Evidence) bool { return e.Passage.Source != items[0].Passage.Source })
			if next < 0 {
				next = len(items)
			}
			x.claim(curatedFile(items[0].Passage.Source), c, items[:next])
			items = items[next:]
		}
	}
	return uses
}

// home is the file of what only a document says: its own if the seed does not have it.
func (x *exporter) home(document masar.Ref) string {
	if x.given[document.Record()] == nil {
		return path.Join(folderSources, document.Code+".yaml")
	}
	return curatedFile(document)
}

func curatedFile(document masar.Ref) string { return path.Join(folderCurated, document.Code+".yaml") }

// document is the entry of a document in the seed or in the files; nil if there is none.
func (x *exporter) document(of masar.Ref) *document {
	if s := x.seed.sourceByCode[of.Code]; s != nil {
		return s.file.Document
	}
	if f := x.files[x.home(of)]; f != nil {
		return f.Document
	}
	return nil
}

// unpointed says why a passage cannot be written; empty if it can.
func (x *exporter) unpointed(p masar.Passage) string {
	switch d := x.document(p.Source); {
	case d == nil:
		return fmt.Sprintf("%s is not written", p.Source)
	case d.Version == nil || string(d.Version.SHA256) != p.Version:
		return fmt.Sprintf("it points to another version of %s than the one in the seed files", p.Source)
	}
	return ""
}

// claim writes the entry of a claim with evidence. The seed's own words about its claims are not repeated, except what the files
// must agree on.
func (x *exporter) claim(name string, c *masar.Claim, items []*masar.Evidence) {
	f := x.file(name)
	entry := claimEntry(c, name)
	if x.given[c.Identity()] != nil {
		entry.Rationale, entry.Origin = localizedText{}, ""
	}
	at := linter{source: &source{}}.Group("claims").At(len(f.Claims))
	f.note(at.path, c)
	for i, e := range items {
		item := at.Group("evidence").At(i).path
		f.note(item, e)
		if x.given[c.Identity()] != nil { // a fault of the entry is one of the new evidence
			f.note(at.path, e)
		}
		to, p := x.point(name, e.Passage, e.Summaries, e)
		entry.Evidence = append(entry.Evidence, evidenceEntry(e, c, x.document(e.Passage.Source), p, to))
	}
	f.Claims = append(f.Claims, entry)
}

// point returns the pointer of a file to a passage, and the entry of the passage. A passage that neither the seed nor the files
// have is added.
func (x *exporter) point(name string, p masar.Passage, summary masar.LocalizedText, used masar.Record) (pointer, *passage) {
	d := x.document(p.Source)
	p.Locators = textEntry(p.Locators).domain()
	taken := map[code]bool{}
	if s := x.seed.sourceByCode[p.Source.Code]; s != nil {
		for _, id := range slices.Sorted(maps.Keys(s.file.Passages)) {
			taken[id] = true
			if s.file.Passages[id].domain(d) == p {
				return pointer{p.Source.Code, string(id)}, s.file.Passages[id]
			}
		}
	}
	home := x.home(p.Source)
	f := x.file(home)
	short := fmt.Sprintf("p-%d-%d", p.Start, p.End)
	for n := 1; ; n++ {
		id := code(short)
		if n > 1 {
			id = code(fmt.Sprintf("%s-%d", short, n))
		}
		has := f.Passages[id]
		switch {
		case taken[id], has != nil && has.domain(d) != p:
			continue
		case has == nil:
			if f.Passages == nil {
				f.Passages = map[code]*passage{}
			}
			has = passageEntry(p, d, summary)
			f.Passages[id] = has
		}
		f.note(linter{source: &source{}}.Group("passages").Group(string(id)).path, used)
		if home == name {
			return pointer{"", string(id)}, has
		}
		return pointer{p.Source.Code, string(id)}, has
	}
}

// observations writes the observations, and returns the files in which entities are observed or measured.
func (x *exporter) observations() (uses map[masar.Ref][]string) {
	uses = map[masar.Ref][]string{}
	for _, o := range x.beyond.Observations {
		if x.isLeftOut(o) {
			continue
		}
		if x.document(o.Source) == nil {
			x.leaveOut(o.Identity(), fmt.Sprintf("%s is not written", o.Source))
			continue
		}
		name := x.home(o.Source)
		var at pointer
		if !o.Passage.IsZero() {
			if reason := x.unpointed(o.Passage); reason != "" {
				x.leaveOut(o.Identity(), reason)
				continue
			}
			at, _ = x.point(name, o.Passage, passageSummary(o), o)
		}
		for _, ref := range []masar.Ref{o.Of, {Kind: masar.KindIndicator, Code: o.Indicator}, {Kind: masar.KindSdgIndicator, Code: o.Indicator}} {
			uses[ref] = append(uses[ref], name)
		}
		f := x.file(name)
		f.note(linter{source: &source{}}.Group("observations").At(len(f.Observations)).path, o)
		f.Observations = append(f.Observations, observationEntry(o, at))
	}
	return uses
}

// passageSummary is what stands for the summary of a passage that only an observation uses, because the graph has none.
func passageSummary(o *masar.Observation) masar.LocalizedText {
	if o.Notes.IsZero() {
		return o.Passage.Locators
	}
	return o.Notes
}

// report lists the records that were left out, and those that the files have with other values.
func (x *exporter) report(contents *masar.Contents, written *Graph, out *Exported) error {
	read := byIdentity(written.Batch())
	names := masar.NewIndex(&contents.Batch)
	for record := range contents.Records() {
		id := record.Identity()
		if reason, is := x.unwritten[id]; is {
			out.Unwritten = append(out.Unwritten, Unwritten{nameOf(record, names), reason})
			continue
		}
		if _, isText := record.(*masar.SourceText); isText || x.given[id] != nil {
			continue
		}
		if read[id] == nil {
			return fmt.Errorf("%s is missing in the written files", id)
		}
		out.Added++
		fields, err := fieldChanges(record, read[id])
		if err != nil {
			return err
		}
		if len(fields) > 0 {
			var paths []string
			for _, f := range fields {
				paths = append(paths, f.Path)
			}
			out.Unwritten = append(out.Unwritten, Unwritten{nameOf(record, names), "written, but the format has no way to write " + list(paths)})
		}
	}
	for _, f := range contents.Faults {
		id, key, _ := strings.Cut(f.Record, "/")
		out.Unwritten = append(out.Unwritten, Unwritten{RecordName{Kind: masar.RecordType(id), Code: key}, messages.Fault(f.Fault).EN})
	}
	slices.SortStableFunc(out.Unwritten, func(a, b Unwritten) int {
		return cmp.Or(slices.Index(masar.RecordTypes, a.Kind)-slices.Index(masar.RecordTypes, b.Kind), strings.Compare(a.Code, b.Code))
	})
	return nil
}
