package mcp

import (
	"encoding/json"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"masar"
	"masar/internal/documents/documentstest"
)

// maxCost is the maximum cost of the operation of a tool.
const maxCost = 25_000

var (
	egypt  = map[string]any{"kind": "COUNTRY", "code": "EGY"}
	target = map[string]any{"kind": "SDG_TARGET", "code": "16.6"}
)

// variables are the largest that a tool can ask with.
var variables = map[string]map[string]any{
	"AssistantSearch":          {"query": "digital", "first": 20},
	"AssistantEntity":          {"of": egypt},
	"AssistantPredicates":      {"of": egypt},
	"AssistantLinks":           {"of": egypt, "predicate": "ADVANCES", "first": strongest},
	"AssistantNearest":         {"of": egypt},
	"AssistantRecommendations": {"target": "16.6", "includeGoalLevel": true, "first": 20},
	"AssistantTailored":        {"target": "16.6", "country": "EGY", "advances": advancing(recommendationsInput{Target: "16.6", IncludeGoalLevel: true})},
	"AssistantPath":            {"from": target, "to": egypt, "maxHops": 5, "first": 5},
	"AssistantClaim":           {"id": "x"},
	"AssistantEvidence":        {"of": egypt},
	"AssistantCountry":         {"code": "EGY"},
	"AssistantPlan":            {"input": map[string]any{"country": "EGY", "targets": []any{map[string]any{"code": "16.6"}}, "budget": 1}},
	"AssistantGaps":            {"rows": "COUNTRY", "columns": "SDG_TARGET"},
	"AssistantFrame":           {},
	"AssistantDocument":        {"code": "D"},
	"AssistantCodes":           {"query": "eg"},
	"AssistantDocuments":       {},
}

var fieldsOfPredicates = regexp.MustCompile(`(\w+): claims\(first: 0, filter: \{ predicates: \[(\w+)\] \}\)`)

// Catches: an operation that is not valid or asks for more than a tool may, and a struct that does not fit it: a part of the
// answer would be missing.
func TestAnswersFit(t *testing.T) {
	schema := documentstest.Schema(t, "..")
	into := map[string]any{
		"search": searchData{}, "entity": entityData{}, "links": linksData{}, "recommendations": recommendationsData{},
		"tailored": tailoredData{}, "path": pathData{}, "claim": claimData{}, "evidence": evidenceData{}, "country": countryData{}, "plan": planData{},
		"gaps": gapData{}, "frame": frame{}, "document": documentData{}, "codes": codesData{}, "documents": documentsData{},
	}
	for name, document := range operations() {
		documentstest.WithinLimits(t, schema, name, document, variables, maxCost)
		if into[name] != nil {
			documentstest.Fits(t, schema, name, document, reflect.TypeOf(into[name]))
		} else if name != "predicates" && name != "nearest" {
			t.Errorf("%s: TestAnswersFit does not have its struct", name)
		}
	}
	counted := map[string]bool{}
	for _, f := range fieldsOfPredicates.FindAllStringSubmatch(operations()["predicates"], -1) {
		if f[1] != f[2] {
			t.Errorf("%s counts the claims of %s", f[1], f[2])
		}
		counted[f[1]] = true
	}
	for _, p := range masar.Predicates {
		if !counted[string(p)] {
			t.Errorf("predicates.graphql does not count %s", p)
		}
	}
}

// Catches: a quotation that is cut without a mark, within a letter, or where it need not be.
func TestLongQuotationsAreCut(t *testing.T) {
	c := &call{server: &server{}}
	quotation := func(text string) string {
		q := &quoted{QuoteStatus: masar.QuoteVerified}
		if err := json.Unmarshal([]byte(`{"quote": {"value": "`+text+`", "lang": "AR", "dir": "RTL"}}`), q); err != nil {
			t.Fatal(err)
		}
		return c.quote(q).Text
	}
	whole, long := strings.Repeat("م", maxQuote), strings.Repeat("م", maxQuote+1)
	if got := quotation(whole); got != whole {
		t.Errorf("%d characters were cut to %d", maxQuote, utf8.RuneCountInString(got))
	}
	if got := quotation(long); got != whole[:len(whole)-len("م")]+"…" {
		t.Errorf("%q", got)
	}
	for _, status := range []masar.QuoteStatus{masar.QuoteMismatch, masar.QuoteSourceNotImported} {
		if c.quote(&quoted{QuoteStatus: status}) != nil {
			t.Errorf("a quotation of status %s is shown", status)
		}
	}
}
