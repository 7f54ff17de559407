package ingest_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"masar"
	"masar/ingest"
)

// fake is a graph in memory.
type fake struct {
	outline masar.Outline
	content map[uint64]masar.Record
	// reads are the numbers of records in each read.
	reads []int
	// broken is the error of every read of content.
	broken error
}

func (f *fake) Outline(context.Context) (*masar.Outline, error) { return &f.outline, nil }

func (f *fake) Content(_ context.Context, uids map[masar.RecordType][]uint64) (map[uint64]masar.Record, error) {
	found := map[uint64]masar.Record{}
	n := 0
	for _, some := range uids {
		n += len(some)
		for _, uid := range some {
			found[uid] = f.content[uid]
		}
	}
	f.reads = append(f.reads, n)
	return found, f.broken
}

func (f *fake) put(record masar.Record) uint64 {
	if f.content == nil {
		f.content = map[uint64]masar.Record{}
	}
	uid := uint64(len(f.content) + 1)
	f.content[uid] = record
	return uid
}

// document adds a document with versions.
func (f *fake) document(code string, texts ...string) masar.Ref {
	d := &masar.Document{}
	d.Kind, d.Code = masar.KindDocument, code
	for _, text := range texts {
		d.Versions = append(d.Versions, masar.DocumentVersion{SHA256: sum(text), Length: utf8.RuneCountInString(text)})
	}
	f.outline.Entities = append(f.outline.Entities, masar.EntityOutline{UID: f.put(d), Ref: d.Ref()})
	return d.Ref()
}

// imported adds an imported text of a document.
func (f *fake) imported(text string, of masar.Ref) {
	at := slices.IndexFunc(f.outline.Entities, func(e masar.EntityOutline) bool { return e.Ref == of })
	f.outline.Texts = append(f.outline.Texts, masar.TextOutline{
		UID: f.put(&masar.SourceText{}), Document: f.outline.Entities[at].UID, SHA256: sum(text), Length: utf8.RuneCountInString(text),
	})
}

// evidence adds an evidence item with a passage.
func (f *fake) evidence(p masar.Passage) {
	f.outline.Evidence = append(f.outline.Evidence, masar.EvidenceOutline{UID: f.put(&masar.Evidence{Passage: p})})
}

func (f *fake) observation(p masar.Passage) {
	f.outline.Observations = append(f.outline.Observations, masar.ObservationOutline{UID: f.put(&masar.Observation{Passage: p})})
}

func sum(text string) string {
	digest := sha256.Sum256([]byte(text))
	return hex.EncodeToString(digest[:])
}

// passage returns the passage of words in a text.
func passage(source masar.Ref, text, words string) masar.Passage {
	at := strings.Index(text, words)
	start := utf8.RuneCountInString(text[:at])
	return masar.Passage{Source: source, Version: sum(text), Start: start, End: start + utf8.RuneCountInString(words), SHA256: sum(words)}
}

func files(t *testing.T, texts ...string) []ingest.File {
	t.Helper()
	var all []ingest.File
	for i, text := range texts {
		file, err := ingest.Read(fmt.Sprintf("%d.txt", i), strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, file)
	}
	return all
}

const (
	pageText    = "الثقة أساس. Trust comes first."
	changedText = "الثقة أساس! Trust comes first."
	otherText   = "another page"
)

// library returns a graph with a page, another document, and a changed text of the page that was imported before. The
// page has two passages, one of them used twice.
func library(t *testing.T) *ingest.Library {
	t.Helper()
	f := &fake{}
	page := f.document("PAGE", pageText)
	f.document("OTHER", otherText)
	f.imported(changedText, page)
	f.evidence(passage(page, pageText, "Trust"))
	f.evidence(passage(page, pageText, "الثقة أساس."))
	f.observation(passage(page, pageText, "Trust"))
	f.observation(masar.Passage{})
	l, err := ingest.ReadLibrary(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// Catches: a text with the wrong document, quotations verified in another version, and a passage counted twice.
func TestAdd(t *testing.T) {
	page := func(file, text string, known bool, verified int) ingest.Added {
		return ingest.Added{
			File: file, Document: "PAGE", Version: sum(text), Length: utf8.RuneCountInString(text), Known: known, Passages: 2, Verified: verified,
		}
	}
	other := ingest.Added{File: "1.txt", Document: "OTHER", Version: sum(otherText), Length: len(otherText), Known: true}
	for _, c := range []struct {
		name, code string
		files      []string
		want       []ingest.Added
		texts      int
	}{
		{"known by its hash", "", []string{pageText}, []ingest.Added{page("0.txt", pageText, true, 2)}, 1},
		{"known by its hash, and named", "PAGE", []string{pageText}, []ingest.Added{page("0.txt", pageText, true, 2)}, 1},
		{"another version, named", "PAGE", []string{"new"}, []ingest.Added{page("0.txt", "new", false, 0)}, 1},
		{"another version, as when it was added before", "", []string{changedText}, []ingest.Added{page("0.txt", changedText, false, 0)}, 1},
		{"of two documents", "", []string{pageText, otherText}, []ingest.Added{page("0.txt", pageText, true, 2), other}, 2},
		{
			"two files of the same bytes", "", []string{pageText, otherText, pageText},
			[]ingest.Added{page("0.txt", pageText, true, 2), other, page("2.txt", pageText, true, 2)}, 2,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			texts, added, err := library(t).Add(files(t, c.files...), c.code)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, added); diff != "" {
				t.Error(diff)
			}
			if len(texts) != c.texts {
				t.Errorf("%d texts are to be written, want %d", len(texts), c.texts)
			}
			for _, text := range texts {
				if text.Document.IsZero() {
					t.Errorf("the text %s has no document", text.SHA256)
				}
			}
		})
	}
}

// Catches: a copy with other line ends or another byte order mark that is not recognized, is stored as another version or
// is not reported as a copy, and a changed text that is taken for a copy.
func TestAddCopies(t *testing.T) {
	const unix, windows = "first\nsecond\n", "\ufeffa\r\nb"
	f := &fake{}
	f.evidence(passage(f.document("UNIX", unix), unix, "second"))
	f.document("WINDOWS", windows)
	l, err := ingest.ReadLibrary(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	for given, want := range map[string]ingest.Added{
		unix:                               {Document: "UNIX", Version: sum(unix), Known: true, Verified: 1},
		"first\r\nsecond\r\n":              {Document: "UNIX", Version: sum(unix), Known: true, Verified: 1, Differs: []ingest.Difference{ingest.LineEnds}},
		"\ufefffirst\nsecond\n":            {Document: "UNIX", Version: sum(unix), Known: true, Verified: 1, Differs: []ingest.Difference{ingest.ByteOrderMark}},
		"\ufefffirst\r\nsecond\r\n":        {Document: "UNIX", Version: sum(unix), Known: true, Verified: 1, Differs: []ingest.Difference{ingest.ByteOrderMark, ingest.LineEnds}},
		"a\nb":                             {Document: "WINDOWS", Version: sum(windows), Known: true, Differs: []ingest.Difference{ingest.ByteOrderMark, ingest.LineEnds}},
		"\ufeffa\nb":                       {Document: "WINDOWS", Version: sum(windows), Known: true, Differs: []ingest.Difference{ingest.LineEnds}},
		"first\r\nthird\r\n":               {},
		"\ufefffirst\nsecond\n and more\n": {},
	} {
		texts, added, err := l.Add(files(t, given), "")
		if want.Document == "" {
			if masar.ErrorCode(err) != masar.CodeBadInput {
				t.Errorf("%q is taken for a known text: %+v, %v", given, added, err)
			}
			continue
		}
		want.File, want.Length = "0.txt", map[string]int{"UNIX": len(unix), "WINDOWS": utf8.RuneCountInString(windows)}[want.Document]
		if want.Document == "UNIX" {
			want.Passages = 1
		}
		if err != nil || len(texts) != 1 || texts[0].SHA256 != want.Version || sum(texts[0].Text) != want.Version {
			t.Errorf("%q: %+v, %v", given, texts, err)
			continue
		}
		if diff := cmp.Diff([]ingest.Added{want}, added); diff != "" {
			t.Errorf("%q: %s", given, diff)
		}
	}
}

// Catches: an error that hides another, and texts that are written although one is refused.
func TestAddAllOrNone(t *testing.T) {
	texts, added, err := library(t).Add(files(t, "strange", pageText, "stranger"), "")
	if texts != nil || added != nil || masar.ErrorCode(err) != masar.CodeBadInput {
		t.Errorf("%v, %v, %v", texts, added, err)
	}
	for _, told := range []string{"documents=OTHER, PAGE file=0.txt", "documents=OTHER, PAGE file=2.txt", "OTHER, PAGE"} {
		if !strings.Contains(fmt.Sprint(err), told) {
			t.Errorf("%v does not contain %q", err, told)
		}
	}
	if _, _, err := library(t).Add(files(t, pageText), "OTHER"); masar.ErrorCode(err) != masar.CodeBadInput {
		t.Errorf("a text of another document than the given one: %v", err)
	}
}

// Catches: a version that is missing or listed twice, a wrong import status, and a wrong number of passages.
func TestVersions(t *testing.T) {
	want := []ingest.Version{
		{Document: "OTHER", Version: sum(otherText), Length: len(otherText)},
		{Document: "PAGE", Version: sum(pageText), Length: utf8.RuneCountInString(pageText), Passages: 2},
		{Document: "PAGE", Version: sum(changedText), Length: utf8.RuneCountInString(changedText), Imported: true},
	}
	slices.SortFunc(want[1:], func(a, b ingest.Version) int { return strings.Compare(a.Version, b.Version) })
	if diff := cmp.Diff(want, library(t).Versions()); diff != "" {
		t.Error(diff)
	}
}

// Catches: a record between two batches that is not read, and batches that grow with the graph.
func TestReadLibraryInBatches(t *testing.T) {
	const pieces = 4001
	text := strings.Repeat("كلمة ", pieces)
	f := &fake{}
	page := f.document("PAGE", text)
	for i := range pieces {
		f.evidence(masar.Passage{Source: page, Version: sum(text), Start: i, End: i + 1, SHA256: sum("x")})
	}
	l, err := ingest.ReadLibrary(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	if got := l.Versions()[0].Passages; got != pieces {
		t.Errorf("%d passages, want %d", got, pieces)
	}
	if most := slices.Max(f.reads); most > 2000 {
		t.Errorf("%d records were read at a time", most)
	}
}

// Catches: a graph without documents reported as unknown texts, and a read error that is lost.
func TestReadLibraryErrors(t *testing.T) {
	_, err := ingest.ReadLibrary(t.Context(), &fake{})
	if masar.ErrorCode(err) != masar.CodeBadInput || !strings.Contains(err.Error(), "error.document.none") {
		t.Errorf("no documents: %v", err)
	}
	f := &fake{broken: io.ErrUnexpectedEOF}
	f.document("PAGE", pageText)
	if _, err := ingest.ReadLibrary(t.Context(), f); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a failing read: %v", err)
	}
}

// Catches: a quotation counted as a mismatch although another text of the document verifies it, and one that is not
// counted.
func TestQuotes(t *testing.T) {
	page, other := masar.Ref{Kind: masar.KindDocument, Code: "PAGE"}, masar.Ref{Kind: masar.KindDocument, Code: "OTHER"}
	text := func(words string) *masar.SourceText {
		file := files(t, words)[0]
		file.Text.Document = page
		return file.Text
	}
	trust := passage(page, pageText, "Trust")
	wrong := trust
	wrong.SHA256 = sum("Distrust")
	contents := &masar.Contents{}
	contents.Texts = []*masar.SourceText{text(changedText), text(pageText)}
	contents.Evidence = []*masar.Evidence{{Passage: trust}, {Passage: wrong}, {Passage: passage(other, otherText, "page")}, {}}
	contents.Observations = []*masar.Observation{{Passage: trust}}
	want := map[masar.QuoteStatus]int{masar.QuoteVerified: 2, masar.QuoteMismatch: 1, masar.QuoteSourceNotImported: 1}
	if diff := cmp.Diff(want, ingest.Quotes(contents)); diff != "" {
		t.Error(diff)
	}
}

// Catches: a file without a document that is not reported, and a missing file reported for a document without versions.
func TestMatch(t *testing.T) {
	document := func(code string, texts ...string) *masar.Document {
		f := &fake{}
		f.document(code, texts...)
		return f.content[1].(*masar.Document)
	}
	brought := files(t, pageText, "strange")
	unknown, missing := ingest.Match(brought, []*masar.Document{document("PAGE", pageText), document("OTHER", otherText), document("NONE")})
	if len(unknown) != 1 || unknown[0].Name != "1.txt" || len(missing) != 1 || missing[0].Code != "OTHER" || brought[0].Text.Document.Code != "PAGE" {
		t.Errorf("unknown %v, missing %v, the page is %v", unknown, missing, brought[0].Text.Document)
	}
}

// endless is a file without an end. It fails a reader that reads much more than MaxBytes.
type endless struct{ read int }

func (e *endless) Read(p []byte) (int, error) {
	if e.read > 2*ingest.MaxBytes {
		return 0, errors.New("read beyond the maximum size")
	}
	for i := range p {
		p[i] = 'a'
	}
	e.read += len(p)
	return len(p), nil
}

// Catches: a file that is read completely, whatever its length, before it is refused.
func TestReadIsBounded(t *testing.T) {
	if _, err := ingest.Read("a.txt", &endless{}); masar.ErrorCode(err) != masar.CodeBadInput || !strings.Contains(err.Error(), "error.document.large") {
		t.Error(err)
	}
}
