package resolvers_test

import (
	"encoding/json"
	"math"
	"slices"
	"testing"

	"masar/internal/masartest"
	"masar/loaders"
)

type score struct{ Point, Low, High, Coverage float64 }

type component struct {
	Name         string
	Weight       *float64
	Low, High    float64
	Known        bool
	Explanation  struct{ Value string }
	Claims       []struct{ ID string }
	Observations []struct{ ID string }
}

// answered runs an operation that must succeed.
func answered[T any](t *testing.T, api *masartest.API, document string, variables map[string]any) T {
	t.Helper()
	var answer struct {
		Data   T
		Errors []any
	}
	if err := json.Unmarshal(api.Ask(t, document, variables).Body, &answer); err != nil || answer.Errors != nil {
		t.Fatalf("%v: %v, %v", variables, answer.Errors, err)
	}
	return answer.Data
}

func countriesOf(t *testing.T, api *masartest.API) []string {
	t.Helper()
	all := answered[struct {
		Countries struct{ Nodes []struct{ Code string } }
	}](t, api, `{ countries(first: 100) { nodes { code } } }`, nil)
	var codes []string
	for _, c := range all.Countries.Nodes {
		codes = append(codes, c.Code)
	}
	if len(codes) < 23 {
		t.Fatalf("countries: %v", codes)
	}
	return codes
}

func near(a, b float64) bool { return math.Abs(a-b) < 1e-9 }

// check checks the rules that hold for every component of a score.
func (c component) check(t *testing.T, of string) {
	t.Helper()
	if c.Known != (c.Low == c.High) || c.Explanation.Value == "" || c.Low < 0 || c.Low > c.High || c.High > 1 {
		t.Errorf("%s: %+v", of, c)
	}
	sources := len(c.Claims) + len(c.Observations)
	said := slices.Contains([]string{"ALIGN", "DONE", "SIMILARITY", "AVAILABILITY"}, c.Name)
	if c.Known && c.High > 0 && !said && sources == 0 {
		t.Errorf("%s: %s is computed from nothing", of, c.Name)
	}
}

// Catches, for every country: a score that does not follow from its components, an order other than by score, a ranked
// recommendation without content, and a number without a source.
func TestTailoredScoresAreWhatTheirComponentsMakeThem(t *testing.T) {
	api := masartest.Start(t).API(t, loaders.Options{})
	for _, country := range countriesOf(t, api) {
		answer := answered[struct {
			TailoredRecommendations struct {
				TotalCount     int
				WithoutContent []struct{ Code string }
				Items          []struct {
					Recommendation struct {
						Code       string
						HasContent bool
					}
					Score         score
					Components    []component
					PractisedHere []struct{ Country struct{ Code string } }
					CaseStudies   struct {
						Nodes []struct{ Country struct{ Code string } }
					}
				}
			}
		}](t, api, `query($country: String!) {
			tailoredRecommendations(country: $country, first: 40) { totalCount withoutContent { code } items {
				recommendation { code hasContent } score { point low high coverage }
				components { name weight low high known explanation(lang: [EN]) { value } claims { id } observations { id } }
				practisedHere { country { code } } caseStudies { nodes { country { code } } }
			} }
		}`, map[string]any{"country": country}).TailoredRecommendations
		if len(answer.WithoutContent) != 4 || answer.TotalCount != 12 || len(answer.Items) != 12 {
			t.Errorf("%s: of %d recommendations %d are ranked, and %d are without content", country, answer.TotalCount, len(answer.Items), len(answer.WithoutContent))
		}
		last := 1.
		for _, item := range answer.Items {
			of, s := country+" "+item.Recommendation.Code, item.Score
			low, high, coverage, factor := 0., 0., 0., 1.
			for _, c := range item.Components {
				c.check(t, of)
				switch {
				case c.Name == "DONE":
					factor *= 1 - c.Low
				case c.Weight == nil:
					factor *= c.Low
				default:
					low, high, coverage = low+*c.Weight*c.Low, high+*c.Weight*c.High, coverage+*c.Weight*(1-c.High+c.Low)
				}
			}
			if !near(s.Low, factor*low) || !near(s.High, factor*high) || !near(s.Point, (s.Low+s.High)/2) || !near(s.Coverage, coverage) || s.Low > last {
				t.Errorf("%s: %+v", of, s)
			}
			last = s.Low
			if !item.Recommendation.HasContent {
				t.Errorf("%s has no content but is ranked", of)
			}
			for _, c := range item.PractisedHere {
				if c.Country.Code != country {
					t.Errorf("%s: a case from %s counts as practised in this country", of, c.Country.Code)
				}
			}
			for _, c := range item.CaseStudies.Nodes {
				if c.Country.Code == country {
					t.Errorf("%s is transferred to its own country", of)
				}
			}
		}
	}
}

// Catches, for every country: a match whose score does not follow from its components, a match of score 0, and a wrong
// order.
func TestTwinningScoresAreWhatTheirComponentsMakeThem(t *testing.T) {
	api := masartest.Start(t).API(t, loaders.Options{})
	matched := 0
	for _, country := range countriesOf(t, api) {
		answer := answered[struct {
			TwinningMatches struct {
				Matches []struct {
					Supplier         struct{ Code string }
					Score, Low, High float64
					Components       []component
					Reasons          []struct{ Value string }
				}
			}
		}](t, api, `query($country: String!) {
			twinningMatches(country: $country, first: 50) { matches {
				supplier { code } score low high reasons(lang: [AR]) { value }
				components { name low high known explanation(lang: [EN]) { value } claims { id } observations { id } }
			} }
		}`, map[string]any{"country": country})
		last := 1.
		for _, m := range answer.TwinningMatches.Matches {
			matched++
			of, low, high := country+" from "+m.Supplier.Code, 1., 1.
			lead := 0.
			for _, c := range m.Components {
				c.check(t, of)
				switch c.Name {
				case "SUPPLY":
					lead += c.Low
				case "OWN_SUPPLY":
					lead -= c.Low
				default:
					low, high = low*c.Low, high*c.High
				}
			}
			if !near(m.Low, low*lead) || !near(m.High, high*lead) || !near(m.Score, (m.Low+m.High)/2) || m.High <= 0 || m.Low > last || len(m.Reasons) != len(m.Components) {
				t.Errorf("%s: %v to %v, want %v to %v", of, m.Low, m.High, low*lead, high*lead)
			}
			if m.Supplier.Code == country {
				t.Errorf("%s learns from itself", country)
			}
			last = m.Low
		}
	}
	if matched == 0 {
		t.Error("no country has a match")
	}
}
