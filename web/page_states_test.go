package web

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"masar"
	"masar/words"
)

// rendered is the HTML of a page for an answer, without the marks that isolate the values of slots.
func rendered(t *testing.T, p page, l masar.Language, query, data string) string {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	v := p.view()
	if err := json.Unmarshal([]byte(data), v); err != nil {
		t.Fatal(err)
	}
	a := address{lang: l, path: "/" + p.path, codes: func(string) string { return "" }, query: values, raw: query, base: "https://example.org"}
	if !v.exists() {
		t.Fatalf("%s: the page has no subject", p.path)
	}
	var b strings.Builder
	s := screen{address: a, Head: v.head(a), Frame: v.pageFrame(), View: v, Call: newCall("{}", nil, a)}
	if err := templateOf(p.template, l).ExecuteTemplate(&b, "layout", s); err != nil {
		t.Fatalf("%s in %s: %v", p.path, l, err)
	}
	return strings.NewReplacer("<bdi>", "", "</bdi>", "").Replace(b.String())
}

var bothLanguages = []masar.Language{masar.Arabic, masar.English}

// Catches: a page that fails, or silently leaves out a section, when a part of its answer could not be loaded.
func TestPartsThatFailedAreNamed(t *testing.T) {
	for _, c := range []struct {
		page  page
		data  string
		named []string
	}{
		{coveragePage, `{"snapshot": "1", "dashboard": {"counts": []}}`, []string{
			"page.coverage.certainty", "page.coverage.documentation", "page.coverage.basis", "page.coverage.predicate", "page.coverage.evidence_kind",
			"page.coverage.country", "page.coverage.target", "page.coverage.document", "page.coverage.years", "page.coverage.values",
			"page.coverage.indicators", "page.coverage.matrix",
		}},
		{aboutPage, `{"snapshot": "1", "scoringProfile": {"name": "default"}}`, []string{"page.about.example.effect", "page.about.example.fact"}},
		{gapsPage, `{"snapshot": "1", "gapMap": {"silentTargetCount": 1, "orphanRecommendationCount": 1, "orphanCaseStudyCount": 1}}`, []string{"page.gaps.silent", "page.gaps.recommendations", "page.gaps.cases"}},
	} {
		for _, l := range bothLanguages {
			shown := rendered(t, c.page, l, "", c.data)
			for _, key := range c.named {
				want := words.Say(l, "page.failed", masar.Args{"section": words.Say(l, key, nil)})
				if !strings.Contains(shown, want) {
					t.Errorf("/%s in %s does not say: %s", c.page.path, l, want)
				}
			}
		}
	}
}

// gapsOf is the map of one cell.
func gapsOf(cell string) string {
	text := `{"value": "Skills", "lang": "EN", "dir": "LTR"}`
	return `{"snapshot": "1", "gapMap": {"silentTargets": [], "orphanRecommendations": [], "orphanCaseStudies": [], "otherRows": 3,
		"rows": [{"key": "skills", "label": ` + text + `}], "columns": [{"key": "16.6", "label": ` + text + `}],
		"cells": [{"row": "skills", "column": "16.6", ` + cell + `}]}}`
}

// Catches: a cell that shows the certainty of a fact, a colour or discs without evidence, a gap without its letter, and a link
// to other claims than those of the cell.
func TestCellsOfTheGapMap(t *testing.T) {
	claims := func(n, rest string) string { // the name of a link begins with what it shows
		return `<span class="number">` + n + `</span><span class="sr"> (number of claims): Skills, SDG target 16.6. ` + rest + `</span>`
	}
	for _, c := range []struct{ cell, class, shows, name string }{
		{`"claims": 2, "certainty": "HIGH", "gaps": []`, `class="k4"`, "●●●●", claims("2", "High certainty.")},
		{`"claims": 1, "certainty": "LOW", "gaps": ["CONTESTED", "THIN"]`, `class="k2"`, "●●○○ X T", "Gaps: Contested evidence, Thin evidence."},
		{`"claims": 1, "documentation": "STATED", "gaps": ["STALE"]`, `class="k0"`, "“ ” O", claims("1", "Stated by a source. Gaps: Stale evidence.")},
		{`"claims": 1, "documentation": "INFERRED", "gaps": ["THIN"]`, `class="k0"`, "∴ T", claims("1", "Inferred by a curator. Gaps: Thin evidence.")},
		{`"claims": 3, "certainty": "VERY_LOW", "gaps": ["ABSOLUTE"]`, `class="nothing"`, "–", claims("3", "No evidence.")},
	} {
		shown := rendered(t, gapsPage, masar.English, "basis=STATED", gapsOf(c.cell))
		cell := shown[strings.Index(shown, "<tbody>"):strings.Index(shown, "</tbody>")]
		for _, want := range []string{c.class, c.shows, c.name, `href="/en/claims?basis=STATED&amp;challenges=skills&amp;targets=16.6"`} {
			if !strings.Contains(cell, want) {
				t.Errorf("%s does not show %s: %s", c.cell, want, cell)
			}
		}
	}
	empty := rendered(t, gapsPage, masar.English, "", gapsOf(`"claims": 0, "gaps": ["ABSOLUTE"]`))
	for _, want := range []string{`<td class="nothing"><span aria-hidden="true">–</span>`, words.Say(masar.English, "page.gaps.excluded", nil), words.Say(masar.English, "page.gaps.other_rows", masar.Args{"n": 3})} {
		if !strings.Contains(empty, want) {
			t.Errorf("a map without claims does not show %s", want)
		}
	}
}

// Catches: a neighbour whose only claims are inferred with a full line, one that a source states with a dashed line, and a
// kind whose other neighbours are not counted.
func TestLinesOfANeighbourhood(t *testing.T) {
	heading := func(kind, code string) string {
		return `{"kind": "` + kind + `", "code": "` + code + `", "title": {"value": "` + code + `", "lang": "EN", "dir": "LTR"}}`
	}
	claim := func(basis, code string) string {
		return `{"claim": {"id": "x", "predicate": "CONCERNS", "basis": "` + basis + `"}, "from": {"kind": "INITIATIVE", "code": "A"}, "to": {"kind": "TOPIC", "code": "` + code + `"}}`
	}
	data := `{"snapshot": "1", "centre": ` + heading("INITIATIVE", "A") + `, "counts": {"kinds": [{"kind": "TOPIC", "count": 40}]}, "neighbourhood": {
		"nodes": [` + strings.Join([]string{heading("INITIATIVE", "A"), heading("TOPIC", "B"), heading("TOPIC", "C")}, ",") + `],
		"links": [` + strings.Join([]string{claim("INFERRED", "B"), claim("STATED", "B"), claim("INFERRED", "C")}, ",") + `]}}`
	shown := rendered(t, aroundPage, masar.English, "", data)
	if lines, dashed := strings.Count(shown, `<path d="M`), strings.Count(shown, `r="4" class="inferred"`); lines < 2 || dashed != 1 {
		t.Errorf("%d of %d lines are dashed, want one", dashed, lines)
	}
	for _, want := range []string{"Topics (2 of 40)", "38 more of this kind: Topics", "Of the 2 shown, 1 is connected by inferred claims only.", `href="/en/topics/C">`} {
		if !strings.Contains(shown, want) {
			t.Errorf("the page does not show %s", want)
		}
	}
}
