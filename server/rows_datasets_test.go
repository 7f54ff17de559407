package server_test

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"masar/exchange"
)

// rowsOf reads the rows of a file of JSON.
func (a rowsAPI) rowsOf(t *testing.T, file string) []map[string]any {
	t.Helper()
	return objects(t, second(a.get(t, file)))
}

// Catches: a column countries that differs from the filter of that name, and a country that counts other claims than the
// filter finds.
func TestCountriesAreThoseOfTheFilter(t *testing.T) {
	api := newRowsAPI(t)
	claims, evidence := api.rowsOf(t, "claims.json"), api.rowsOf(t, "evidence.json")
	has := func(rows []map[string]any, code string) (n int) {
		for _, row := range rows {
			if slices.Contains(strings.Fields(asText(row["countries"])), code) {
				n++
			}
		}
		return n
	}
	counted := 0
	for _, country := range api.rowsOf(t, "countries.json") {
		code := asText(country["iso3"])
		filter := "?filter=" + url.QueryEscape(`{"countries":["`+code+`"]}`)
		found, cited := len(api.rowsOf(t, "claims.json"+filter)), len(api.rowsOf(t, "evidence.json"+filter))
		if n := has(claims, code); n != found || asText(country["claims"]) != strconv.Itoa(n) {
			t.Errorf("%s: %d claims name it, the filter finds %d, the country counts %v", code, n, found, country["claims"])
		}
		if n := has(evidence, code); n != cited || asText(country["evidenceCount"]) != strconv.Itoa(n) {
			t.Errorf("%s: %d evidence items name it, the filter finds %d, the country counts %v", code, n, cited, country["evidenceCount"])
		}
		counted += found
	}
	if counted == 0 {
		t.Error("no claim belongs to a country")
	}
}

// Catches: counts of an entity that differ from the rows that a filter selects by it, and a filter that keeps entities
// without a matching claim.
func TestEntitiesCountTheirClaims(t *testing.T) {
	api := newRowsAPI(t)
	for dataset, by := range map[string]string{"targets": "targets", "initiatives": "initiatives", "documents": "documents"} {
		name := map[string]string{"targets": "target", "initiatives": "code", "documents": "code"}[dataset]
		for i, row := range api.rowsOf(t, dataset+".json") {
			if i%5 != 0 && row["claims"] == json.Number("0") {
				continue
			}
			filter := "?filter=" + url.QueryEscape(`{"`+by+`":["`+asText(row[name])+`"]}`)
			response, _ := api.get(t, "claims.csv"+filter)
			if got := response.Header.Get("X-Total-Count"); got != asText(row["claims"]) {
				t.Errorf("%s %s counts %v claims, the filter finds %s", dataset, row[name], row["claims"], got)
			}
		}
	}
	stated := "?filter=" + url.QueryEscape(`{"basis":"STATED","countries":["EGY"]}`)
	all := len(api.rowsOf(t, "initiatives.json"))
	kept := api.rowsOf(t, "initiatives.json"+stated)
	for _, row := range kept {
		if row["claims"] == json.Number("0") {
			t.Errorf("%v has no matching claim", row)
		}
	}
	if len(kept) == 0 || len(kept) >= all {
		t.Errorf("%d of %d initiatives have a stated claim about Egypt", len(kept), all)
	}
}

// Catches: two editions of one figure where the newest is asked for, and a figure that is then missing.
func TestNewestEditionOfFigures(t *testing.T) {
	api := newRowsAPI(t)
	figure := func(row map[string]any) string {
		return strings.Join([]string{asText(row["ofCode"]), asText(row["indicator"]), asText(row["year"]), asText(row["nature"])}, " ")
	}
	figures := map[string]bool{}
	earlier := 0
	for _, row := range api.rowsOf(t, "observations.json") {
		figures[figure(row)] = true
		if row["edition"] == "EARLIER" {
			earlier++
		}
	}
	editions := map[string]string{}
	for _, row := range api.rowsOf(t, "observations.json?edition=newest") {
		edition := asText(row["source"]) + " " + asText(row["vintage"])
		if other, known := editions[figure(row)]; row["edition"] != "NEWEST" || known && other != edition {
			t.Errorf("%v is of the edition %s, and of %s", row, edition, other)
		}
		editions[figure(row)] = edition
	}
	if len(editions) != len(figures) || earlier == 0 {
		t.Errorf("%d figures, and %d with a newest edition; %d rows of earlier ones", len(figures), len(editions), earlier)
	}
	if got := editions["ARE 17.8.1 2000 MEASURED"]; !strings.HasPrefix(got, "ITU-INTERNET-USERS") {
		t.Errorf("the newest edition of a figure of 2020 and of 2025 is %s", got)
	}
}

// Catches: a parameter of the observations that selects other rows than it names.
func TestObservationsAreSelected(t *testing.T) {
	api := newRowsAPI(t)
	all := api.rowsOf(t, "observations.json")
	year := func(row map[string]any) int {
		n, _ := strconv.Atoi(asText(row["year"]))
		return n
	}
	for parameters, keeps := range map[string]func(map[string]any) bool{
		"country=EGY":        func(row map[string]any) bool { return row["iso3"] == "EGY" },
		"country=egy,%20JOR": func(row map[string]any) bool { return row["iso3"] == "EGY" || row["iso3"] == "JOR" },
		"indicator=EGDI,OSI": func(row map[string]any) bool { return row["indicator"] == "EGDI" || row["indicator"] == "OSI" },
		"indicator=17-8-1":   func(row map[string]any) bool { return row["indicator"] == "17.8.1" },
		"target=16-6":        func(row map[string]any) bool { return row["target"] == "16.6" },
		"target=17":          func(row map[string]any) bool { return row["goal"] == "17" },
		"since=2015":         func(row map[string]any) bool { return year(row) >= 2015 },
		"until=٢٠١٥":         func(row map[string]any) bool { return year(row) <= 2015 },
		"since=2018&until=2018&country=OMN&indicator=EGDI": func(row map[string]any) bool {
			return year(row) == 2018 && row["iso3"] == "OMN" && row["indicator"] == "EGDI"
		},
		"edition=all": func(map[string]any) bool { return true },
	} {
		var want []map[string]any
		for _, row := range all {
			if keeps(row) {
				want = append(want, row)
			}
		}
		if got := api.rowsOf(t, "observations.json?"+parameters); len(want) == 0 || asJSON(t, got) != asJSON(t, want) {
			t.Errorf("%s: %d rows, want %d", parameters, len(got), len(want))
		}
	}
}

// Catches: M49 as a number that is another country's, or missing where the text is there.
func TestM49IsATextAndANumber(t *testing.T) {
	rows := newRowsAPI(t).rowsOf(t, "countries.json")
	for _, row := range rows {
		number, err := row["m49Number"].(json.Number).Int64()
		if text := asText(row["m49"]); err != nil || len(text) != 3 || strings.TrimLeft(text, "0") != strconv.FormatInt(number, 10) {
			t.Errorf("%s: %q and %v", row["iso3"], text, row["m49Number"])
		}
	}
	if at := slices.IndexFunc(rows, func(row map[string]any) bool { return row["iso3"] == "DZA" }); rows[at]["m49Number"] != json.Number("12") {
		t.Errorf("Algeria is %v", rows[at]["m49Number"])
	}
}

// Catches: a ranking for a country that differs from GraphQL's, or whose reasons do.
func TestTailoredRowsAreThoseOfGraphQL(t *testing.T) {
	api := newRowsAPI(t)
	answer := api.Ask(t, `{ tailoredRecommendations(country: "EGY", target: "16.6", first: 100) { totalCount items {
		recommendation { code } score { low high point coverage } components { name low high explanation(lang: [EN]) { value } } } } }`, nil)
	var told struct {
		Data struct {
			TailoredRecommendations struct {
				TotalCount int
				Items      []struct {
					Recommendation struct{ Code string }
					Score          map[string]json.Number
					Components     []struct {
						Name        string
						Low, High   json.Number
						Explanation struct{ Value string }
					}
				}
			}
		}
	}
	if err := json.Unmarshal(answer.Body, &told); err != nil {
		t.Fatal(err)
	}
	want := told.Data.TailoredRecommendations
	rows := api.rowsOf(t, "tailored.json?country=egy&target=16-6")
	if len(rows) != want.TotalCount || len(rows) == 0 {
		t.Fatalf("%d rows, GraphQL has %d: %s", len(rows), want.TotalCount, answer.Body)
	}
	for i, item := range want.Items {
		row := rows[i]
		if row["code"] != item.Recommendation.Code || row["rank"] != json.Number(strconv.Itoa(i+1)) || row["iso3"] != "EGY" || row["target"] != "16.6" {
			t.Errorf("row %v, want %s", row, item.Recommendation.Code)
		}
		for column, of := range map[string]string{"scoreLow": "low", "scoreHigh": "high", "scorePoint": "point", "scoreCoverage": "coverage"} {
			if !sameNumber(row[column], item.Score[of]) {
				t.Errorf("%s: %s is %v, want %s", row["code"], column, row[column], item.Score[of])
			}
		}
		for _, c := range item.Components {
			name := strings.ToLower(c.Name)
			if low, has := row[name+"Low"]; has && (!sameNumber(low, c.Low) || !sameNumber(row[name+"High"], c.High)) {
				t.Errorf("%s: %s is from %v to %v, want %s to %s", row["code"], name, low, row[name+"High"], c.Low, c.High)
			}
			if !strings.Contains(asText(row["reasonsEn"]), ": "+c.Explanation.Value) {
				t.Errorf("%s: the reasons lack %q", row["code"], c.Explanation.Value)
			}
		}
	}
}

func sameNumber(value any, want json.Number) bool {
	number, _ := value.(json.Number)
	a, err := number.Float64()
	b, other := want.Float64()
	return err == nil && other == nil && a == b
}

// Catches: paths in rows that differ from GraphQL's, and steps out of order.
func TestPathRowsAreThoseOfGraphQL(t *testing.T) {
	api := newRowsAPI(t)
	answer := api.Ask(t, `{ evidencePaths(from: {kind: SDG_TARGET, code: "16.6"}, to: {kind: COUNTRY, code: "EGY"}, first: 7) { paths { score inferred steps {
		direction from { kind code } to { kind code } claim { id } sentence(lang: [AR]) { value } } } } }`, nil)
	var told struct {
		Data struct {
			EvidencePaths struct {
				Paths []struct {
					Score    json.Number
					Inferred bool
					Steps    []struct {
						Direction string
						From, To  struct{ Kind, Code string }
						Claim     struct{ ID string }
						Sentence  struct{ Value string }
					}
				}
			}
		}
	}
	if err := json.Unmarshal(answer.Body, &told); err != nil || len(told.Data.EvidencePaths.Paths) != 7 {
		t.Fatalf("%v: %s", err, answer.Body)
	}
	rows := api.rowsOf(t, "paths.json?from=sdg_target/16-6&to=COUNTRY/EGY&paths=7")
	at := 0
	for i, path := range told.Data.EvidencePaths.Paths {
		for j, step := range path.Steps {
			if at == len(rows) {
				t.Fatalf("only %d rows", at)
			}
			row := rows[at]
			at++
			got := []any{row["path"], row["step"], row["inferred"], row["direction"], row["fromKind"], row["fromCode"], row["toKind"], row["toCode"], row["claimId"], row["sentenceAr"]}
			want := []any{json.Number(strconv.Itoa(i + 1)), json.Number(strconv.Itoa(j + 1)), path.Inferred, step.Direction,
				step.From.Kind, step.From.Code, step.To.Kind, step.To.Code, step.Claim.ID, step.Sentence.Value}
			if !slices.Equal(got, want) || !sameNumber(row["score"], path.Score) {
				t.Errorf("row %d: %v, want %v", at, got, want)
			}
		}
	}
	if at != len(rows) {
		t.Errorf("%d rows, want %d", len(rows), at)
	}
}

// Catches: an inferred claim without its reason in the rows, and a dataset that lacks a column for a reader.
func TestRowsSayWhy(t *testing.T) {
	for _, row := range newRowsAPI(t).rowsOf(t, "claims.json") {
		if isInferred := row["basis"] == "INFERRED"; isInferred && (row["rationaleAr"] == nil || row["rationaleEn"] == nil) {
			t.Errorf("%s is inferred for no reason", row["id"])
		}
		if row["sentenceAr"] == nil || row["sentenceEn"] == nil {
			t.Errorf("%s has no sentence", row["id"])
		}
	}
	for dataset, columns := range map[string][]string{
		"recommendations": {"summaryAr", "rationaleAr", "sentenceEn"}, "evidence": {"summaryEn", "quote", "sentenceAr", "countries"}, "documents": {"summaryAr"},
	} {
		for _, name := range columns {
			if !slices.ContainsFunc(exchange.Find(dataset).Columns, func(c exchange.Column) bool { return c.Name == name }) {
				t.Errorf("%s has no column %s", dataset, name)
			}
		}
	}
}
