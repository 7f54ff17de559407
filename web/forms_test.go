package web_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Catches: a form without scripts that does not lead to the address of its answer, and another spelling of a code in the
// middle of an address.
func TestFormsLeadToTheirAnswers(t *testing.T) {
	api := explorer(t)
	for from, to := range map[string]string{
		"/en/countries?country=EGY&target=":            "/en/countries/EGY",
		"/ar/countries?country=EGY&target=16-6":        "/ar/countries/EGY?target=16.6",
		"/en/countries?country=a%2F..%2Fb%3Fc&target=": "/en/countries/a%2F..%2Fb%3Fc",
		"/en/countries/EGY/plan?target=16.6&weight=.5&target=&weight=&target=16.7&weight=&budget=8&for=ENACT-KM-03&each=&for=ENACT-KM-04&each=2&done=ENACT-KM-01": "/en/countries/EGY/plan?budget=8&cost=ENACT-KM-04%3A2&done=ENACT-KM-01&t=16.6%3A.5&t=16.7",
		"/en/countries/EGY/plan?target=&weight=&budget=": "/en/countries/EGY/plan",
		"/en/countries/egy/plan?t=16.6&budget=3":         "/en/countries/EGY/plan?t=16.6&budget=3",
		"/en/countries/egy?target=16.6":                  "/en/countries/EGY?target=16.6",
	} {
		resp := open(t, api, from)
		resp.Body.Close()
		if got := resp.Header.Get("Location"); got != to || resp.StatusCode/100 != 3 {
			t.Errorf("%s: %d to %s, want %s", from, resp.StatusCode, got, to)
		}
	}
}

// Catches: a mistake in a form whose page does not say what is wrong beside the field, or loses what was written.
func TestMistakesStandBesideTheirFields(t *testing.T) {
	api := explorer(t)
	for query, want := range map[string]struct{ legend, written string }{
		"t=16.6:half&budget=8":                  {"Targets", "half"},
		"t=16.99&budget=8":                      {"Targets", "8"},
		"t=16.6&t=16.6&budget=8":                {"Targets", "8"},
		"t=16.6&budget=much":                    {"Budget", "much"},
		"t=16.6&budget=-1":                      {"Budget", "-1"},
		"t=16.6&budget=8&cost=ENACT-KM-04:dear": {"Costs, and what is implemented", "dear"},
		"t=16.6&budget=8&done=ENACT-KM-99":      {"Costs, and what is implemented", "8"},
	} {
		page := document(t, api, "/en/countries/EGY/plan?"+query, http.StatusBadRequest)
		alert := find(page, func(n *html.Node) bool { return attribute(n, "role") == "alert" })
		if alert == nil {
			t.Errorf("%s: nothing is said to be wrong", query)
			continue
		}
		field := alert.Parent
		for field.Data != "fieldset" && field.Data != "details" && field.Data != "form" {
			field = field.Parent
		}
		if text := visible(field); !strings.HasPrefix(text, want.legend) {
			t.Errorf("%s: %q stands in %q, want %q", query, visible(alert), text, want.legend)
		}
		if find(page, func(n *html.Node) bool { return n.Data == "input" && attribute(n, "value") == want.written }) == nil {
			t.Errorf("%s: %q is not in the form", query, want.written)
		}
	}
}

// find is the first element of a page that has a property.
func find(page *html.Node, has func(*html.Node) bool) *html.Node {
	nodes := slices.Collect(page.Descendants())
	i := slices.IndexFunc(nodes, func(n *html.Node) bool { return n.Type == html.ElementNode && has(n) })
	if i < 0 {
		return nil
	}
	return nodes[i]
}
