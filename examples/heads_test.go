package examples_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"
	"pgregory.net/rapid"

	"masar/examples"
	"masar/internal/masartest"
	"masar/loaders"
	"masar/resolvers"
	"masar/web"
)

// headless compares answers with heads in memory with those of entities that are read whole.
type headless struct{ with, without *masartest.API }

func newHeadless(t *testing.T) headless {
	service := masartest.Start(t)
	return headless{service.API(t, loaders.Options{}), service.API(t, loaders.Options{WithoutHeads: true})}
}

// same asks both, and returns the reads that each answer took.
func (h headless) same(t rapid.TB, tb testing.TB, document string, variables map[string]any) (with, without int64) {
	t.Helper()
	a, b := h.with.Ask(tb, document, variables), h.without.Ask(tb, document, variables)
	if bytes.Contains(b.Body, []byte(`"errors"`)) {
		t.Fatalf("%s\n%s", document, b.Body)
	}
	if !bytes.Equal(a.Body, b.Body) {
		t.Errorf("%s\nthe answers differ:\n%s", document, gocmp.Diff(string(b.Body), string(a.Body)))
	}
	return a.Reads, b.Reads
}

var operationName = regexp.MustCompile(`(?m)^query (\w+)`)

// everyOperation are the examples, the operations of the pages, and the nested question.
func everyOperation(t *testing.T) map[string]examples.Operation {
	t.Helper()
	all := map[string]examples.Operation{"nested": {Document: nested(t), Variables: map[string]any{"code": "16.6", "lang": []string{"EN"}}}}
	each(t, func(_ *testing.T, op examples.Operation) { all[op.Name] = op })
	text, err := os.ReadFile("../web/operations/variables.json")
	if err != nil {
		t.Fatal(err)
	}
	var variables map[string]map[string]any
	if err := json.Unmarshal(text, &variables); err != nil {
		t.Fatal(err)
	}
	for name, document := range web.Operations() {
		found := operationName.FindStringSubmatch(document)
		if found == nil {
			t.Fatalf("web/operations/%s.graphql has no name", name)
		}
		all["web/"+name] = examples.Operation{Document: document, Variables: variables[found[1]]}
	}
	return all
}

// Catches: an entity with its head alone where an operation selects more of it, and a title other than that of the record.
func TestHeadsChangeNoAnswer(t *testing.T) {
	fewer := 0
	for name, op := range everyOperation(t) {
		t.Run(name, func(t *testing.T) {
			with, without := newHeadless(t).same(t, t, op.Document, op.Variables)
			if with > without {
				t.Errorf("with heads it took %d reads, without %d", with, without)
			}
			if with < without {
				fewer++
			}
		})
	}
	if fewer == 0 {
		t.Error("heads save no read: the comparison shows nothing")
	}
}

// lists are the fields of Query that list the entities of a type, by that type.
func lists(t *testing.T, schema *ast.Schema) map[*ast.Definition]string {
	t.Helper()
	all := map[*ast.Definition]string{}
	for _, definition := range schema.GetPossibleTypes(schema.Types["Entity"]) {
		for _, f := range schema.Query.Fields {
			if f.Type.Name() == definition.Name+"Connection" {
				all[definition] = f.Name
			}
		}
		if all[definition] == "" {
			t.Errorf("no field of Query lists the type %s", definition.Name)
		}
	}
	return all
}

// selectionOf is a field with the leaves of its type; ok is false if the field has arguments without a default.
func selectionOf(schema *ast.Schema, f *ast.FieldDefinition) (text string, ok bool) {
	if strings.HasPrefix(f.Name, "__") || slices.ContainsFunc(f.Arguments, func(a *ast.ArgumentDefinition) bool { return a.Type.NonNull && a.DefaultValue == nil }) {
		return "", false
	}
	of := schema.Types[f.Type.Name()]
	if of.IsLeafType() {
		return f.Name, true
	}
	text = f.Name + " { __typename"
	for _, part := range of.Fields {
		if !schema.Types[part.Type.Name()].IsLeafType() {
			continue
		}
		if leaf, ok := selectionOf(schema, part); ok {
			text += " " + leaf
		}
	}
	return text + " }", true
}

// Catches: a field that a head is taken to answer and does not, for any kind of entity, in lists, in edges and behind an
// interface.
func TestHeadsAnswerEachFieldAlone(t *testing.T) {
	h, schema, asked := newHeadless(t), resolvers.NewSchema().Schema(), 0
	for definition, list := range lists(t, schema) {
		t.Run(definition.Name, func(t *testing.T) {
			for _, f := range definition.Fields {
				field, ok := selectionOf(schema, f)
				if !ok {
					continue
				}
				asked++
				h.same(t, t, fmt.Sprintf(`{ all: %[1]s(first: 4) { nodes { %[2]s } edges { node { other: %[2]s } } }
					claims(first: 30) { nodes { subject { code ...part } object { ...part } } } }
					fragment part on %[3]s { again: %[2]s }`, list, field, definition.Name), nil)
			}
		})
	}
	if asked < 200 {
		t.Errorf("only %d fields were asked for", asked)
	}
}

// Catches: a head in memory that is read all the same, and directives and fragments that are not counted with the selection.
func TestHeadsReadNothing(t *testing.T) {
	service, schema := masartest.Start(t), resolvers.NewSchema().Schema()
	for definition, list := range lists(t, schema) {
		for more, want := range map[string]int64{
			``: 0, `summary { value }`: 1, `... on Entity { a: aliases { value } }`: 1, `...more`: 1,
			`summary @include(if: $yes) { value }`: 1, `... @skip(if: $no) { aliases { value } }`: 1,
			`summary @include(if: $no) { value }`: 0, `... @skip(if: $yes) { aliases { value } }`: 0, `...more @include(if: $no)`: 0,
		} {
			fragment := ""
			if strings.Contains(more, "...more") {
				fragment = `fragment more on Node { ... on Entity { summary { value } } }`
			}
			document := fmt.Sprintf(`query ($yes: Boolean! = true, $no: Boolean! = false) {
				all: %s(first: 100) { edges { node { __typename id kind code name: title { value origin } iri version claims { totalCount } %s } } }
				typed: %[1]s(first: 1) @include(if: $yes) { totalCount @skip(if: $no) } } %[3]s`, list, more, fragment)
			answer := service.API(t, loaders.Options{}).Ask(t, document, nil)
			if bytes.Contains(answer.Body, []byte(`"errors"`)) {
				t.Fatalf("%s\n%s", document, answer.Body)
			}
			if bytes.Contains(answer.Body, []byte(`"edges":[]`)) {
				continue // the seed has none of this kind
			}
			if answer.Reads != want {
				t.Errorf("%s with %q: %d reads, want %d", definition.Name, more, answer.Reads, want)
			}
		}
	}
}

// drawn is a random document.
type drawn struct {
	t         *rapid.T
	schema    *ast.Schema
	fragments []string
	names     int
}

// selection draws a selection of an entity of a type or interface.
func (d *drawn) selection(of *ast.Definition, depth int) string {
	var parts []string
	for range rapid.IntRange(1, 2).Draw(d.t, "parts") {
		directive := rapid.SampledFrom([]string{"", "", " @include(if: $yes)", " @include(if: $no)", " @skip(if: $yes)", " @skip(if: $no)"}).Draw(d.t, "directive")
		d.names++
		switch form := rapid.IntRange(0, 6).Draw(d.t, "form"); {
		case form < 4 || depth == 0:
			if field, ok := selectionOf(d.schema, rapid.SampledFrom(of.Fields).Draw(d.t, "field")); ok {
				name, rest, _ := strings.Cut(field, " ")
				parts = append(parts, fmt.Sprintf("a%d: %s%s %s", d.names, name, directive, rest))
			}
		case form == 4:
			parts = append(parts, fmt.Sprintf("... on %s%s { %s }", of.Name, directive, d.selection(of, depth-1)))
		case form == 5:
			parts = append(parts, fmt.Sprintf("... on Entity%s { %s }", directive, d.selection(d.schema.Types["Entity"], depth-1)))
		default:
			name := fmt.Sprint("F", d.names)
			d.fragments = append(d.fragments, fmt.Sprintf("fragment %s on %s { %s }", name, of.Name, d.selection(of, depth-1)))
			parts = append(parts, "..."+name+directive)
		}
	}
	if len(parts) == 0 {
		return "code"
	}
	return strings.Join(parts, " ")
}

// Catches: a selection that is judged in another way than it is executed, through fragments, interfaces, aliases and directives.
func TestHeadsAnswerAnySelection(t *testing.T) {
	h, schema := newHeadless(t), resolvers.NewSchema().Schema()
	byType := lists(t, schema)
	types := slices.SortedFunc(func(yield func(*ast.Definition) bool) {
		for definition := range byType {
			if !yield(definition) {
				return
			}
		}
	}, func(a, b *ast.Definition) int { return strings.Compare(a.Name, b.Name) })
	rapid.Check(t, func(r *rapid.T) {
		d := &drawn{t: r, schema: schema}
		of := rapid.SampledFrom(types).Draw(r, "type")
		document := fmt.Sprintf("query ($yes: Boolean! = true, $no: Boolean! = false) { all: %s(first: 3) { nodes { %s } edges { node { %s } node { %s } } } used: %[1]s(first: 0) @include(if: $yes) { totalCount @skip(if: $no) } } %[5]s",
			byType[of], d.selection(of, 2), d.selection(of, 1), d.selection(of, 1), strings.Join(d.fragments, " "))
		h.same(r, t, document, nil)
	})
}
