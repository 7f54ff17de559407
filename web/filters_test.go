package web_test

import (
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Catches: a filter that the page shows and cannot remove, a count beside a choice that is not that of the list it leads
// to, and a form that loses what was chosen.
func TestFiltersOfClaims(t *testing.T) {
	api := explorer(t)
	const address = "/en/claims?natures=FACT&countries=EGY&countries=OMN&order=strongest"
	page := element(t, document(t, api, address, http.StatusOK), "main")
	removals, chosen := 0, map[string]bool{}
	counts := map[string]string{}
	for n := range page.Descendants() {
		switch {
		case n.Type == html.ElementNode && attribute(n, "class") == "chip":
			removals++
			without := visible(element(t, document(t, api, attribute(n, "href"), http.StatusOK), "main"))
			if strings.Count(without, "×") != 2 {
				t.Errorf("%s removes not one filter:\n%s", attribute(n, "href"), without)
			}
		case n.Data == "input" && has(n, "checked") || attribute(n, "type") == "hidden":
			chosen[attribute(n, "name")+"="+attribute(n, "value")] = true
		case n.Data == "input" && attribute(n, "name") == "documents":
			counts[attribute(n, "value")] = strings.TrimSpace(visible(n.Parent))
		}
	}
	if removals != 3 {
		t.Errorf("%d of 3 filters can be removed", removals)
	}
	for _, want := range []string{"natures=FACT", "countries=EGY", "countries=OMN", "order=strongest"} {
		if !chosen[want] {
			t.Errorf("the form loses %s", want)
		}
	}
	if len(counts) == 0 {
		t.Fatal("no document can be chosen")
	}
	for code, shown := range counts {
		number := shown[strings.LastIndexAny(shown, " \n")+1:]
		answer := visible(element(t, document(t, api, address+"&documents="+code, http.StatusOK), "main"))
		if !strings.Contains(answer, "\n"+number+" claim") {
			t.Errorf("%q leads to another number of claims:\n%s", shown, answer[:200])
		}
	}
}
