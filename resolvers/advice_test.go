package resolvers_test

import (
	"encoding/json"
	"math"
	"slices"
	"testing"

	"masar/internal/masartest"
	"masar/loaders"
)

type score struct {
	Point               *float64
	Low, High, Coverage float64
}

type component struct {
	Name          string
	Value, Weight *float64
	Low, High     float64
	Known         bool
	Explanation   struct{ Value string }
	Claims        []struct{ ID string }
	Observations  []struct{ ID string }
}

// answered asks an operation that must not fail.
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

// check sees to what holds of every component.
func (c component) check(t *testing.T, of string) {
	t.Helper()
	if c.Known != (c.Value != nil) || c.Explanation.Value == "" || c.Low > c.High || c.Known && (c.Low > *c.Value || *c.Value > c.High) {
		t.Errorf("%s: %+v", of, c)
	}
	reckonedFrom := len(c.Claims) + len(c.Observations)
	said := slices.Contains([]string{"ALIGN", "DONE", "SIMILARITY", "AVAILABILITY"}, c.Name)
	if c.Known && !said && reckonedFrom == 0 {
		t.Errorf("%s: %s is reckoned from nothing", of, c.Name)
	}
}

// Catches, for every country, a score that is not what its components make it, or not between its ends; an unknown that passes
// for a number; an order that is not by the scores; and a number from which nothing leads on.
func TestTailoredScoresAreWhatTheirComponentsMakeThem(t *testing.T) {
	api := masartest.Start(t).API(t, loaders.Options{})
	for _, country := range countriesOf(t, api) {
		answer := answered[struct {
			TailoredRecommendations struct {
				Items []struct {
					Recommendation struct{ Code string }
					Score          score
					Components     []component
				}
			}
		}](t, api, `query($country: String!) {
			tailoredRecommendations(country: $country, first: 40, rankBy: HIGH) { items {
				recommendation { code } score { point low high coverage }
				components { name value weight low high known explanation(lang: [EN]) { value } claims { id } observations { id } }
			} }
		}`, map[string]any{"country": country})
		last := 1.
		for _, item := range answer.TailoredRecommendations.Items {
			of, s := country+" "+item.Recommendation.Code, item.Score
			known, point, low, high, all, factor := 0., 0., 0., 0., 0., 1.
			for _, c := range item.Components {
				c.check(t, of)
				switch {
				case c.Name == "DONE":
					factor *= 1 - *c.Value
				case c.Weight == nil:
					factor *= *c.Value
				default:
					all, low, high = all+*c.Weight, low+*c.Weight*c.Low, high+*c.Weight*c.High
					if c.Known {
						known, point = known+*c.Weight, point+*c.Weight**c.Value
					}
				}
			}
			if !near(s.Low, factor*low/all) || !near(s.High, factor*high/all) || (s.Point == nil) != (known == 0) || s.High > last {
				t.Errorf("%s: %+v", of, s)
			}
			if s.Point != nil && (!near(*s.Point, factor*point/known) || *s.Point < s.Low || *s.Point > s.High) {
				t.Errorf("%s: the point of %+v is %v", of, s, *s.Point)
			}
			last = s.High
		}
	}
}

// Catches, for every country, a match that is not what its components make it, that scores nothing, or out of order.
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
				components { name value low high known explanation(lang: [EN]) { value } claims { id } observations { id } }
			} }
		}`, map[string]any{"country": country})
		last := 1.
		for _, m := range answer.TwinningMatches.Matches {
			matched++
			of, want := country+" from "+m.Supplier.Code, 1.
			value := map[string]float64{}
			for _, c := range m.Components {
				c.check(t, of)
				if value[c.Name] = (c.Low + c.High) / 2; c.Known {
					value[c.Name] = *c.Value
				}
				if c.Name == "OWN_SUPPLY" && !c.Known { // the lead is between nothing and all of the supplier's
					value[c.Name] = value["SUPPLY"] / 2
				}
				if c.Name != "SUPPLY" && c.Name != "OWN_SUPPLY" {
					want *= value[c.Name]
				}
			}
			want *= value["SUPPLY"] - value["OWN_SUPPLY"]
			if !near(m.Score, want) || m.Score <= 0 || m.Score > last || m.Low > m.Score || m.Score > m.High || len(m.Reasons) != len(m.Components) {
				t.Errorf("%s: %v, want %v", of, m.Score, want)
			}
			if m.Supplier.Code == country {
				t.Errorf("%s learns from itself", country)
			}
			last = m.Score
		}
	}
	if matched == 0 {
		t.Error("nobody can learn from anybody")
	}
}
