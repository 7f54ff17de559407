package web

import (
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"testing"

	"masar"
	"masar/internal/documents/documentstest"
	"masar/words"
)

// maxCost is the maximum cost of a page's operation.
const maxCost = 8_000

// Catches: an operation that is not valid, or that asks for more than a page may.
func TestOperationsAreWithinLimits(t *testing.T) {
	schema := documentstest.Schema(t, "..")
	var variables map[string]map[string]any
	text, err := os.ReadFile("operations/variables.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &variables); err != nil {
		t.Fatal(err)
	}
	if len(Operations()) < 20 {
		t.Fatalf("%d operations", len(Operations()))
	}
	for name, document := range Operations() {
		documentstest.WithinLimits(t, schema, name, document, variables, maxCost)
	}
}

// Catches: a struct that lacks a field of its operation or has another, a nullable field that is not a pointer, and another
// type: the page would show nothing, or fail.
func TestViewsFit(t *testing.T) {
	schema := documentstest.Schema(t, "..")
	all := slices.Clone(pages)
	for _, p := range pages {
		if p.otherwise != nil {
			all = append(all, *p.otherwise)
		}
	}
	for _, p := range all {
		if p.operation == "" {
			continue // a brief runs its own operation
		}
		documentstest.Fits(t, schema, p.operation, operations()[p.operation], reflect.TypeOf(p.view()).Elem())
	}
	documentstest.Fits(t, schema, "place", operations()["place"], reflect.TypeFor[placeView]())
}

// Catches: a rating, basis, status or quotation that a page cannot explain.
func TestStatesHaveWords(t *testing.T) {
	schema := documentstest.Schema(t, "..")
	for section, enum := range map[string]string{
		"page.certainty.": "Certainty", "page.highest.": "Certainty", "page.incoming.": "Predicate", "page.documentation.": "Documentation", "page.basis.": "Basis", "page.quote.": "QuoteStatus",
	} {
		for _, v := range schema.Types[enum].EnumValues {
			if len(words.Keys(section+v.Name)) == 0 {
				t.Errorf("%s%s is missing", section, v.Name)
			}
		}
	}
	for _, status := range []masar.SupportStatus{masar.Contested, masar.Refuted, masar.NoEvidence} {
		if len(words.Keys("page.status."+string(status))) == 0 {
			t.Errorf("page.status.%s is missing", status)
		}
	}
	for kind, path := range paths {
		if path == "" || !slices.Contains(masar.Kinds, kind) {
			t.Errorf("the path of %s is %q", kind, path)
		}
	}
	if len(paths) != len(masar.Kinds) {
		t.Errorf("%d of %d kinds have a path", len(paths), len(masar.Kinds))
	}
}

// Catches: a code in another spelling that does not lead to its page.
func TestSpellings(t *testing.T) {
	for given, want := range map[string]string{
		"16.6": "16.6", "16-6": "16.6", "١٦٫٦": "16.6", "١٦-٦": "16.6", "9-ج": "9.c", "9.c": "9.c", "9-C": "9.C", "17-8-1": "17.8.1", "x-1": "x-1",
	} {
		if got := asked(masar.KindSdgTarget, given); got != want {
			t.Errorf("%s is read as %s, want %s", given, got, want)
		}
	}
	if got := asked(masar.KindRecommendation, "ENACT-KM-05"); got != "ENACT-KM-05" {
		t.Errorf("a code of another kind is changed to %s", got)
	}
}
