package seed

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/goccy/go-yaml"

	"masar"
	"masar/ingest"
)

// The tests of this file hold the graph against the texts of its sources and against facts that these are known to
// state. Neither is part of the project: where they are not at hand, the tests find nothing to do.
const (
	goldSources = "../../shared/sources"
	goldFacts   = "../../shared/gold/facts.jsonl"
	goldChecks  = "testdata/gold.yaml"
)

// sourceTexts are the texts at hand, by the names of their files without ".txt"; each is of a document of the graph.
func sourceTexts(t *testing.T, graph *Graph) map[string]*masar.SourceText {
	t.Helper()
	var documents []*masar.Document
	for _, e := range graph.Entities {
		if d, ok := e.(*masar.Document); ok {
			documents = append(documents, d)
		}
	}
	files, err := filepath.Glob(goldSources + "/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*masar.SourceText{}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text, err := ingest.Text(name, raw)
		if err != nil {
			t.Fatal(err)
		}
		if err := ingest.Assign(name, text, documents, ""); err != nil {
			t.Fatal(err)
		}
		out[strings.TrimSuffix(filepath.Base(name), ".txt")] = text
	}
	return out
}

// TestSourcesAreCovered asks of every source that each of its words is pointed at or left out with a reason, and that
// every passage points at the words that it was made for.
func TestSourcesAreCovered(t *testing.T) {
	graph := curated(t)
	texts := slices.Collect(maps.Values(sourceTexts(t, graph)))
	for _, c := range Coverage(graph, texts) {
		t.Logf("%s: lines %+v, runes %+v", c.Document, c.Lines, c.Runes)
		if !c.Complete() {
			t.Errorf("%s\n%s", c.Document, rendered(&c))
		}
	}
}

// fact is something that a source states.
type fact struct {
	ID   string `json:"id"`
	Doc  string `json:"doc"`
	Line int    `json:"line"`
	// Words stand in the line, but for the sort of space between them.
	Words string `json:"ar"`
}

// facts are the facts at hand.
func facts(t *testing.T) []fact {
	t.Helper()
	data, err := os.ReadFile(goldFacts)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	var out []fact
	for lines := bufio.NewScanner(bytes.NewReader(data)); lines.Scan(); {
		var f fact
		if err := json.Unmarshal(lines.Bytes(), &f); err != nil {
			t.Fatal(err)
		}
		out = append(out, f)
	}
	return out
}

// goldCheck is something that the graph must hold for a fact; testdata/gold.yaml tells how it is read.
type goldCheck struct {
	Claim, Says, Value, Total                          string
	Entity, Called, Form, Status, Date, Place, Contact string
	Number                                             string
}

// goldChecksOf are the checks, by the ids of the facts.
func goldChecksOf(t *testing.T) map[string][]goldCheck {
	t.Helper()
	data, err := os.ReadFile(goldChecks)
	if err != nil {
		t.Fatal(err)
	}
	var checks map[string][]goldCheck
	if err := yaml.UnmarshalWithOptions(data, &checks, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	return checks
}

// TestFacts asks of the graph for every fact at hand that some passage holds its words, and that it says what the fact's
// checks ask for.
func TestFacts(t *testing.T) {
	graph := curated(t)
	texts := sourceTexts(t, graph)
	checks := goldChecksOf(t)
	unchecked := 0
	for _, f := range facts(t) {
		t.Run(f.ID, func(t *testing.T) {
			text := texts[f.Doc]
			if text == nil {
				t.Fatalf("the text %s is not at hand", f.Doc)
			}
			h := held{graph, text.Document, f.Words, places(text.Text, f.Line, f.Words)}
			switch {
			case len(h.places) == 0:
				t.Errorf("%q are not in line %d of %s", f.Words, f.Line, f.Doc)
			case !slices.ContainsFunc(graph.passages(text.Document), func(u used) bool { return h.at(u.Passage) }):
				t.Errorf("nothing points at %q in line %d of %s", f.Words, f.Line, f.Doc)
			}
			if len(checks[f.ID]) == 0 {
				unchecked++
			}
			for _, c := range checks[f.ID] {
				if problem := h.check(c); problem != "" {
					t.Error(problem)
				}
			}
		})
	}
	if unchecked > 0 {
		t.Logf("%d facts have no checks in %s", unchecked, goldChecks)
	}
}

// places are the ranges of runes at which words stand in a line of a text, whatever the sort of space between them.
func places(text string, line int, words string) [][2]int {
	start := 0
	lines := strings.Split(text, "\n")
	if line < 1 || line > len(lines) {
		return nil
	}
	for _, l := range lines[:line-1] {
		start += len([]rune(l)) + 1
	}
	in, want := []rune(lines[line-1]), slices.Collect(strings.FieldsSeq(words))
	var out [][2]int
	for at := range in {
		if end, ok := match(in, at, want); ok {
			out = append(out, [2]int{start + at, start + end})
		}
	}
	return out
}

// match matches words that stand in a line from a place on, with spaces between them, and answers where they end.
func match(in []rune, at int, want []string) (end int, ok bool) {
	for i, word := range want {
		spaces := at
		for i > 0 && at < len(in) && unicode.IsSpace(in[at]) {
			at++
		}
		if i > 0 && at == spaces || !strings.HasPrefix(string(in[at:]), word) {
			return 0, false
		}
		at += len([]rune(word))
	}
	return at, true
}

// held is what the graph holds of a fact.
type held struct {
	*Graph
	document masar.Ref
	words    string
	places   [][2]int
}

// at reports whether a passage has the fact's words in it.
func (h held) at(p masar.Passage) bool {
	return p.Source == h.document && slices.ContainsFunc(h.places, func(at [2]int) bool { return p.Start <= at[0] && at[1] <= p.End })
}

// check tells what is missing for a check; "" for nothing.
func (h held) check(c goldCheck) string {
	switch {
	case c.Claim != "":
		return h.claim(c.Claim)
	case c.Value != "":
		return h.value(c.Value)
	case c.Total != "":
		return h.total(c.Total)
	case c.Entity != "":
		return h.entity(c)
	case c.Says != "":
		if slices.ContainsFunc(h.Evidence, func(e *masar.Evidence) bool { return h.at(e.Passage) && hasWords(e.Summaries.EN.Value, c.Says) }) {
			return ""
		}
		return fmt.Sprintf("no evidence at the words says %q", c.Says)
	}
	return "the check is empty"
}

func hasWords(text, words string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(words))
}

func (h held) claim(want string) string {
	i := slices.IndexFunc(h.Claims, func(c *masar.Claim) bool { return sentence(c) == want })
	if i < 0 {
		triple := strings.Join(strings.Fields(want)[:3], " ")
		like := claims(h.Graph, func(c *masar.Claim) bool { return strings.HasPrefix(sentence(c), triple) })
		return fmt.Sprintf("there is no claim %s; there is %q", want, like)
	}
	if !slices.ContainsFunc(h.Evidence, func(e *masar.Evidence) bool { return e.ClaimKey == h.Claims[i].Key && h.at(e.Passage) }) {
		return fmt.Sprintf("the claim %s has no evidence at the words", want)
	}
	return ""
}

func (h held) value(want string) string {
	for _, o := range h.Observations {
		got := fmt.Sprint(o.Of, " ", o.Indicator, " ", o.Year, " ", o.Qualifier, " ", o.Value, " ", o.Nature)
		if got == want && h.at(o.Passage) {
			return ""
		}
	}
	return "there is no observation " + want + " at the words"
}

func (h held) total(want string) string {
	indicator, _, _ := strings.Cut(want, " ")
	of, sum := map[masar.Ref]bool{}, 0.0
	for _, o := range h.Observations {
		if o.Indicator == indicator {
			of[o.Of] = true
			sum += o.Value
		}
	}
	if got := fmt.Sprint(indicator, " ", len(of), " ", sum); got != want {
		return fmt.Sprintf("the total is %s, not %s", got, want)
	}
	return ""
}

func (h held) entity(c goldCheck) string {
	i := slices.IndexFunc(h.Entities, func(e masar.Entity) bool { return e.Head().Ref().String() == c.Entity })
	if i < 0 {
		return "there is no " + c.Entity
	}
	e := h.Entities[i]
	v := reflect.ValueOf(e).Elem()
	is := func(field, want, got string) string {
		if want == "" || want == got {
			return ""
		}
		return fmt.Sprintf("the %s of %s is %q, not %q", field, c.Entity, got, want)
	}
	field := func(name string) string {
		f := v.FieldByName(name)
		if !f.IsValid() {
			return ""
		}
		switch f := f.Interface().(type) {
		case masar.Date:
			if f.Basis == masar.Inferred {
				return f.EDTF + " " + string(masar.Inferred)
			}
			return f.EDTF
		case masar.LocalizedText:
			return f.EN.Value
		default:
			return fmt.Sprint(f)
		}
	}
	problem := cmp.Or(
		is("form", c.Form, field("Form")), is("status", c.Status, field("Status")), is("date", c.Date, field("Date")),
		is("place", c.Place, field("Places")), is("contact", c.Contact, field("Contact")), h.called(e, c.Called), counted(e, c.Number))
	if problem == "" && !hasWords(e.Head().Summaries.EN.Value, c.Says) {
		return fmt.Sprintf("the summary of %s does not say %q", c.Entity, c.Says)
	}
	return problem
}

// called tells that an entity lacks a name; @ stands for one that has the fact's words in it.
func (h held) called(e masar.Entity, name string) string {
	words := strings.Join(strings.Fields(h.words), " ")
	if name == "" || slices.ContainsFunc(allNames(e), func(has string) bool { return has == name || name == "@" && strings.Contains(has, words) }) {
		return ""
	}
	return fmt.Sprintf("%s is called %q, and not %s", e.Head().Ref(), allNames(e), strings.Replace(name, "@", words, 1))
}

// counted tells that an activity lacks a number of people who took part.
func counted(e masar.Entity, want string) string {
	a, ok := e.(*masar.Activity)
	if want == "" || ok && slices.ContainsFunc(a.Participants, func(q masar.Quantity) bool {
		return string(q.Qualifier)+" "+strconv.FormatFloat(q.Value, 'f', -1, 64) == want
	}) {
		return ""
	}
	return fmt.Sprintf("%s has no number %s of people who took part", e.Head().Ref(), want)
}

// TestChecksAreOfRecords looks for misspelt codes in the checks, also where no facts are at hand.
func TestChecksAreOfRecords(t *testing.T) {
	graph := curated(t)
	known := map[string]bool{}
	for _, c := range graph.Claims {
		known[sentence(c)] = true
	}
	for _, e := range graph.Entities {
		known[e.Head().Ref().String()] = true
	}
	for id, of := range goldChecksOf(t) {
		for _, c := range of {
			if !known[cmp.Or(c.Claim, c.Entity, strings.SplitN(c.Value+" ", " ", 2)[0])] && c.Says == "" && c.Total == "" {
				t.Errorf("%s: there is no %+v", id, c)
			}
		}
	}
}
