package seed

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"reflect"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestSchemaIsCommitted(t *testing.T) {
	want := Schema()
	if *update {
		if err := os.WriteFile("schema.json", want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("schema.json is out of date; run go test ./seed -update")
	}
}

func compileSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	if err := c.AddResource("seed.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("seed.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// asJSON converts a YAML file to JSON values, as editors do.
func asJSON(t *testing.T, data []byte) any {
	t.Helper()
	js, err := yaml.YAMLToJSON(data)
	if err != nil {
		t.Fatal(err)
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(js))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestSchemaTakesSeed validates every file of the seed and of the tests' valid seed against the schema.
func TestSchemaTakesSeed(t *testing.T) {
	schema := compileSchema(t)
	for _, fsys := range []fs.FS{Files, validSeed(t)} {
		for name, data := range yamlFiles(t, fsys) {
			t.Run(name, func(t *testing.T) {
				if err := schema.Validate(asJSON(t, data)); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

func TestSchemaRefuses(t *testing.T) {
	schema := compileSchema(t)
	for name, data := range map[string]string{
		"unknown key":          `{colour: red}`,
		"missing key":          `{topics: [{code: A, title: {ar: ا, en: a}}]}`,
		"missing language":     `{topics: [{code: A, title: {ar: ا}, summary: {ar: ا, en: a}}]}`,
		"number for a code":    `{topics: [{code: 16.10, title: {ar: ا, en: a}, summary: {ar: ا, en: a}}]}`,
		"parent of other kind": `{topics: [{code: A, title: {ar: ا, en: a}, summary: {ar: ا, en: a}, parent: COUNTRY/EGY}]}`,
		"unknown origin":       `{topics: [{code: A, title: {ar: {value: ا, origin: EDITORIAL}, en: a}, summary: {ar: ا, en: a}}]}`,
		"claim of two words":   `{claims: [{claim: TOPIC/A CONCERNS, evidence: [{passage: p}]}]}`,
		"unknown predicate":    `{claims: [{claim: TOPIC/A LIKES TOPIC/B, evidence: [{passage: p}]}]}`,
		"no evidence":          `{claims: [{claim: TOPIC/A CONCERNS TOPIC/B, evidence: []}]}`,
		"unknown stance":       `{claims: [{claim: TOPIC/A CONCERNS TOPIC/B, evidence: [{passage: p, stance: PERHAPS}]}]}`,
		"year out of bounds":   `{observations: [{of: COUNTRY/EGY, indicator: A, year: 1989, value: 1, unit: INDEX}]}`,
		"passage id":           `{passages: {"a b": {}}}`,
	} {
		if err := schema.Validate(asJSON(t, []byte(data))); err == nil {
			t.Errorf("%s: %s is accepted", name, data)
		}
	}
}

// TestSchemaDescribes checks that every key has a description, and every description a key.
func TestSchemaDescribes(t *testing.T) {
	used := map[string]bool{}
	seen := map[reflect.Type]bool{}
	var visit func(reflect.Type)
	visit = func(typ reflect.Type) {
		switch typ.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Map:
			visit(typ.Elem())
			return
		}
		if seen[typ] {
			return
		}
		seen[typ] = true
		for _, k := range keys(typ) {
			if describe(typ, k.name) == "" {
				t.Errorf("%s.%s has no description", typ.Name(), k.name)
			}
			if own := typ.Name() + "." + k.name; descriptions[own] != "" {
				used[own] = true
			} else {
				used[k.name] = true
			}
			visit(k.typ)
		}
	}
	visit(reflect.TypeFor[file]())
	for key := range descriptions {
		if !used[key] {
			t.Errorf("the description of %s has no key", key)
		}
	}
}
