package limits

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"pgregory.net/rapid"
)

// expansion counts a document by replacing every fragment with its content, as gqlgen does. The time can double with
// every fragment.
type expansion struct {
	m   *measurer // used only for items
	doc *ast.QueryDocument
	// left is the maximum number of selections to visit. Fragments without a field take time but add no count.
	left int
}

func (e *expansion) depth(selection ast.SelectionSet) (levels int) {
	for _, s := range selection {
		switch s := s.(type) {
		case *ast.Field:
			levels = max(levels, 1+e.depth(s.SelectionSet))
		case *ast.InlineFragment:
			levels = max(levels, e.depth(s.SelectionSet))
		case *ast.FragmentSpread:
			levels = max(levels, e.depth(e.doc.Fragments.ForName(s.Name).SelectionSet))
		}
	}
	return levels
}

// fields counts all fields of a selection, and those of the selection itself.
func (e *expansion) fields(selection ast.SelectionSet) (all, direct int) {
	for _, s := range selection {
		if e.left < 0 {
			return all, direct
		}
		e.left--
		switch s := s.(type) {
		case *ast.Field:
			below, _ := e.fields(s.SelectionSet)
			all, direct = all+1+below, direct+1
		case *ast.InlineFragment:
			more, here := e.fields(s.SelectionSet)
			all, direct = all+more, direct+here
		case *ast.FragmentSpread:
			if f := e.doc.Fragments.ForName(s.Name); f != nil {
				more, here := e.fields(f.SelectionSet)
				all, direct = all+more, direct+here
			}
		}
	}
	return all, direct
}

// cost counts the fields of an answer with full lists, item by item.
func (e *expansion) cost(on *ast.Definition, selection ast.SelectionSet, items int) (all int) {
	for _, s := range selection {
		switch s := s.(type) {
		case *ast.InlineFragment:
			all += e.cost(on, s.SelectionSet, items)
		case *ast.FragmentSpread:
			all += e.cost(on, e.doc.Fragments.ForName(s.Name).SelectionSet, items)
		case *ast.Field:
			f := on.Fields.ForName(s.Name)
			if f == nil { // __typename
				all++
				continue
			}
			asked, told := e.m.items(f, s)
			times, within := 1, fewItems
			switch isList := f.Type.Elem != nil; {
			case isList && told:
				times = asked
			case isList:
				times = items
			case told:
				within = asked
			}
			for range times {
				all += weightOf(f) + e.cost(e.m.schema.Types[f.Type.Name()], s.SelectionSet, within)
			}
		}
	}
	return all
}

// document generates a document for the small schema, with up to four fragments. Each fragment may use the later ones.
func document(t *rapid.T) string {
	types := map[string][]string{
		"Query":  {"one:Thing", "many:Things", "dear:Thing"},
		"Thing":  {"name", "one:Thing", "many:Things", "few:Thing"},
		"Things": {"total", "edges:Edge", "nodes:Thing"},
		"Edge":   {"node:Thing"},
	}
	count := rapid.IntRange(0, 4).Draw(t, "fragments")
	on := make([]string, count)
	for i := range on {
		on[i] = rapid.SampledFrom([]string{"Thing", "Things", "Thing", "Query"}).Draw(t, "on")
	}
	var selection func(of string, from, deep int) string
	selection = func(of string, from, deep int) string {
		var parts []string
		for range rapid.IntRange(1, 3).Draw(t, "size") {
			switch choice := rapid.IntRange(0, 9).Draw(t, "choice"); {
			case choice < 3 && count > from:
				if at := rapid.IntRange(from, count-1).Draw(t, "fragment"); on[at] == of {
					parts = append(parts, fmt.Sprintf("...F%d", at))
				}
			case choice == 3 && deep > 0:
				parts = append(parts, "... on "+of+" "+selection(of, from, deep-1))
			default:
				name, leads, ok := strings.Cut(rapid.SampledFrom(types[of]).Draw(t, "field"), ":")
				switch {
				case !ok:
					parts = append(parts, name)
				case deep > 0:
					if name == "many" {
						name += rapid.SampledFrom([]string{"", "(first: 0)", "(first: 3)", "(last: 2)", "(first: null)", "(first: $n)"}).Draw(t, "page")
					}
					parts = append(parts, fmt.Sprintf("a%d: %s %s", len(parts), name, selection(leads, from, deep-1)))
				}
			}
		}
		if len(parts) == 0 {
			parts = append(parts, "__typename")
		}
		return "{ " + strings.Join(parts, " ") + " }"
	}
	out := "query ($n: Int) " + selection("Query", 0, 4)
	for i := range on {
		out += fmt.Sprintf("\nfragment F%d on %s %s", i, on[i], selection(on[i], i+1, 2))
	}
	return out
}

// Catches: a fragment counted once although it is used often, and a list multiplied by the page length of another.
func TestWeighingIsExpanding(t *testing.T) {
	unbounded := Default()
	for _, b := range Bounds {
		*b.Of(&unbounded) = most
	}
	rapid.Check(t, func(t *rapid.T) {
		text := document(t)
		doc, err := parser.ParseQuery(&ast.Source{Input: text})
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		variables := map[string]any{"n": 4}
		got, err := Check(small, doc, "", variables, unbounded)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		e := expansion{m: &measurer{schema: small, operation: doc.Operations[0], variables: variables}, doc: doc, left: most}
		selection := doc.Operations[0].SelectionSet
		fields, direct := e.fields(selection)
		if got.Fields != fields || got.RootFields != direct || got.Depth != e.depth(selection) {
			t.Errorf("%s\n%+v, want %d fields, %d at the root, %d levels", text, got, fields, direct, e.depth(selection))
		}
		if cost := e.cost(small.Query, selection, fewItems); got.Cost != cost {
			t.Errorf("%s\ncosts %d, want %d", text, got.Cost, cost)
		}
	})
}

// doubling are kinds of documents that are expensive to check, by their length.
var doubling = map[string]func(n int) string{
	"fragments within fragments": func(n int) string { return exponential("Query", "__typename", n) },
	"of types":                   func(n int) string { return exponential("__Type", "ofType { name }", n) },
	"equal fields":               func(n int) string { return "{" + strings.Repeat(" snapshot", n) + "}" },
	"fields in fragments":        func(n int) string { return "{" + strings.Repeat(" ... { snapshot }", n) + "}" },
	"levels": func(n int) string {
		return "{ a " + strings.Repeat("{ a ", n) + strings.Repeat("}", n) + "}"
	},
	"one level in many fragments": func(n int) string {
		out := "{ ...F0 }"
		for i := range n {
			out += fmt.Sprintf(" fragment F%d on Query { ...F%d ...F%d }", i, i+1, n)
		}
		return out + fmt.Sprintf(" fragment F%d on Query { snapshot }", n)
	},
	"directives": func(n int) string { return "{ snapshot" + strings.Repeat(" @skip(if: false)", n) + "}" },
	"arguments":  func(n int) string { return "{ sdgGoals(" + strings.Repeat(" first: 100", n) + ") { totalCount } }" },
	"variables": func(n int) string {
		return "query(" + strings.Repeat("$v: String ", n) + ") { " + strings.Repeat("country(code: $v) { id } ", n) + "}"
	},
	"objects": func(n int) string {
		return "{ claims(filter: " + strings.Repeat("{and: [", n) + strings.Repeat("]}", n) + ") { totalCount } }"
	},
}

// exponential is a document of n fragments, each of which uses the next one twice.
func exponential(on, last string, n int) string {
	out := "{ __schema { types { ...F0 } } }"
	if on == "Query" {
		out = "{ ...F0 }"
	}
	for i := range n - 1 {
		out += fmt.Sprintf(" fragment F%d on %s { ...F%d ...F%d }", i, on, i+1, i+1)
	}
	return out + fmt.Sprintf(" fragment F%d on %s { %s }", n-1, on, last)
}

// Catches: a document of twice the length that takes more than twice the steps. The limits are switched off here.
func TestCheckingIsLinear(t *testing.T) {
	unbounded := Default()
	for _, b := range Bounds {
		*b.Of(&unbounded) = most
	}
	variables := map[string]any{"v": strings.Repeat("x", 100)}
	for name, family := range doubling {
		steps := func(n int) int {
			doc, err := parser.ParseQuery(&ast.Source{Input: family(n)})
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			got, _ := Check(schema, doc, "", variables, unbounded)
			return got.steps
		}
		for n := 15; n <= 240; n *= 2 {
			if once, twice := steps(n), steps(2*n); twice > 2*once+8 || twice < once {
				t.Errorf("%s: %d steps for %d, %d for twice as many", name, once, n, twice)
			}
		}
	}
}

// FuzzCheck checks that no document and no variables make Check panic or take long. The measured size of an accepted
// document must equal its expanded size.
func FuzzCheck(f *testing.F) {
	for _, family := range doubling {
		f.Add(family(30))
	}
	f.Add(`query Q($c: String = "EGY", $f: ClaimFilter) { country(code: $c) { claims(first: 5, filter: $f) { nodes { id } } } }`)
	f.Add(`{ __schema { types { ...F } } } fragment F on __Type { name ofType { ...F ofType { ...F } } }`)
	f.Add(`mutation M { a } subscription S { b } { c(x: {y: [1, "\u200f", """t"""]}) @d { ... on E { f } } }`)
	f.Fuzz(func(t *testing.T, text string) {
		l := Default()
		doc, err := parse(text, l)
		if err != nil {
			return
		}
		name := ""
		if len(doc.Operations) > 0 {
			name = doc.Operations[0].Name
		}
		variables := map[string]any{"c": text, "f": map[string]any{"and": []any{map[string]any{"targets": []any{text}}}}, "n": 3.}
		got, err := Check(schema, doc, name, variables, l)
		if most := 16*len(text) + 64; got.steps > most {
			t.Errorf("%d steps for %d bytes", got.steps, len(text))
		}
		if err != nil {
			return
		}
		for _, o := range doc.Operations {
			e := expansion{doc: doc, left: l.Fields}
			if fields, _ := e.fields(o.SelectionSet); fields > got.Fields {
				t.Errorf("%s\n%d fields, measured were %d", text, fields, got.Fields)
			}
		}
		_ = validator.ValidateWithRules(schema, doc, nil)
	})
}
