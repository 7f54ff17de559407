package seed

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"masar"
)

// The tests of this file check the graph against facts that its sources state.
const (
	goldFacts  = "testdata/facts.jsonl"
	goldChecks = "testdata/gold.yaml"
)

// fact is something that a source states.
type fact struct {
	ID string
	// Document is the code of the source.
	Document string
	// SHA256 is that of its words in the source, with single spaces between them. They stand at the ranges At, in code points.
	SHA256 string
	At     [][2]int
	// Name has the words where they are a name that an entity must have.
	Name string
}

// facts are the known facts.
func facts(t *testing.T) []fact {
	t.Helper()
	data, err := os.ReadFile(goldFacts)
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

// goldCheck is a record that the graph must have for a fact. testdata/gold.yaml documents the format.
type goldCheck struct {
	Claim, Says, Value, Total                          string
	Entity, Called, Form, Status, Date, Place, Contact string
	Number                                             string
}

// goldChecksOf returns the checks by the ids of the facts.
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

// Catches: a fact of the sources without a passage that has its words, or without the records of its checks. Also catches a fact
// without checks, and checks without a fact.
func TestFacts(t *testing.T) {
	graph, checks := curated(t), goldChecksOf(t)
	for _, f := range facts(t) {
		t.Run(f.ID, func(t *testing.T) {
			h := held{graph, masar.Ref{Kind: masar.KindDocument, Code: f.Document}, f.Name, f.At}
			if !slices.ContainsFunc(graph.passages(h.document), func(u used) bool { return h.at(u.Passage) }) {
				t.Errorf("nothing points at %v in %s", f.At, f.Document)
			}
			if len(checks[f.ID]) == 0 {
				t.Errorf("%s has no check of it", goldChecks)
			}
			for _, c := range checks[f.ID] {
				if problem := h.check(c); problem != "" {
					t.Error(problem)
				}
			}
		})
		delete(checks, f.ID)
	}
	for id := range checks {
		t.Errorf("%s has checks of %s, which is no fact", goldChecks, id)
	}
}

// held is what the graph holds of a fact.
type held struct {
	*Graph
	document masar.Ref
	name     string
	places   [][2]int
}

// at reports whether a passage contains the fact's words.
func (h held) at(p masar.Passage) bool {
	return p.Source == h.document && slices.ContainsFunc(h.places, func(at [2]int) bool { return p.Start <= at[0] && at[1] <= p.End })
}

// check describes what a check does not find; empty if nothing is missing.
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

// called tells that an entity lacks a name; @ stands for one that has the fact's name in it.
func (h held) called(e masar.Entity, name string) string {
	if name == "" || slices.ContainsFunc(allNames(e), func(has string) bool { return has == name || name == "@" && strings.Contains(has, h.name) }) {
		return ""
	}
	return fmt.Sprintf("%s is called %q, and not %s", e.Head().Ref(), allNames(e), strings.Replace(name, "@", h.name, 1))
}

// counted describes a missing number of participants; empty if the activity has it.
func counted(e masar.Entity, want string) string {
	a, ok := e.(*masar.Activity)
	if want == "" || ok && slices.ContainsFunc(a.Participants, func(q masar.Quantity) bool {
		return string(q.Qualifier)+" "+strconv.FormatFloat(q.Value, 'f', -1, 64) == want
	}) {
		return ""
	}
	return fmt.Sprintf("%s has no number %s of people who took part", e.Head().Ref(), want)
}

// Catches: a misspelt code in a check.
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
				t.Errorf("%s: the graph has no record for %+v", id, c)
			}
		}
	}
}
