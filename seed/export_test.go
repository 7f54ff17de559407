package seed

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"masar"
)

func both(ar, en string) masar.LocalizedText {
	return masar.LocalizedText{AR: masar.Translation{Value: ar}, EN: masar.Translation{Value: en}}
}

// lines are the records as canonical lines, by reference.
func lines(t testing.TB, b *masar.Batch) map[string]string {
	t.Helper()
	out := map[string]string{}
	for r := range b.Records() {
		line, err := masar.Line(r)
		if err != nil {
			t.Fatal(err)
		}
		out[r.Identity().String()] = string(line)
	}
	return out
}

// exported returns the export of a graph as a file system.
func exported(t testing.TB, from Seed, b *masar.Batch) (*Exported, fstest.MapFS) {
	t.Helper()
	x, err := export(from, &masar.Contents{Batch: *b})
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, f := range x.Files {
		files[f.Path] = &fstest.MapFile{Data: f.Data}
	}
	return x, files
}

func carried(t testing.TB) *Graph {
	t.Helper()
	graph, err := Carried().Read()
	if err != nil {
		t.Fatal(err)
	}
	return graph
}

// Catches: an export of the seed itself that has anything but the seed's files.
func TestExportOfSeed(t *testing.T) {
	x, _ := exported(t, Carried(), carried(t).Batch())
	if x.Added != 0 || x.Changed != 0 || len(x.Unwritten) > 0 {
		t.Errorf("added %d, changed %d, unwritten %v", x.Added, x.Changed, x.Unwritten)
	}
	for _, f := range x.Files {
		want, err := Files.ReadFile(f.Path)
		if err != nil || f.Added || !bytes.Equal(f.Data, want) {
			t.Errorf("%s is no copy: %v", f.Path, err)
		}
	}
}

// Catches: a key of any entry that the writer forgets or writes in a way that the reader reads as another value. All records of the seed
// are written anew, as if none of them were in it.
func TestExportOfEverything(t *testing.T) {
	graph := carried(t)
	base := fstest.MapFS{"common/topics.yaml": {Data: []byte("topics:\n  - {code: seed-only, title: {ar: ا, en: a}, summary: {ar: ا, en: a}}\n")}}
	x, files := exported(t, Seed{files: base}, graph.Batch())
	for _, u := range x.Unwritten {
		t.Errorf("%s: %s", u, u.Reason)
	}
	if t.Failed() {
		return
	}
	got, err := Read(files)
	if err != nil {
		t.Fatal(err)
	}
	got.Entities = slices.DeleteFunc(got.Entities, func(e masar.Entity) bool { return e.Head().Code == "seed-only" })
	want := graph.Batch()
	want.Texts = nil
	if diff := cmp.Diff(lines(t, want), lines(t, got.Batch())); diff != "" {
		t.Error(diff)
	}
	if x.Texts != len(graph.Texts) {
		t.Errorf("%d texts", x.Texts)
	}
}

// awkward are words that YAML could read as something else.
var awkward = []string{
	"16.10", "2024", "true", "null", "~", "yes", "- dash", "a: b", "a #b", `"quoted"`, `it's`, `back\slash`, "{x}", "[y]", "&a", "*b", "!t", "|", ">", "%p", "@q", "`r",
	"NBSP\u00a0here", "non-BMP 𝄞", "rlm \u200f mark", "العربية: نص #1", "0x1F", "1e3", "2024-12-11", "?", ": ", "a:", "--- doc", "...", ".inf", "1_000", "=", "<<", "\u2028x",
}

// addition is what curators add: a document of their own, and more about what the seed has.
func addition(t testing.TB, graph *Graph) *masar.Batch {
	t.Helper()
	b := &masar.Batch{}
	page := &masar.Document{
		Header: masar.Header{Kind: masar.KindDocument, Code: "NEW-PAGE", Titles: both("صفحة", "A page"), Summaries: both("ملخص.", "A summary.")},
		Form:   masar.DocumentWebPage, Languages: []masar.Language{masar.Arabic, masar.English}, Family: "NEW/NEW",
		EvidenceKind: masar.ProjectPage, Versions: []masar.DocumentVersion{{SHA256: strings.Repeat("a", 64), Length: 100}},
		Date: masar.Date{EDTF: "2024", Basis: masar.Inferred}, URL: "https://example.org/?a=1#b",
	}
	b.Add(page)
	for i, words := range awkward {
		b.Add(&masar.Topic{Header: masar.Header{
			Kind: masar.KindTopic, Code: fmt.Sprint("16.", i), Titles: both(strings.TrimSpace("ع "+words), strings.TrimSpace(words)), Summaries: both("ملخص.", strings.TrimSpace(words)+" x"),
			OtherNames: []masar.Alias{{Name: "x " + words + " y", Lang: masar.English}},
		}})
	}
	passage := func(of masar.Ref, version string, start, end int) masar.Passage {
		return masar.Passage{
			Source: of, Version: version, Start: start, End: end, SHA256: strings.Repeat("b", 64), Lang: masar.Arabic, Locators: both("الفقرة", "the paragraph"),
		}
	}
	claim := func(c masar.Claim) *masar.Claim {
		c.Key = c.NewKey()
		b.Add(&c)
		return &c
	}
	evidence := func(c *masar.Claim, p masar.Passage, change func(*masar.Evidence)) {
		e := &masar.Evidence{
			ClaimKey: c.Key, Stance: masar.Supports, Kind: masar.ProjectPage, Directness: masar.MetadataOnly, Review: masar.ReviewAccepted,
			Summaries: both("يقول ذلك.", "It says so."), Passage: p,
		}
		if change != nil {
			change(e)
		}
		e.Key = e.NewKey()
		b.Add(e)
	}
	topic := func(i int) masar.Ref { return masar.Ref{Kind: masar.KindTopic, Code: fmt.Sprint("16.", i)} }
	ref := page.Ref()
	// A claim of the new document alone, one of both documents, one that was retired, and one that was rejected.
	old := graph.Evidence[0].Passage
	alone := claim(masar.Claim{Subject: ref, Predicate: masar.Concerns, Object: topic(0), Basis: masar.Stated, Status: masar.ClaimAccepted, Origin: "seed:sources/NEW-PAGE.yaml"})
	evidence(alone, passage(ref, page.Versions[0].SHA256, 0, 10), nil)
	mixed := claim(masar.Claim{Subject: ref, Predicate: masar.Concerns, Object: topic(1), Basis: masar.Inferred, Rationales: both("لأن", "because: yes"), Status: masar.ClaimAccepted, Origin: "badr"})
	evidence(mixed, passage(ref, page.Versions[0].SHA256, 0, 10), func(e *masar.Evidence) { e.Summaries = both("غيره.", "Other.") })
	evidence(mixed, old, func(e *masar.Evidence) { e.Stance = masar.Refutes })
	retired := claim(masar.Claim{Subject: ref, Predicate: masar.Concerns, Object: topic(2), Basis: masar.Stated, Status: masar.ClaimDeprecated, Origin: "badr",
		Withdrawal: masar.Withdrawal{Cause: masar.Outdated, Reasons: both("قديم", "old")}})
	evidence(retired, passage(ref, page.Versions[0].SHA256, 0, 10), func(e *masar.Evidence) {
		e.Review, e.Withdrawal = masar.ReviewDeprecated, masar.Withdrawal{Cause: masar.RetiredAsError, Reasons: both("خطأ", "wrong")}
		e.Passage.Locators = both("سطر", "a line") // the same words, with another locator
	})
	rejected := claim(masar.Claim{Subject: ref, Predicate: masar.Concerns, Object: topic(3), Basis: masar.Stated, Status: masar.ClaimRejected, Origin: "badr",
		Withdrawal: masar.Withdrawal{Reasons: both("لا", "no")}})
	evidence(rejected, passage(ref, page.Versions[0].SHA256, 10, 20), func(e *masar.Evidence) { e.Passage.Lang, e.Passage.OCRDoubt = masar.English, true })
	// More evidence for a claim of the seed: a passage of the seed, a new one, and one of the new document.
	for _, c := range graph.Claims {
		if c.Basis == masar.Inferred && strings.HasPrefix(c.Origin, "seed:sources/") { // which would be read after curated by their names
			evidence(c, passage(old.Source, old.Version, 1, 3), func(e *masar.Evidence) { e.Directness = masar.CuratorsReading })
			evidence(c, passage(ref, page.Versions[0].SHA256, 30, 40), nil)
			break
		}
	}
	for _, source := range []masar.Passage{{}, passage(ref, page.Versions[0].SHA256, 50, 60), passage(old.Source, old.Version, 5, 9)} {
		o := &masar.Observation{
			Of: masar.Ref{Kind: masar.KindCountry, Code: "EGY"}, Indicator: graph.Observations[0].Indicator, Year: 2031, Value: 0.25, Unit: "INDEX",
			Qualifier: masar.About, Nature: masar.Estimated, Source: ref, Passage: source, Vintage: "2031",
		}
		if !source.IsZero() {
			o.Source, o.Vintage = source.Source, fmt.Sprint(source.Start)
		}
		o.Key = o.NewKey()
		b.Add(o)
	}
	return b
}

// Catches: a law of exports that does not hold for what curators add: the files read as the graph, equal graphs have equal files, and
// nothing is unwritten.
func TestExportOfAdditions(t *testing.T) {
	graph := carried(t)
	all := graph.Batch()
	for r := range addition(t, graph).Records() {
		all.Add(r)
	}
	x, files := exported(t, Carried(), all)
	for _, u := range x.Unwritten {
		t.Errorf("%s: %s", u, u.Reason)
	}
	got, err := Read(files)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(lines(t, all), lines(t, got.Batch())); diff != "" {
		t.Error(diff)
	}
	slices.Reverse(all.Entities)
	slices.Reverse(all.Claims)
	slices.Reverse(all.Evidence)
	slices.Reverse(all.Observations)
	_, again := exported(t, Carried(), all)
	if diff := cmp.Diff(files, again); diff != "" {
		t.Errorf("another order of records gives other files: %s", diff)
	}
}

// changedGraph is the seed with changes of others: of scalars in each form, of what two records share, and of what is no scalar.
func changedGraph(t testing.TB) (b *masar.Batch, scalars, others int) {
	t.Helper()
	b = carried(t).Batch()
	for _, e := range b.Entities {
		switch e := e.(type) {
		case *masar.Country:
			if e.Code == "EGY" {
				e.Titles.EN.Value = "Egypt: the #1"
				e.LeastDeveloped = !e.LeastDeveloped // which the file has or leaves out
				others++
				scalars++
			}
		case *masar.Document:
			if e.Code == "INNOPA-PAGE" {
				e.Titles.AR.Value += " وغيره"
				e.URL = "https://example.org/a"
				e.Summaries.EN.Value = "It's a page, with \"quotes\"."
				scalars += 3
			}
		case *masar.Recommendation:
			if e.Number > 0 && scalars < 6 {
				e.Number += 100
				scalars++
			}
		}
	}
	// Two items with the summary of one passage. The summary of the passage must not change with one of them.
	for i, e := range b.Evidence {
		same := func(x *masar.Evidence) bool { return x.Passage == e.Passage && x.Summaries == e.Summaries }
		if slices.ContainsFunc(b.Evidence[:i], same) {
			e.Summaries.EN.Value = "Something else."
			others++
			break
		}
	}
	o := b.Observations[len(b.Observations)-1]
	o.Value += 0.5
	scalars++
	c := b.Claims[0]
	c.Status, c.Withdrawal = masar.ClaimDeprecated, masar.Withdrawal{Cause: masar.Outdated, Reasons: both("قديم", "old")}
	others += 4 // status, cause, and the reason in two languages
	return b, scalars, others
}

// Catches: a difference that is not found, or not in its line; a patch that does not make the seed say what the graph says, or that
// changes anything else.
func TestDiffAndPatch(t *testing.T) {
	if found, err := diff(Carried(), &masar.Contents{Batch: *carried(t).Batch()}); err != nil || len(found) > 0 {
		t.Fatalf("the seed differs from itself: %v, %v", found, err)
	}
	changed, scalars, others := changedGraph(t)
	contents := &masar.Contents{Batch: *changed}
	found, err := diff(Carried(), contents)
	if err != nil {
		t.Fatal(err)
	}
	if len(found) != scalars+others {
		t.Errorf("%d differences, not %d and %d", len(found), scalars, others)
	}
	for _, d := range found {
		data, err := Files.ReadFile(strings.TrimPrefix(d.File, "seed/"))
		if err != nil {
			t.Fatal(err)
		}
		line := strings.Split(string(data), "\n")[d.Line-1]
		var value string
		if json.Unmarshal(d.Seed, &value) == nil && len(value) > 20 && !strings.Contains(line, value) && !strings.Contains(line, "title:") {
			t.Errorf("%s:%d is not the line of %s: %s", d.File, d.Line, d.Seed, line)
		}
	}
	p, err := patchOf(Carried(), contents, found)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%s", p.Text)
	if len(p.Unwritten) != others {
		t.Errorf("not in the patch: %v", p.Unwritten)
	}
	root := t.TempDir()
	if err := os.CopyFS(filepath.Join(root, "seed"), Files); err != nil {
		t.Fatal(err)
	}
	git, err := exec.LookPath("git")
	if err != nil {
		t.Skip("there is no git to apply the patch with")
	}
	apply := exec.Command(git, "apply", "--unsafe-paths", "--directory="+root, "-")
	apply.Dir, apply.Stdin = root, strings.NewReader(p.Text)
	if out, err := apply.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	patched, err := In(filepath.Join(root, "seed"))
	if err != nil {
		t.Fatal(err)
	}
	left, err := diff(patched, contents)
	if err != nil {
		t.Fatal(err)
	}
	if len(left) != others {
		t.Errorf("%d differences after the patch, not %d: %v", len(left), others, left)
	}
}

// Catches: a record that the format cannot express and that is dropped without a word, stops the export, or takes others with it.
func TestExportLeavesOut(t *testing.T) {
	graph := carried(t)
	b := graph.Batch()
	more := addition(t, graph)
	for r := range more.Records() {
		b.Add(r)
	}
	want := map[string]string{}
	expect := func(r masar.Record, reason string) { want[r.Identity().String()] = reason }
	oneLanguage := &masar.Topic{Header: masar.Header{Kind: masar.KindTopic, Code: "one", Titles: both("", "one"), Summaries: both("ملخص.", "x")}}
	below := &masar.Topic{Header: masar.Header{Kind: masar.KindTopic, Code: "below", Titles: both("ا", "a"), Summaries: both("ا", "a"), Parent: oneLanguage.Ref()}}
	stretched := &masar.Topic{Header: masar.Header{Kind: masar.KindTopic, Code: "stretched", Titles: both("مـسار", "a"), Summaries: both("ا", "two\nlines")}}
	b.Add(oneLanguage, below, stretched)
	expect(oneLanguage, "ar: the text is empty")
	expect(below, "TOPIC/one")
	expect(stretched, "tatweel")
	var document *masar.Document
	for _, e := range more.Entities {
		if d, is := e.(*masar.Document); is {
			document = d
		}
	}
	document.Versions = append([]masar.DocumentVersion{{SHA256: strings.Repeat("d", 64), Length: 9}}, document.Versions...)
	expect(document, "no way to write versions[0]")
	for i, c := range more.Claims {
		item := *more.Evidence[0]
		item.ClaimKey = c.Key
		switch i {
		case 0: // one more item that is only suggested, and one in the document's other version
			item.Review, item.Passage.Start, item.Passage.End = masar.ReviewSuggested, 60, 61
			other := item
			other.Review, other.Passage.Version = masar.ReviewAccepted, strings.Repeat("d", 64)
			other.Key = other.NewKey()
			b.Add(&other)
			expect(&other, "another version of DOCUMENT/NEW-PAGE")
			item.Key = item.NewKey()
			b.Add(&item)
			expect(&item, "status")
		case 1:
			c.Status = masar.ClaimSubmitted
			expect(c, "status")
			for _, e := range more.Evidence {
				if e.ClaimKey == c.Key {
					expect(e, "")
				}
			}
		}
	}
	x, files := exported(t, Carried(), b)
	got, err := Read(files)
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range x.Unwritten {
		id := masar.RecordRef{Type: u.Kind, Key: u.Code}.String()
		if reason, is := want[id]; !is || !strings.Contains(u.Reason, reason) {
			t.Errorf("%s: %s", u, u.Reason)
		}
		delete(want, id)
	}
	for id, reason := range want {
		t.Errorf("%s is not reported, for %q", id, reason)
	}
	if n := len(graph.Claims) + len(more.Claims) - 1; len(got.Claims) != n {
		t.Errorf("%d claims, not %d", len(got.Claims), n)
	}
}
