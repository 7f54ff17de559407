package mcp_test

import (
	"context"
	"encoding/json"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"masar"
	"masar/internal/masartest"
	"masar/mcp"
	"masar/operations/limits"
)

// Catches: an error that does not say what is wrong in both languages, what is allowed, and what is similar.
func TestErrors(t *testing.T) {
	a := assist(t, masartest.Start(t))
	for _, c := range []struct {
		tool, arguments string
		code, argument  string
		nearest         string // one of the nearest
		allowed         string // one of what is allowed
	}{
		{"recommendations_for_target", `{"target": "16.6", "country": "EGP"}`, "BAD_INPUT", "country", "EGY", ""},
		{"recommendations_for_target", `{"target": "16.66"}`, "BAD_INPUT", "target", "16.6", ""},
		{"recommendations_for_target", `{"target": "16.66", "country": "EGY"}`, "BAD_INPUT", "target", "16.6", ""},
		{"get_entity", `{"kind": "INITIATIVE", "code": "ENACTT"}`, "BAD_INPUT", "code", "ENACT", ""},
		{"get_entity", `{"kind": "INITIATIV", "code": "ENACT"}`, "BAD_INPUT", "kind", "INITIATIVE", "COUNTRY"},
		{"get_entity", `{"kind": "INITIATIVE"}`, "BAD_INPUT", "code", "", "string"},
		{"country_profile", `{"iso3": "EGP"}`, "BAD_INPUT", "iso3", "EGY", ""},
		{"country_profile", `{"iso3": "Egypt"}`, "BAD_INPUT", "iso3", "", "^[A-Z]{3}$"},
		{"evidence", `{"kind": "COUNTRY", "code": "EGP"}`, "BAD_INPUT", "code", "EGY", ""},
		{"evidence", `{}`, "BAD_INPUT", "claim", "", ""},
		{"evidence", `{"claim": "abc", "kind": "COUNTRY", "code": "EGY"}`, "BAD_INPUT", "claim", "", ""},
		{"evidence", `{"kind": "COUNTRY"}`, "BAD_INPUT", "claim", "", ""},
		{"evidence", `{"claim": "abc"}`, "BAD_ID", "id", "", ""},
		{"evidence", `{"claim": "` + masar.RecordRef{Type: masar.RecordClaim, Key: strings.Repeat("0", 32)}.ID() + `"}`, "NOT_FOUND", "claim", "", ""},
		{"trace_path", `{"from": {"kind": "COUNTRY", "code": "EGP"}, "to": {"kind": "COUNTRY", "code": "OMN"}}`, "BAD_INPUT", "from", "EGY", ""},
		{"trace_path", `{"from": "EGY", "to": {"kind": "COUNTRY", "code": "OMN"}}`, "BAD_INPUT", "from", "", "code"},
		{"action_plan", `{"targets": [], "country": "EGY", "budget": 1}`, "BAD_INPUT", "targets", "", "minItems: 1"},
		{"action_plan", `{"targets": ["16.66"], "country": "EGY", "budget": 1}`, "BAD_INPUT", "input.targets[0].code", "16.6", ""},
		{"gap_map", `{"rows": "COUNTRYS", "columns": "TOPIC"}`, "BAD_INPUT", "rows", "COUNTRY", "SDG_GOAL"},
		{"search", `{"query": "digital", "firs": 5}`, "BAD_INPUT", "firs", "first", "query"},
		{"search", `{"query": "digital", "first": 21}`, "BAD_INPUT", "first", "", "maximum: 20"},
		{"search", `{"query": "digital", "first": "five"}`, "BAD_INPUT", "first", "", "integer"},
		{"search", `{"query": "` + strings.Repeat("x", 201) + `"}`, "BAD_INPUT", "query", "", "maxLength: 200"},
		{"search", `{"query": "digital", "kinds": ["TOPICS"]}`, "BAD_INPUT", "kinds", "TOPIC", "TOPIC"},
		{"search", `{"query": "digital", "lang": "fr"}`, "BAD_INPUT", "lang", "", "ar"},
		{"search", `{"query": "digital", "after": "x"}`, "BAD_CURSOR", "after", "", ""},
		{"search", `[1]`, "BAD_INPUT", "", "", ""},
		{"get_schema", `{"types": ["Claims"]}`, "BAD_INPUT", "types", "Claim", ""},
		{"run_query", `{"query": "mutation { change }"}`, "FORBIDDEN", "query", "", ""},
		{"run_query", `{"query": "query A { snapshot } query B { snapshot }"}`, "FORBIDDEN", "query", "", ""},
		{"run_query", `{"query": "{ __schema { types { name } } }"}`, "LIMIT_EXCEEDED", "", "", ""},
		{"run_query", `{"query": "{ claims(first: 100) { nodes { evidence(first: 100) { nodes { claim { sentence { value } } } } } } }"}`, "", "", "", ""},
	} {
		if c.code == "" { // within a quarter of the cost
			if got := a.call(t, c.tool, c.arguments); got.isError && !strings.Contains(got.text, "LIMIT_EXCEEDED") {
				t.Errorf("%s %s: %s", c.tool, c.arguments, got.text)
			}
			continue
		}
		got := a.refused(t, c.tool, c.arguments)
		if got.Code != c.code || got.Argument != c.argument || got.Message.EN == "" || !isArabic(got.Message.AR) || slot.MatchString(got.Message.EN+got.Message.AR) {
			t.Errorf("%s %s: %+v", c.tool, c.arguments, got)
		}
		if c.nearest != "" && !slices.Contains(got.Nearest, c.nearest) || c.allowed != "" && !slices.Contains(got.Allowed, c.allowed) {
			t.Errorf("%s %s: %+v", c.tool, c.arguments, got)
		}
	}
}

// slot is a slot of a message without its value.
var slot = regexp.MustCompile(`\{[a-z]+\}`)

func isArabic(s string) bool {
	return strings.ContainsAny(s, "ابتثجحخدذرزسشصضطظعغفقكلمنهوي")
}

// Catches: a query that costs more than a quarter of what the service allows, or one that the service would run and a tool refuses.
func TestQueriesHaveAQuarterOfTheCost(t *testing.T) {
	a := assist(t, masartest.Start(t), func(o *mcp.Options) {
		o.Limits = limits.Default()
		o.Limits.Cost = 400
	})
	of := func(n int) string {
		text, err := json.Marshal(map[string]any{"query": "query($n: Int) { claims(first: $n) { nodes { id } } }", "variables": map[string]any{"n": n}})
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	var answer struct {
		Data struct{ Claims struct{ Nodes []any } }
	}
	if a.answer(t, "run_query", of(20), &answer); len(answer.Data.Claims.Nodes) != 20 {
		t.Errorf("%+v", answer)
	}
	if got := a.refused(t, "run_query", of(100)); got.Code != "LIMIT_EXCEEDED" || !strings.Contains(got.Message.EN, "100") {
		t.Errorf("%+v", got)
	}
}

// Catches: an answer that is too large and is sent, or cut in the middle.
func TestLargeQueriesAreRefused(t *testing.T) {
	a := assist(t, masartest.Start(t))
	got := a.refused(t, "run_query", `{"query": "{ claims(first: 100) { nodes { id sentence { value } subject { kind code title { value } } object { kind code title { value } } } } }"}`)
	if got.Code != "LIMIT_EXCEEDED" || !strings.Contains(got.Message.EN, "24,000") {
		t.Errorf("%+v", got)
	}
}

// Catches: a document that the operator has not listed, and which a tool runs.
func TestUntrustedDocumentsAreRefused(t *testing.T) {
	a := assist(t, masartest.Start(t), func(o *mcp.Options) {
		o.Vet = func(string) error {
			return masar.NewError(masar.CodeUntrustedDocument, "error.document.untrusted", nil)
		}
	})
	if got := a.refused(t, "run_query", `{"query": "{ snapshot }"}`); got.Code != "UNTRUSTED_DOCUMENT" {
		t.Errorf("%+v", got)
	}
	if got := a.call(t, "search", `{"query": "digital"}`); got.isError {
		t.Errorf("%s", got.text)
	}
}

// Catches: an error of the program that a client can read, and a panic that ends the process.
func TestInternalErrorsAreNotShown(t *testing.T) {
	for _, ask := range []mcp.Ask{
		func(context.Context, string, map[string]any) ([]byte, error) { return nil, errors.New("hunter2") },
		func(context.Context, string, map[string]any) ([]byte, error) { panic("hunter2") },
		func(context.Context, string, map[string]any) ([]byte, error) { return []byte("hunter2"), nil },
	} {
		a := assist(t, masartest.Start(t), func(o *mcp.Options) { o.Ask = ask })
		got := a.call(t, "search", `{"query": "digital"}`)
		if !got.isError || !strings.Contains(got.text, "INTERNAL") || strings.Contains(got.text, "hunter2") {
			t.Errorf("%+v", got)
		}
	}
}

// Catches: an answer made of two snapshots.
func TestAnswersAreOfOneSnapshot(t *testing.T) {
	var isNewer func(nth int) bool
	asked := 0
	a := assist(t, masartest.Start(t), func(o *mcp.Options) {
		ask := o.Ask
		o.Ask = func(ctx context.Context, document string, variables map[string]any) ([]byte, error) {
			text, err := ask(ctx, document, variables)
			if strings.Contains(document, "AssistantFrame") {
				if asked++; isNewer(asked) {
					text = []byte(strings.Replace(string(text), `"snapshot":"`, `"snapshot":"9`, 1))
				}
			}
			return text, err
		}
	})
	isNewer = func(nth int) bool { return nth == 2 } // a write during the first attempt
	if got := a.call(t, "run_query", `{"query": "{ snapshot }"}`); got.isError || asked != 4 {
		t.Errorf("%d: %s", asked, got.text)
	}
	asked, isNewer = 0, func(nth int) bool { return nth%2 == 0 } // a write during each attempt
	if got := a.refused(t, "run_query", `{"query": "{ snapshot }"}`); got.Code != "CONFLICT" || asked != 6 {
		t.Errorf("%d: %+v", asked, got)
	}
}
