package seed

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"masar"
)

// TestCoverage has a case for each file of testdata/coverage. In the file "text", words in <angle brackets> are a
// passage, and words in {braces} are excluded; brackets may nest. Lines of the file "also" add to the passages:
//
//	uses 0 5          a second evidence item for these runes
//	observes 0 5      an observation of these runes
//	misfits 0 5       evidence with the hash of other words
//	outdated 0 5      evidence with offsets in another version
//	outdated-left 0 5 words excluded from another version
//	elsewhere 0 5     evidence of another document
//
// The file "want" has the coverage; -update writes it.
func TestCoverage(t *testing.T) {
	cases, err := filepath.Glob("testdata/coverage/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, name := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files := map[string]string{}
			for _, f := range ar.Files {
				files[f.Name] = string(f.Data)
			}
			graph, text := marked(t, strings.TrimSuffix(files["text"], "\n"), files["also"])
			all := Coverage(graph, []*masar.SourceText{text})
			if len(all) != 1 {
				t.Fatalf("%d coverages", len(all))
			}
			got := rendered(&all[0])
			i := slices.IndexFunc(ar.Files, func(f txtar.File) bool { return f.Name == "want" })
			if *update {
				ar.Files[i].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(files["want"], got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if again := Coverage(graph, []*masar.SourceText{text}); !cmp.Equal(all, again) {
				t.Error("two calls return different results")
			}
		})
	}
}

var coveredPage = masar.Ref{Kind: masar.KindDocument, Code: "PAGE"}

// marked parses a text with marks and returns the graph that the marks describe.
func marked(t *testing.T, withMarks, also string) (*Graph, *masar.SourceText) {
	t.Helper()
	var plain []rune
	var open []int
	var used, left [][2]int
	for _, r := range withMarks {
		switch r {
		case '<', '{':
			open = append(open, len(plain))
		case '>', '}':
			at := [2]int{open[len(open)-1], len(plain)}
			open = open[:len(open)-1]
			if r == '>' {
				used = append(used, at)
			} else {
				left = append(left, at)
			}
		default:
			plain = append(plain, r)
		}
	}
	text := &masar.SourceText{Text: string(plain)}
	v := Version(text.Text)
	text.SHA256, text.Length = v.SHA256, v.Length
	graph := &Graph{Entities: []masar.Entity{
		&masar.Document{Header: masar.Header{Kind: masar.KindDocument, Code: "OTHER"}},
		&masar.Document{Header: masar.Header{Kind: masar.KindDocument, Code: "PAGE"}, Versions: []masar.DocumentVersion{v}},
	}}
	passage := func(start, end int) masar.Passage {
		return masar.Passage{
			Source: coveredPage, Version: v.SHA256, Start: start, End: end, SHA256: sum(string(plain[start:end])),
			Locators: masar.LocalizedText{EN: masar.Translation{Value: fmt.Sprintf("passage %d", start)}},
		}
	}
	use := func(p masar.Passage) { graph.Evidence = append(graph.Evidence, &masar.Evidence{Passage: p}) }
	for _, at := range used {
		use(passage(at[0], at[1]))
	}
	for _, at := range left {
		graph.Excluded = append(graph.Excluded, Excluded{Document: coveredPage, Version: v.SHA256, Start: at[0], End: at[1]})
	}
	for line := range strings.Lines(also) {
		var how string
		var start, end int
		if _, err := fmt.Sscanf(line, "%s %d %d\n", &how, &start, &end); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		p := passage(start, end)
		switch how {
		case "uses":
		case "observes":
			graph.Observations = append(graph.Observations, &masar.Observation{Passage: p})
			continue
		case "misfits":
			p.SHA256 = sum("other words")
		case "outdated":
			p.Version = sum("another text")
		case "outdated-left":
			graph.Excluded = append(graph.Excluded, Excluded{Document: coveredPage, Version: sum("another text"), Start: start, End: end})
			continue
		case "elsewhere":
			p.Source.Code = "OTHER"
		default:
			t.Fatalf("%q is unknown", how)
		}
		use(p)
	}
	return graph, text
}

// rendered formats a coverage for the cases.
func rendered(c *DocumentCoverage) string {
	var b strings.Builder
	figures := func(f Figures) string {
		return fmt.Sprintf("%d = %d covered + %d left out + %d uncovered", f.All, f.Covered, f.Excluded, f.Uncovered)
	}
	fmt.Fprintf(&b, "%s complete %t\nlines %s\nrunes %s\n", c.Document, c.Complete(), figures(c.Lines), figures(c.Runes))
	for _, l := range c.ByLine {
		fmt.Fprintf(&b, "line %d: %s, pointers %d\n", l.Line, figures(l.Runes), l.Pointers)
	}
	for _, s := range c.Uncovered {
		fmt.Fprintf(&b, "uncovered %d:%d [%d, %d) %q\n", s.Line, s.Column, s.Start, s.End, s.Words)
	}
	for _, m := range c.Misfits {
		fmt.Fprintf(&b, "misfit [%d, %d) %s, %d pointers, of this version %t\n", m.Start, m.End, m.Locator, m.Pointers, m.Version == c.Version)
	}
	return b.String()
}

// TestCoverageOfTexts checks texts in another order, a text of no document, and a text that names its document.
func TestCoverageOfTexts(t *testing.T) {
	graph, text := marked(t, "<one> two", "")
	changed := &masar.SourceText{Text: "one two three", Document: coveredPage, SHA256: sum("one two three")}
	stranger := &masar.SourceText{Text: "three", SHA256: sum("three")}
	want := Coverage(graph, []*masar.SourceText{text, stranger, changed})
	if len(want) != 2 {
		t.Fatalf("%+v", want)
	}
	if diff := cmp.Diff(want, Coverage(graph, []*masar.SourceText{changed, text})); diff != "" {
		t.Error(diff)
	}
	for _, c := range want {
		if fits := c.Version == text.SHA256; fits != (len(c.Misfits) == 0) || fits != (c.Lines.Covered+c.Runes.Covered > 0) {
			t.Errorf("%+v", c)
		}
	}
	if got := Coverage(graph, nil); got == nil || len(got) != 0 {
		t.Errorf("of nothing: %v", got)
	}
}

// TestCheckReadsTheTexts checks that the check of a whole graph reports the passages that Coverage reports as misfits.
func TestCheckReadsTheTexts(t *testing.T) {
	for _, c := range []struct {
		also          string
		without, with int // number of findings without the text and with it
	}{
		{also: ""},
		{also: "misfits 4 7", with: 1},
		{also: "misfits 4 7\nuses 4 7\nmisfits 0 3", with: 2},
		{also: "outdated 0 3", without: 1, with: 1},
	} {
		graph, text := marked(t, "<one> two", c.also)
		text.Document = coveredPage
		contents := &masar.Contents{Batch: *graph.Batch()}
		findings := func() (n int) {
			for _, f := range masar.Check(contents) {
				if slices.Contains([]masar.FaultCode{masar.FaultVersionNotFound, masar.FaultRangeBeyond, masar.FaultQuoteMismatch}, f.Code) {
					n++
				}
			}
			return n
		}
		without := findings()
		contents.Texts = []*masar.SourceText{text}
		if with := findings(); without != c.without || with != c.with {
			t.Errorf("%q: %d findings without the text and %d with it", c.also, without, with)
		}
	}
}

// FuzzCoverage checks for any text and passages that the figures add up and that the uncovered words are in the text.
func FuzzCoverage(f *testing.F) {
	f.Add("one two\nthree", 0, 3, 4, 9)
	f.Add("مصر،\u00a0عُمان.\r\n\n٣", 0, 4, -1, 100)
	f.Fuzz(func(t *testing.T, words string, start, end, leftStart, leftEnd int) {
		runes := []rune(words)
		words = string(runes)
		text := &masar.SourceText{Text: words, Document: coveredPage, SHA256: sum(words)}
		p := masar.Passage{Source: coveredPage, Version: text.SHA256, Start: start, End: end}
		if 0 <= start && start < end && end <= len(runes) {
			p.SHA256 = sum(string(runes[start:end]))
		}
		graph := &Graph{
			Evidence: []*masar.Evidence{{Passage: p}},
			Excluded: []Excluded{{Document: coveredPage, Version: text.SHA256, Start: leftStart, End: leftEnd}},
		}
		c := Coverage(graph, []*masar.SourceText{text})[0]
		var sum Figures
		for _, l := range c.ByLine {
			sum.All += l.Runes.All
			sum.Covered += l.Runes.Covered
			sum.Excluded += l.Runes.Excluded
			sum.Uncovered += l.Runes.Uncovered
		}
		if sum != c.Runes || sum.All != sum.Covered+sum.Excluded+sum.Uncovered || c.Lines.All != len(c.ByLine) ||
			c.Lines.All != c.Lines.Covered+c.Lines.Excluded+c.Lines.Uncovered || (len(c.Uncovered) > 0) != (c.Runes.Uncovered > 0) {
			t.Errorf("%+v", c)
		}
		lines := strings.Split(words, "\n")
		for _, s := range c.Uncovered {
			line := []rune(lines[s.Line-1])
			if string(runes[s.Start:s.End]) != s.Words || !strings.HasPrefix(string(line[s.Column-1:]), s.Words) || !isWordRune([]rune(s.Words)[0]) {
				t.Errorf("%+v", s)
			}
		}
	})
}
