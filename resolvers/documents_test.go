package resolvers_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"masar/internal/masartest"
	"masar/loaders"
)

// Catches: content that the read-ahead misses. One read must fetch all of it, and cached content needs none.
func TestOneReadBringsAll(t *testing.T) {
	service := masartest.Start(t)
	for what, query := range map[string]string{
		"the indicator of an observation": `{ country(code: "EGY") { observations(first: 5) { nodes { value measured { code summary(lang: [EN]) { value } } } } } }`,
		"the indicator of an index value": `{ country(code: "EGY") { maturity { indices { value measured { code summary(lang: [EN]) { value } } } } } }`,
		"the values of an indicator":      `{ indicator(code: "EGDI") { observations(first: 5) { nodes { value of { code summary(lang: [EN]) { value } } source { code } } } } }`,
		"the passages of a document":      `{ document(code: "ENACT-SLIDES-2023") { passages { start locator quoteStatus evidence(first: 2) { totalCount nodes { stance claim { predicate } } } } } }`,
		"the texts of a document":         `{ document(code: "REFERENCES-ITU") { versions { text { value lang } } } }`,
		"a document without its texts":    `{ document(code: "REFERENCES-ITU") { title(lang: [EN]) { value } versions { sha256 length imported } } }`,
	} {
		api := service.API(t, loaders.Options{})
		cold, warm := api.Ask(t, query, nil), api.Ask(t, query, nil)
		if cold.Reads != 1 || warm.Reads != 0 {
			t.Errorf("%s: %d reads when cold, and %d when warm", what, cold.Reads, warm.Reads)
		}
		without := service.API(t, loaders.Options{WithoutPrefetch: true}).Ask(t, query, nil)
		if string(without.Body) != string(cold.Body) || string(warm.Body) != string(cold.Body) || strings.Contains(string(cold.Body), `"errors"`) {
			t.Errorf("%s: the answers differ:\n%s\n%s\n%s", what, cold.Body, warm.Body, without.Body)
		}
	}
}

// Catches: a text that is read or cached with its document although it is not selected. The document with its versions is one read, and
// the text another.
func TestTextsHaveALoaderOfTheirOwn(t *testing.T) {
	service := masartest.Start(t)
	const document = `{ document(code: "REFERENCES-ITU") { summary(lang: [EN]) { value } versions { sha256 length imported%s } } }`
	api := service.API(t, loaders.Options{})
	for i, step := range []struct {
		text  string
		reads int64
	}{{"", 1}, {" text { lang }", 1}, {" text { value }", 0}} {
		if answer := api.Ask(t, fmt.Sprintf(document, step.text), nil); answer.Reads != step.reads || strings.Contains(string(answer.Body), `"errors"`) {
			t.Errorf("step %d takes %d reads: %s", i, answer.Reads, answer.Body)
		}
	}
}

// Catches: values of an indicator that are missing, repeated or of another indicator, and values of SDG indicators that
// are none.
func TestIndicatorsHaveTheValuesOfAllCountries(t *testing.T) {
	api := masartest.Start(t).API(t, loaders.Options{})
	const values = `observations(first: 100) { totalCount nodes { indicator of { code } } }`
	var answer struct {
		Data struct {
			Indicator, SdgIndicator struct{ Observations indicatorValues }
			Countries               struct {
				Nodes []struct{ Observations indicatorValues }
			}
		}
	}
	query := `{ indicator(code: "EGDI") { ` + values + ` } sdgIndicator(code: "17.8.1") { ` + values + ` }
		countries(first: 100) { nodes { observations(first: 0, indicators: ["EGDI"]) { totalCount } } } }`
	if err := json.Unmarshal(api.Ask(t, query, nil).Body, &answer); err != nil {
		t.Fatal(err)
	}
	egdi, sum := answer.Data.Indicator.Observations, 0
	for _, c := range answer.Data.Countries.Nodes {
		sum += c.Observations.TotalCount
	}
	if egdi.TotalCount == 0 || egdi.TotalCount != sum || len(egdi.Nodes) != sum {
		t.Errorf("the index has %d values, and the countries have %d", egdi.TotalCount, sum)
	}
	for _, o := range append(egdi.Nodes, answer.Data.SdgIndicator.Observations.Nodes...) {
		if o.Indicator != "EGDI" && o.Indicator != "17.8.1" {
			t.Errorf("a value of %s of %s", o.Indicator, o.Of.Code)
		}
	}
	if answer.Data.SdgIndicator.Observations.TotalCount < 100 {
		t.Errorf("17.8.1 has %d values", answer.Data.SdgIndicator.Observations.TotalCount)
	}
}

// indicatorValues are values of an indicator in an answer.
type indicatorValues struct {
	TotalCount int
	Nodes      []struct {
		Indicator string
		Of        struct{ Code string }
	}
}

// cited is a passage in an answer with the number of its evidence items.
type cited struct {
	TextVersion string
	Start, End  int
	Evidence    struct{ TotalCount int }
}

// Catches: a passage that is repeated or out of order, and evidence without a passage of its document.
func TestPassagesAreTheRangesOfTheEvidence(t *testing.T) {
	api := masartest.Start(t).API(t, loaders.Options{})
	var answer struct {
		Data struct {
			Document struct {
				Evidence struct{ TotalCount int }
				Passages []cited
			}
		}
	}
	for _, code := range []string{"ENACT-SLIDES-2023", "INNOPA-PAGE"} {
		query := fmt.Sprintf(`{ document(code: %q) { evidence(first: 0) { totalCount } passages { textVersion start end evidence(first: 0) { totalCount } } } }`, code)
		if err := json.Unmarshal(api.Ask(t, query, nil).Body, &answer); err != nil {
			t.Fatal(err)
		}
		passages, sum := answer.Data.Document.Passages, 0
		for i, p := range passages {
			sum += p.Evidence.TotalCount
			if p.Evidence.TotalCount == 0 {
				t.Errorf("%s: no evidence cites %+v", code, p)
			}
			if i > 0 && slices.Compare([]int{passages[i-1].Start, passages[i-1].End}, []int{p.Start, p.End}) >= 0 && passages[i-1].TextVersion == p.TextVersion {
				t.Errorf("%s: %+v after %+v", code, p, passages[i-1])
			}
		}
		if len(passages) < 10 || len(passages) >= sum || sum != answer.Data.Document.Evidence.TotalCount {
			t.Errorf("%s: %d passages with %d pieces of evidence, of %d", code, len(passages), sum, answer.Data.Document.Evidence.TotalCount)
		}
	}
}

// shown is a document in an answer with its texts.
type shown struct {
	Versions []struct {
		SHA256   string
		Imported bool
		Text     *struct{ Value string }
	}
	Passages []struct {
		TextVersion string
		Quote       *struct{ Value string }
	}
}

// Catches: a whole text where only quotations are allowed, a quotation that is not part of the text, and a missing text
// that is not null.
func TestTextsOfSources(t *testing.T) {
	service := masartest.Start(t)
	for _, quotesOnly := range []bool{false, true} {
		api, quotes := service.API(t, loaders.Options{QuotesOnly: quotesOnly}), 0
		for _, code := range []string{"REFERENCES-ITU", "REFERENCES-GIZ", "ENACT-SLIDES-2023"} {
			var answer struct{ Data struct{ Document shown } }
			query := fmt.Sprintf(`{ document(code: %q) { versions { sha256 imported text { value } } passages { textVersion quote { value } } } }`, code)
			if err := json.Unmarshal(api.Ask(t, query, nil).Body, &answer); err != nil {
				t.Fatal(err)
			}
			whole := map[string]string{}
			for _, v := range answer.Data.Document.Versions {
				if (v.Text != nil) != (v.Imported && !quotesOnly) {
					t.Errorf("%s: imported %t, quotes only %t, and the text is %v", code, v.Imported, quotesOnly, v.Text)
				}
				if v.Text != nil {
					whole[v.SHA256] = v.Text.Value
				}
			}
			for _, p := range answer.Data.Document.Passages {
				if p.Quote == nil {
					continue
				}
				if quotes++; !quotesOnly && !strings.Contains(whole[p.TextVersion], p.Quote.Value) {
					t.Errorf("%s: %q is not in the text", code, p.Quote.Value)
				}
			}
		}
		if quotes == 0 {
			t.Error("no quote is shown")
		}
	}
}
