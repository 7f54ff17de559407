package mcp_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"masar/internal/masartest"
)

var update = flag.Bool("update", false, "rewrite the golden answers")

// call is a case: a file in testdata/calls. The answer is beside it in testdata/answers, as JSON and as text.
type call struct {
	Tool      string          `json:"tool"`
	Arguments json.RawMessage `json:"arguments"`
}

// bare are values of enums, which no text in Arabic may have. Names of arguments, codes and addresses are no such values.
var bare = regexp.MustCompile(`\b(?:STATED|INFERRED|FACT|EFFECT|HIGH|MODERATE|LOW|VERY_LOW|CORROBORATED|NONE|NO_EVIDENCE|SUPPORTED|CONTESTED|REFUTED|NAMED|GOAL_NAMED|` +
	`INFERENCE|METADATA|PROJECT_PAGE|OUTCOME_DOCUMENT|OFFICIAL_PRESENTATION|DESCRIPTIVE_CASE|EVALUATED_CASE|ORGANIZATION_REPORT|ABSOLUTE|THIN|SYNTHESIS|CONTEXT|STALE|PILOT|SCALE|` +
	`EXACT|GREEDY|HOPS|BUDGET|MIN_NET|TARGET|GOAL|SDG_TARGET|SDG_GOAL|COUNTRY|RECOMMENDATION|CASE_STUDY|INITIATIVE|CHALLENGE|ADVANCES|ADDRESSES|PRACTISED_IN|DEMONSTRATES|` +
	`CONTRIBUTES_TO|ISSUED_IN|PART_OF|PARTICIPATES|CODE|TITLE|ALIAS|SUMMARY|UPPER_MIDDLE|LOWER_MIDDLE)\b`)

var addresses = regexp.MustCompile(`https?://\S+|masar://\S+`)

// Catches: an answer that differs, does not fit its schema, is too large, or has no snapshot; Arabic with the name of an enum value.
func TestTools(t *testing.T) {
	a := assist(t, masartest.Start(t))
	schemas := schemasOf(t, a)
	files, err := filepath.Glob("testdata/calls/*.json")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d calls: %v", len(files), err)
	}
	seen := map[string]bool{}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var of call
			if err := json.Unmarshal(text, &of); err != nil {
				t.Fatal(err)
			}
			seen[of.Tool] = true
			var head struct {
				Snapshot, SnapshotAt, AsOf string
				Truncated                  bool
				NextCursor, Narrow         string
			}
			began := time.Now()
			got := a.answer(t, of.Tool, string(of.Arguments), &head)
			took := time.Since(began)
			fits(t, schemas[of.Tool], got.content)
			characters := utf8.RuneCount(got.content)
			t.Logf("%s: %d characters of JSON, %d of text, %s", name, characters, utf8.RuneCountInString(got.text), took.Round(time.Millisecond))
			if characters > 24_000 || utf8.RuneCountInString(got.text) > 24_000 {
				t.Errorf("the answer is too large")
			}
			if head.Snapshot == "" || head.SnapshotAt == "" || head.AsOf != "2025-01-01" || !strings.Contains(got.text, "2025-01-01") {
				t.Errorf("%+v", head)
			}
			if head.Truncated != (head.Narrow != "") || head.Truncated && head.NextCursor == "" {
				t.Errorf("%+v", head)
			}
			if strings.Contains(got.text, `\u`) {
				t.Errorf("the text has an escaped character")
			}
			if strings.Contains(string(of.Arguments), `"lang": "ar"`) {
				if found := bare.FindAllString(addresses.ReplaceAllString(got.text, ""), -1); found != nil {
					t.Errorf("the Arabic text has %v", found)
				}
			}
			golden(t, "testdata/answers/"+name+".json", indented(t, got.content))
			golden(t, "testdata/answers/"+name+".txt", []byte(got.text))
		})
	}
	for tool := range schemas {
		if !seen[tool] {
			t.Errorf("no case calls %s", tool)
		}
	}
}

// schemasOf are the output schemas of the tools. It checks what all tools have in common.
func schemasOf(t *testing.T, a *assistant) map[string]*jsonschema.Schema {
	t.Helper()
	listed, err := a.ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	schemas := map[string]*jsonschema.Schema{}
	for _, tool := range listed.Tools {
		names = append(names, tool.Name)
		if !tool.Annotations.ReadOnlyHint || !tool.Annotations.IdempotentHint || *tool.Annotations.OpenWorldHint {
			t.Errorf("%s: %+v", tool.Name, tool.Annotations)
		}
		if !isBilingual(tool.Title) || !isBilingual(tool.Description) {
			t.Errorf("%s: %q, %q", tool.Name, tool.Title, tool.Description)
		}
		schemas[tool.Name] = compiled(t, tool)
	}
	want := []string{
		"action_plan", "country_profile", "evidence", "gap_map", "get_entity", "get_schema", "recommendations_for_target", "run_query", "search", "trace_path",
	}
	if !slices.Equal(names, want) {
		t.Errorf("%v", names)
	}
	return schemas
}

func isBilingual(s string) bool {
	return strings.ContainsAny(s, "abcdefghijklmnopqrstuvwxyz") && strings.ContainsAny(s, "ابتثجحخدذرزسشصضطظعغفقكلمنهوي")
}

// compiled compiles the output schema of a tool, after checking that none of its schemas allows null.
func compiled(t *testing.T, tool *sdk.Tool) *jsonschema.Schema {
	t.Helper()
	for _, schema := range []any{tool.InputSchema, tool.OutputSchema} {
		text, err := json.Marshal(schema)
		if err != nil || bytes.Contains(text, []byte("null")) {
			t.Errorf("%s: %v: %s", tool.Name, err, text)
		}
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", tool.OutputSchema); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("schema.json")
	if err != nil {
		t.Fatalf("%s: %v", tool.Name, err)
	}
	return schema
}

// fits checks an answer against its schema.
func fits(t *testing.T, schema *jsonschema.Schema, content []byte) {
	t.Helper()
	decoded, err := jsonschema.UnmarshalJSON(bytes.NewReader(content))
	if err == nil {
		err = schema.Validate(decoded)
	}
	if err != nil {
		t.Error(err)
	}
}

// indented is JSON for a golden file.
func indented(t *testing.T, content []byte) []byte {
	t.Helper()
	var decoded any
	d := json.NewDecoder(bytes.NewReader(content))
	d.UseNumber()
	if err := d.Decode(&decoded); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(decoded); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs (rewrite it with -update):\n%s", file, got)
	}
}
