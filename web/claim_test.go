package web_test

import (
	"encoding/json"
	"math"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"masar/internal/masartest"
	"masar/loaders"
)

// rated is a claim in an answer with what its page has to show.
type rated struct {
	ID      string
	Support struct {
		Nature, Status    string
		Supports, Refutes float64
	}
}

// Catches: a fact with discs, an effect without them, a contested or refuted claim that does not say so, evidence against a
// claim among the evidence for it, and a table whose contributions do not add up to the support.
func TestClaimsShowTheirSupport(t *testing.T) {
	disputes := 0
	for name, service := range map[string]*masartest.Service{"seed": masartest.Start(t), "disputed": masartest.Disputed(t)} {
		api := service.API(t, loaders.Options{})
		var answer struct {
			Data struct{ Claims struct{ Nodes []rated } }
		}
		const query = `{ claims(first: 40, orderBy: {field: SUPPORT, direction: DESC}) { nodes { id support { nature status supports refutes } } } }`
		if err := json.Unmarshal(api.Ask(t, query, nil).Body, &answer); err != nil || len(answer.Data.Claims.Nodes) < 5 {
			t.Fatalf("%s: %d claims: %v", name, len(answer.Data.Claims.Nodes), err)
		}
		for _, c := range answer.Data.Claims.Nodes {
			page := element(t, document(t, api, "/en/claims/"+c.ID, http.StatusOK), "main")
			if discs := strings.Contains(classes(page), " discs "); discs != (c.Support.Nature == "EFFECT") {
				t.Errorf("%s: the %s %s shows discs: %t", name, c.Support.Nature, c.ID, discs)
			}
			text := visible(page)
			disputed := c.Support.Status == "CONTESTED" || c.Support.Status == "REFUTED"
			if disputed {
				disputes++
			}
			if says := strings.Contains(text, "Contested. ") || strings.Contains(text, "Refuted. "); says != disputed {
				t.Errorf("%s: the claim %s is %s, and its page says that it is disputed: %t", name, c.ID, c.Support.Status, says)
			}
			if against := strings.Contains(text, "Evidence against\n"); against != (c.Support.Refutes > 0) {
				t.Errorf("%s: the claim %s is refuted by %v, and its page has evidence against it: %t", name, c.ID, c.Support.Refutes, against)
			}
			sums := contributions(t, page)
			if math.Abs(sums["Supports"]-c.Support.Supports) > .01 || math.Abs(sums["Refutes"]-c.Support.Refutes) > .01 {
				t.Errorf("%s: the contributions of %s add up to %v, not to %v and %v", name, c.ID, sums, c.Support.Supports, c.Support.Refutes)
			}
		}
	}
	if disputes == 0 {
		t.Error("no claim is disputed")
	}
}

// contributions are the sums of the last column of the table of a claim, by stance.
func contributions(t *testing.T, page *html.Node) map[string]float64 {
	t.Helper()
	sums := map[string]float64{}
	for n := range page.Descendants() {
		if n.Type != html.ElementNode || n.Data != "tr" || n.Parent.Data != "tbody" {
			continue
		}
		cells := strings.Split(strings.TrimSpace(visible(n)), " | ")
		last, err := strconv.ParseFloat(strings.TrimSpace(cells[len(cells)-1]), 64)
		if err != nil || len(cells) < 9 {
			t.Fatalf("the row %q: %v", cells, err)
		}
		sums[strings.TrimSpace(cells[len(cells)-7])] += last
	}
	return sums
}

// classes are the classes of the elements of a page, with spaces around each.
func classes(page *html.Node) string {
	var all strings.Builder
	for n := range page.Descendants() {
		all.WriteString(" " + attribute(n, "class") + " ")
	}
	return all.String()
}
