package dgraph

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"masar"
)

// declaration matches a line of schema.dql that declares a predicate.
var declaration = regexp.MustCompile(`^(\w+): (\[?\w+\]?)((?: @\w+(?:\([\w, ]+\))?)*) \.$`)

// declared returns the types and directives of the predicates in schema.dql.
func declared(t *testing.T) (types, directives map[string]string) {
	t.Helper()
	types, directives = map[string]string{}, map[string]string{}
	for _, line := range strings.Split(schema, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		m := declaration.FindStringSubmatch(line)
		if m == nil {
			t.Fatalf("not a declaration: %q", line)
		}
		if _, twice := types[m[1]]; twice {
			t.Errorf("%s is declared twice", m[1])
		}
		types[m[1]], directives[m[1]] = m[2], m[3]
	}
	return types, directives
}

// Catches: a field without a predicate in the schema, a predicate of the wrong type, which would cut a number or keep
// one value of a list, and an unused predicate.
func TestSchemaIsWhatIsUsed(t *testing.T) {
	used := map[string]string{
		"xid": "string", "revision": "int", "digest": "string", "seeded": "string", "by": "string", "line": "string", // of every record, but for the line of texts
		"kind": "string", "code": "string", // of entities
		"linked": "bool", "accepted_by": "string", "accepted_at": "datetime", "retired_at": "datetime", // of claims
		"position": "int",                   // of parts
		"snapshot": "int", "changes": "int", // of the counter
		"restoring": "string", "restored": "string", "backup_at": "datetime", "backup_snapshot": "int", // of backup and restore
		"schema_version": "int",                                                                                                                                                            // of the schema
		"sequence":       "int", "ordinal": "int", "begins": "int", "tally": "string", "at": "datetime", "action": "string", "changed": "string", "fields": "[string]", "reason": "string", // of changes
	}
	use := func(predicate, kind string) {
		if other, ok := used[predicate]; ok && other != kind {
			t.Errorf("%s holds %s in one type and %s in another", predicate, kind, other)
		}
		used[predicate] = kind
	}
	var fields func(reflect.Type, []field)
	fields = func(of reflect.Type, all []field) {
		for _, f := range all {
			for _, p := range f.predicates() {
				use(p, typeOf(of, f))
			}
			if f.shape == nested {
				fields(f.elem, f.parts)
			}
		}
	}
	for _, c := range codecs {
		fields(c.record, c.fields)
		for _, p := range c.predicates() {
			if p == searchTerms {
				use(p, "string")
			}
		}
	}
	for _, p := range masar.Predicates {
		if _, taken := used[edgePredicate(p)]; taken {
			t.Errorf("the direct edges of %s share their predicate with a field", p)
		}
		use(edgePredicate(p), "[uid]")
	}
	types, directives := declared(t)
	if diff := gocmp.Diff(used, types); diff != "" {
		t.Errorf("the predicates in use and those in schema.dql (-used +declared):\n%s", diff)
	}

	for predicate, d := range directives {
		if strings.Contains(d, "@lang") {
			t.Errorf("%s has @lang, but each language has its own predicate", predicate)
		}
		if strings.Contains(d, "@reverse") && !strings.HasSuffix(strings.Trim(types[predicate], "[]"), "uid") {
			t.Errorf("%s has @reverse but is no edge", predicate)
		}
	}
	for _, p := range masar.Predicates {
		if !strings.Contains(directives[edgePredicate(p)], "@reverse") {
			t.Errorf("the edges of %s cannot be followed back", p)
		}
	}
	if d := directives["xid"]; !strings.Contains(d, "@index(hash)") || !strings.Contains(d, "@upsert") {
		t.Errorf("the key has %q", d)
	}
}

// typeOf is the type of predicate that holds a field of a struct.
func typeOf(of reflect.Type, f field) string {
	switch f.shape {
	case number:
		if of.FieldByIndex(f.index).Type.Kind() == reflect.Float64 {
			return "float"
		}
		return "int"
	case boolean:
		return "bool"
	case edge, owner:
		return "uid"
	case edges, nested:
		return "[uid]"
	case texts:
		return "[string]"
	}
	return "string"
}

// Catches: a predicate whose name does not follow the package documentation.
func TestPredicateNames(t *testing.T) {
	for name, want := range map[string]string{
		"Form": "form", "ExactMatch": "exact_match", "EvidenceKind": "evidence_kind", "SHA256": "sha256", "OCRDoubt": "ocr_doubt",
		"ISO2": "iso2", "M49": "m49", "URL": "url", "AsOf": "as_of", "OtherNames": "other_names", "LeastDeveloped": "least_developed",
	} {
		if got := snake(name); got != want {
			t.Errorf("%s becomes %s, want %s", name, got, want)
		}
	}
	for name, want := range map[string]string{"Titles": "Title", "Summaries": "Summary", "Places": "Place", "Locators": "Locator"} {
		if got := singular(name); got != want {
			t.Errorf("%s becomes %s, want %s", name, got, want)
		}
	}
	for sort, want := range map[masar.RecordType][]string{
		masar.RecordType(masar.KindOutput): {
			"xid", "revision", "digest", "seeded", "by", "kind", "code", "line", "title_ar", "title_ar_origin", "title_en", "title_en_origin",
			"summary_ar", "summary_ar_origin", "summary_en", "summary_en_origin", "other_names", "exact_match", "parent",
			"form", "date", "date_basis", "history",
		},
		masar.RecordEvidence: {
			"xid", "revision", "digest", "seeded", "by", "line", "claim", "stance", "kind", "directness", "review",
			"withdrawal_cause", "withdrawal_reason_ar", "withdrawal_reason_ar_origin", "withdrawal_reason_en", "withdrawal_reason_en_origin",
			"summary_ar", "summary_ar_origin", "summary_en", "summary_en_origin",
			"passage_source", "passage_version", "passage_start", "passage_end", "passage_sha256", "passage_lang",
			"passage_locator_ar", "passage_locator_ar_origin", "passage_locator_en", "passage_locator_en_origin", "passage_ocr_doubt",
		},
		masar.RecordText: {"xid", "revision", "digest", "seeded", "by", "sha256", "length", "document", "text"},
	} {
		if diff := gocmp.Diff(want, slices.DeleteFunc(codecOf[sort].predicates(), func(p string) bool { return p == searchTerms })); diff != "" {
			t.Errorf("the predicates of %s (-want +got):\n%s", sort, diff)
		}
	}
	parts := map[string][]string{
		"other_names": {"position", "name", "lang"},
		"history":     {"position", "status", "as_of", "as_of_basis", "source", "note_ar", "note_ar_origin", "note_en", "note_en_origin"},
	}
	got := map[string][]string{}
	for _, f := range codecOf[masar.RecordType(masar.KindOutput)].fields {
		if f.shape == nested {
			got[f.name] = f.partPredicates()
		}
	}
	if diff := gocmp.Diff(parts, got); diff != "" {
		t.Errorf("the predicates of an output's parts (-want +got):\n%s", diff)
	}
}

// Catches: a record type that the store cannot write.
func TestEveryTypeHasACodec(t *testing.T) {
	var types []masar.RecordType
	for _, c := range codecs {
		types = append(types, c.Type)
	}
	if diff := gocmp.Diff(masar.RecordTypes, types); diff != "" || len(codecOf) != len(codecs) {
		t.Errorf("%d codecs differ from the record types (-types +codecs):\n%s", len(codecOf), diff)
	}
}
