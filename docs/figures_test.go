package docs_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// worked asks for what the worked examples of support.md and advice.md are made of, as of the day that they name.
const worked = `{
  effect: recommendation(code: "ENACT-KM-09") { targets(first: 100) { edges { node { code } claim { support(asOf: "2026-11-28") { ...rating } } } } }
  fact: claims(filter: {organizations: ["EU"], initiatives: ["SPEG-EGYPT"], predicates: [PARTICIPATES]}) { nodes { role support(asOf: "2026-11-28") { ...rating } } }
  advice: tailoredRecommendations(country: "SDN", target: "16.6", first: 100, asOf: "2026-11-28") {
    items { recommendation { code } score { low high coverage } components { name low high } }
  }
  twins: twinningMatches(country: "SDN", first: 1, asOf: "2026-11-28") { matches { supplier { code } score components { name low } } }
}
fragment rating on Support {
  supports net documentation certainty en: explanation(lang: [EN]) { value } ar: explanation(lang: [AR]) { value }
  terms { kind quality directness age strength }
}`

type rating struct {
	Supports, Net            float64
	Documentation, Certainty *string
	EN, AR                   struct{ Value string }
	Terms                    []struct {
		Kind                               string
		Quality, Directness, Age, Strength float64
	}
}

type component struct {
	Name      string
	Low, High float64
}

type workedAnswer struct {
	Data struct {
		Effect struct {
			Targets struct {
				Edges []struct {
					Node  struct{ Code string }
					Claim struct{ Support rating }
				}
			}
		}
		Fact struct {
			Nodes []struct {
				Role    string
				Support rating
			}
		}
		Advice struct {
			Items []struct {
				Recommendation struct{ Code string }
				Score          struct{ Low, High, Coverage float64 }
				Components     []component
			}
		}
		Twins struct {
			Matches []struct {
				Supplier   struct{ Code string }
				Score      float64
				Components []component
			}
		}
	}
}

// Catches a figure or a sentence of a worked example that is not what the program answers, in either language.
func TestWorkedFigures(t *testing.T) {
	var answer workedAnswer
	if err := json.Unmarshal([]byte(start(t).ask(t, worked)), &answer); err != nil {
		t.Fatal(err)
	}
	checkSupport(t, answer)
	checkAdvice(t, answer)
}

func checkSupport(t *testing.T, answer workedAnswer) {
	edges := answer.Data.Effect.Targets.Edges
	at := 0
	for at < len(edges) && edges[at].Node.Code != "16.7" {
		at++
	}
	facts, funds := answer.Data.Fact.Nodes, 0
	for funds < len(facts) && facts[funds].Role != "FUNDER" {
		funds++
	}
	if at == len(edges) || funds == len(facts) {
		t.Fatalf("the claims of the examples are not there: %+v", answer.Data)
	}
	effect, fact := edges[at].Claim.Support, facts[funds].Support
	page := pair{"support.md", "support.ar.md"}
	rows := map[string]pair{
		"OUTCOME_DOCUMENT":      {"| outcome document, key message 9", "| وثيقة ختامية، الرسالة الرئيسية 9"},
		"OFFICIAL_PRESENTATION": {"| official presentation, slide", "| عرض رسمي، شريحة"},
		"PROJECT_PAGE":          {"| project page, the title", "| صفحة مشروع، عنوان"},
	}
	if len(effect.Terms) != len(rows) || effect.Certainty == nil || *effect.Certainty != "VERY_LOW" {
		t.Fatalf("the example of an effect is %+v", effect)
	}
	for _, term := range effect.Terms {
		page.holds(t, rows[term.Kind], figure{term.Quality, 1}, figure{term.Directness, 1}, figure{term.Strength, 4})
		if term.Age != .3 {
			page.holds(t, rows[term.Kind], figure{term.Age, 4})
		}
	}
	sum := pair{"The slide is of the same family", "الشريحة من أسرة الرسالة"}
	page.holds(t, sum, figure{effect.Net, 4}, figure{effect.Terms[0].Strength, 4})
	page.says(t, pair{effect.EN.Value, effect.AR.Value})

	if fact.Documentation == nil || *fact.Documentation != "STATED" {
		t.Errorf("the example of a fact is %+v", fact)
	}
	page.holds(t, pair{"The European Union funds", "يموّل الاتحاد الأوروبي"}, figure{fact.Supports, 4})
	page.says(t, pair{fact.EN.Value, fact.AR.Value})
}

func checkAdvice(t *testing.T, answer workedAnswer) {
	page := pair{"advice.md", "advice.ar.md"}
	items := answer.Data.Advice.Items
	place := func(code string) int {
		for i, item := range items {
			if item.Recommendation.Code == code {
				return i
			}
		}
		t.Fatalf("%s is not advised", code)
		return -1
	}
	first, tenth, eighth := items[place("ENACT-KM-01")], items[place("ENACT-KM-10")], items[place("ENACT-KM-08")]
	if place("ENACT-KM-01") != 0 || place("ENACT-KM-10") != 5 {
		t.Errorf("key message 1 is item %d and key message 10 item %d, counted from 0", place("ENACT-KM-01"), place("ENACT-KM-10"))
	}
	if first.Score.Low != first.Score.High {
		t.Errorf("something is unknown: %+v", first.Score)
	}
	for _, c := range first.Components {
		row := "| " + c.Name + " |"
		if c.Low != c.High {
			t.Errorf("%+v is unknown", c)
		}
		if c.Low == 0 || c.Low == 1 {
			page.section("### Sudan and target 16.6", "### السودان والغاية 16-6").holds(t, pair{row, row}, figure{c.Low, 0})
		} else {
			page.section("### Sudan and target 16.6", "### السودان والغاية 16-6").holds(t, pair{row, row}, figure{c.Low, 4})
		}
	}
	page.holds(t, pair{"Score = 1 · (.30", "الدرجة = "}, figure{first.Score.Low, 3})
	page.holds(t, pair{"Key message 10, emerging", "وتأتي الرسالة 10 عن"}, figure{tenth.Score.Low, 3}, figure{tenth.Score.High, 3}, figure{of(tenth.Components, "FIT").High, 3})
	page.holds(t, pair{"Key message 8, digital", "والرسالة 8 عن"}, figure{eighth.Score.Low, 3}, figure{eighth.Score.High, 3})

	twins := answer.Data.Twins.Matches
	if len(twins) != 1 || twins[0].Supplier.Code != "TUN" {
		t.Fatalf("the first supplier is %+v", twins)
	}
	c := twins[0].Components
	page.holds(t, pair{"Tunisia comes first for Sudan.", "تونس هي الأولى"}, figure{of(c, "SUPPLY").Low, 3}, figure{of(c, "OWN_SUPPLY").Low, 1},
		figure{of(c, "STEP").Low, 3}, figure{of(c, "SIMILARITY").Low, 1}, figure{twins[0].Score, 3})
}

func of(components []component, name string) component {
	return components[slices.IndexFunc(components, func(c component) bool { return c.Name == name })]
}

// pair is one thing in English and in Arabic: a document, the words that a passage of it begins with, or a sentence.
type pair struct{ en, ar string }

// section is a part of both documents, from a heading to the next.
func (p pair) section(en, ar string) pair { return pair{p.en + en, p.ar + ar} }

// figure is a number with the decimals that a document shows of it.
type figure struct {
	value    float64
	decimals int
}

func (f figure) in(lang string) string {
	s := fmt.Sprintf("%.*f", f.decimals, f.value)
	if lang == "en" && f.decimals > 0 {
		s = strings.TrimPrefix(s, "0")
	}
	return s
}

// holds checks that a passage of both documents has figures: a row of a table or a paragraph.
func (p pair) holds(t *testing.T, begins pair, figures ...figure) {
	t.Helper()
	for lang, at := range map[string][2]string{"en": {p.en, begins.en}, "ar": {p.ar, begins.ar}} {
		words := passage(t, at[0], at[1])
		for _, f := range figures {
			if !strings.Contains(words, f.in(lang)) {
				t.Errorf("%s does not say %s: %s", at[0], f.in(lang), words)
			}
		}
	}
}

// says checks that the documents quote sentences.
func (p pair) says(t *testing.T, sentences pair) {
	t.Helper()
	for document, sentence := range map[string]string{p.en: sentences.en, p.ar: sentences.ar} {
		if !strings.Contains(text(t, document), sentence) {
			t.Errorf("%s does not quote %q", document, sentence)
		}
	}
}

// text is a document, or its part from a heading to the next, with each run of spaces as one.
func text(t *testing.T, document string) string {
	return strings.Join(strings.Fields(raw(t, document)), " ")
}

func raw(t *testing.T, document string) string {
	t.Helper()
	name, heading, _ := strings.Cut(document, "#")
	content, err := os.ReadFile(filepath.Join(root, "docs", name))
	if err != nil {
		t.Fatal(err)
	}
	if heading == "" {
		return string(content)
	}
	heading = "#" + heading
	_, rest, found := strings.Cut(string(content), heading+"\n")
	if !found {
		t.Fatalf("%s has no %q", name, heading)
	}
	part, _, _ := strings.Cut(rest, "\n#")
	return part
}

// passage is the row or the paragraph of a document that begins with some words.
func passage(t *testing.T, document, begins string) string {
	t.Helper()
	_, rest, found := strings.Cut("\n"+raw(t, document), "\n"+begins)
	if !found {
		t.Fatalf("%s has no passage that begins with %q", document, begins)
	}
	end := "\n\n"
	if strings.HasPrefix(begins, "|") {
		end = "\n"
	}
	words, _, _ := strings.Cut(rest, end)
	return begins + words
}
