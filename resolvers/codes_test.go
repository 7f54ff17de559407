package resolvers_test

import (
	"encoding/json"
	"strings"
	"testing"

	"masar/internal/masartest"
	"masar/loaders"
)

// Catches a code in other capitals or digits that an argument does not take, an answer that does not give the code as the
// graph has it, and a code of another form that finds what it does not name.
func TestCodesAsTyped(t *testing.T) {
	api := masartest.Start(t).API(t, loaders.Options{})
	ask := func(query string) string {
		var answer struct {
			Data   json.RawMessage
			Errors []struct{ Message string }
		}
		if err := json.Unmarshal(api.Ask(t, query, nil).Body, &answer); err != nil {
			t.Fatal(err)
		}
		if len(answer.Errors) > 0 {
			return answer.Errors[0].Message
		}
		return string(answer.Data)
	}
	for typed, canonical := range map[string]string{
		`{ country(code: "egy") { code } }`:                                          `{ country(code: "EGY") { code } }`,
		`{ country(code: " Egy ") { code } }`:                                        `{ country(code: "EGY") { code } }`,
		`{ sdgTarget(code: "١٦.٦") { code } }`:                                       `{ sdgTarget(code: "16.6") { code } }`,
		`{ sdgTarget(code: "١٦٫٦") { code } }`:                                       `{ sdgTarget(code: "16.6") { code } }`,
		`{ sdgTarget(code: "16.A") { code } }`:                                       `{ sdgTarget(code: "16.a") { code } }`,
		`{ initiative(code: "enact") { code } }`:                                     `{ initiative(code: "ENACT") { code } }`,
		`{ topic(code: "Open-Government") { code } }`:                                `{ topic(code: "open-government") { code } }`,
		`{ entity(ref: {kind: COUNTRY, code: "tun"}) { code } }`:                     `{ entity(ref: {kind: COUNTRY, code: "TUN"}) { code } }`,
		`{ claims(filter: {countries: ["egy"], targets: ["١٦.٦"]}) { totalCount } }`: `{ claims(filter: {countries: ["EGY"], targets: ["16.6"]}) { totalCount } }`,
		`{ tailoredRecommendations(country: "egy", target: "١٦.٦", first: 3) { country { code } target { ... on SdgTarget { code } } items { recommendation { code } } } }`: `{ tailoredRecommendations(country: "EGY", target: "16.6", first: 3) { country { code } target { ... on SdgTarget { code } } items { recommendation { code } } } }`,
	} {
		if got, want := ask(typed), ask(canonical); got != want || !strings.HasPrefix(got, "{") || strings.Contains(got, "null") {
			t.Errorf("%s: %s\nwant %s", typed, got, want)
		}
	}
	for query, want := range map[string]string{
		`{ country(code: "EG") { code } }`:                        `{"country":null}`,
		`{ sdgTarget(code: "16-6") { code } }`:                    `{"sdgTarget":null}`,
		`{ claims(filter: {countries: ["egx"]}) { totalCount } }`: "EGY",
	} {
		if got := ask(query); !strings.Contains(got, want) {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
}
