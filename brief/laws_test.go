package brief_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"masar"
	"masar/brief"
	"masar/internal/masartest"
	"masar/words"
)

// Catches: in any brief, a claim without a source, a source that nothing cites, a wrong rating, a quotation that is not
// verified, texts that differ in their sources, and a text that is not finished.
func TestLaws(t *testing.T) {
	t.Run("seed", func(t *testing.T) { everyBriefIsLawful(t, masartest.Start(t)) })
	t.Run("disputed", func(t *testing.T) { everyBriefIsLawful(t, masartest.Disputed(t)) })
}

// everyBriefIsLawful checks the brief of every target, country and recommendation, and those of some paths.
func everyBriefIsLawful(t *testing.T, s *masartest.Service) {
	asker := askerOf(t, s)
	addresses := all(t, asker)
	if len(addresses) < 5 {
		t.Fatalf("%d briefs", len(addresses))
	}
	cited := 0
	for _, address := range addresses {
		asker.answers = nil
		b := asker.made(t, address)
		cited += len(b.Sources)
		for _, fault := range faults(b, known(t, asker.answers)) {
			t.Errorf("%s: %s", address, fault)
		}
	}
	t.Logf("%d briefs with %d sources", len(addresses), cited)
}

// all are the addresses of the briefs of a service.
func all(t *testing.T, a *asker) []string {
	t.Helper()
	data, err := a.ask(t.Context(), `{
		sdgTargets(first: 100) { nodes { code recommendations(first: 0, includeGoalLevel: true) { totalCount } } pageInfo { endCursor } }
		countries(first: 100) { nodes { code } }
		recommendations(first: 100) { nodes { code targets(first: 1) { nodes { code } } } }
	}`, nil)
	if err != nil {
		t.Fatal(err)
	}
	var found struct {
		SdgTargets struct {
			Nodes []struct {
				Code            string
				Recommendations struct{ TotalCount int }
			}
			PageInfo struct{ EndCursor string }
		}
		Countries       struct{ Nodes []struct{ Code string } }
		Recommendations struct {
			Nodes []struct {
				Code    string
				Targets struct{ Nodes []struct{ Code string } }
			}
		}
	}
	read(t, data, &found)
	more, err := a.ask(t.Context(), `query($after: String) {
		sdgTargets(first: 100, after: $after) { nodes { code recommendations(first: 0, includeGoalLevel: true) { totalCount } } }
	}`, map[string]any{"after": found.SdgTargets.PageInfo.EndCursor})
	if err != nil {
		t.Fatal(err)
	}
	first := slices.Clone(found.SdgTargets.Nodes)
	found.SdgTargets.Nodes = nil
	read(t, more, &found)
	var addresses []string
	for _, target := range append(first, found.SdgTargets.Nodes...) {
		if target.Recommendations.TotalCount > 0 {
			addresses = append(addresses, "targets/"+target.Code)
			if len(addresses)%3 == 1 {
				addresses = append(addresses, "targets/"+target.Code+"?country="+found.Countries.Nodes[len(addresses)%len(found.Countries.Nodes)].Code)
			}
		}
	}
	for i, c := range found.Countries.Nodes {
		addresses = append(addresses, "countries/"+c.Code)
		if len(first) > 0 && i%3 == 0 {
			addresses = append(addresses, "countries/"+c.Code+"?target=16.6")
		}
	}
	for i, r := range found.Recommendations.Nodes {
		addresses = append(addresses, "recommendations/"+r.Code)
		if i%4 == 0 {
			c := found.Countries.Nodes[i%len(found.Countries.Nodes)]
			addresses = append(addresses, "path?from=RECOMMENDATION:"+r.Code+"&to=COUNTRY:"+c.Code)
		}
	}
	return addresses
}

func read(t *testing.T, data json.RawMessage, into any) {
	t.Helper()
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatal(err)
	}
}

// answered is what the API said of the claims and quotations of a brief.
type answered struct {
	// natures are the natures of the claims by their IDs, and ratings the certainties or documentations that a list gives them.
	natures map[string]masar.ClaimNature
	ratings map[string][]string
	quotes  map[string]bool
}

func known(t *testing.T, answers []json.RawMessage) answered {
	t.Helper()
	k := answered{natures: map[string]masar.ClaimNature{}, ratings: map[string][]string{}, quotes: map[string]bool{}}
	for _, answer := range answers {
		var data any
		read(t, answer, &data)
		k.collect(data)
	}
	return k
}

func (k answered) collect(value any) {
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			k.collect(item)
		}
	case map[string]any:
		if id, ok := v["id"].(string); ok && v["predicate"] != nil {
			k.rate(id, v["support"])
		}
		if claim, ok := v["claim"].(map[string]any); ok {
			k.rate(fmt.Sprint(claim["id"]), v["support"])
		}
		if quote, ok := v["quote"].(map[string]any); ok && v["quoteStatus"] == "VERIFIED" {
			k.quotes[fmt.Sprint(quote["value"])] = true
		}
		for _, item := range v {
			k.collect(item)
		}
	}
}

func (k answered) rate(id string, support any) {
	s, ok := support.(map[string]any)
	if !ok {
		return
	}
	if nature, ok := s["nature"].(string); ok {
		k.natures[id] = masar.ClaimNature(nature)
	}
	for _, of := range []any{s["certainty"], s["documentation"]} {
		if of != nil {
			k.ratings[id] = append(k.ratings[id], fmt.Sprint(of))
		}
	}
}

// faults are the laws that a brief breaks.
func faults(b brief.Brief, k answered) []string {
	all := slices.Concat(ratings(b, k), sources(b, k), numbers(b), unfinished(b))
	if len(b.Texts) == 2 {
		ar, en := trace(b.Texts[0]), trace(b.Texts[1])
		if !reflect.DeepEqual(ar, en) {
			all = append(all, fmt.Sprintf("the texts cite different sources or claims:\n%v\n%v", ar, en))
		}
	}
	return all
}

// lines are the paragraphs of a text in reading order; the cells of a row are one line.
func lines(t brief.Text) []brief.Paragraph {
	var all []brief.Paragraph
	for _, s := range slices.Concat(t.Sections, t.Annex) {
		for _, block := range s.Blocks {
			all = append(all, block.List...)
			if block.Paragraph != nil {
				all = append(all, block.Paragraph)
			}
			if block.Table != nil {
				for _, row := range block.Table.Rows {
					all = append(all, slices.Concat(row...))
				}
			}
		}
	}
	return append(all, t.Footer...)
}

// trace are the claims and citations of a text in reading order.
func trace(t brief.Text) []string {
	var all []string
	for _, line := range lines(t) {
		for _, r := range line {
			if r.Claim != "" {
				all = append(all, r.Claim)
			}
			if r.Cites != nil {
				all = append(all, fmt.Sprint(r.Cites))
			}
		}
	}
	return all
}

// ratings: every claim has its own rating and a source after it, and no fact has a certainty.
func ratings(b brief.Brief, k answered) (faults []string) {
	bySource := map[string]bool{}
	for _, s := range b.Sources {
		for _, c := range s.Claims {
			bySource[c] = true
		}
	}
	for _, t := range b.Texts {
		for _, line := range lines(t) {
			for i, r := range line {
				if r.Claim == "" {
					continue
				}
				if !bySource[r.Claim] {
					faults = append(faults, fmt.Sprintf("the claim %s has no source", r.Claim))
				}
				if !slices.ContainsFunc(line[i:], func(r brief.Run) bool { return len(r.Cites) > 0 }) {
					faults = append(faults, fmt.Sprintf("nothing is cited after %q", r.Text))
				}
				if !slices.Contains(labels(t.Language, r.Claim, k), r.Text) {
					faults = append(faults, fmt.Sprintf("%s of the claim %s is rated %q", k.natures[r.Claim], r.Claim, r.Text))
				}
			}
		}
	}
	return faults
}

// labels are the labels that the rating of a claim may have.
func labels(l masar.Language, claim string, k answered) []string {
	var all []string
	for _, rating := range k.ratings[claim] {
		switch k.natures[claim] {
		case masar.Effect:
			all = append(all, words.Value(l, masar.Certainty(rating)))
		case masar.Fact:
			all = append(all, words.Value(l, masar.Documentation(rating)))
		}
	}
	return all
}

// sources: every text cites every source and no other, and a quotation is verified or withheld with the reason.
func sources(b brief.Brief, k answered) (faults []string) {
	for _, t := range b.Texts {
		cited := map[int]bool{}
		for _, line := range lines(t) {
			for _, r := range line {
				for _, n := range r.Cites {
					cited[n] = true
				}
			}
		}
		want := map[int]bool{}
		for i := range b.Sources {
			want[i+1] = true
		}
		if !maps.Equal(cited, want) {
			faults = append(faults, fmt.Sprintf("%s cites %v of %d sources", t.Language, slices.Sorted(maps.Keys(cited)), len(b.Sources)))
		}
	}
	for i, s := range b.Sources {
		switch {
		case s.Number != i+1:
			faults = append(faults, fmt.Sprintf("source %d is in place %d", s.Number, i+1))
		case s.Quotation == nil && s.Withheld == nil, s.Quotation != nil && s.Withheld != nil:
			faults = append(faults, fmt.Sprintf("source %d is neither quoted nor withheld, or both", s.Number))
		case s.Quotation != nil && !k.quotes[s.Quotation.Text]:
			faults = append(faults, fmt.Sprintf("source %d has a quotation that is not verified", s.Number))
		}
		for _, l := range []masar.Language{masar.Arabic, masar.English} {
			if s.Title[l] == "" || s.Place[l] == "" || s.Withheld != nil && (*s.Withheld)[l] == "" {
				faults = append(faults, fmt.Sprintf("source %d lacks a text in %s", s.Number, l))
			}
		}
	}
	return faults
}

// numbers: sources are numbered by their first citation.
func numbers(b brief.Brief) (faults []string) {
	for _, t := range b.Texts {
		next := 1
		for _, line := range lines(t) {
			for _, r := range line {
				for _, n := range r.Cites {
					if n > next {
						faults = append(faults, fmt.Sprintf("%s cites %d before %d", t.Language, n, next))
					}
					next = max(next, n+1)
				}
			}
		}
	}
	return faults
}

var (
	slot     = regexp.MustCompile(`\{[a-z]*\}|\b(?:page|brief|label|count)\.[a-z_.]+`)
	isoDate  = regexp.MustCompile(`\b\d{4}-\d{2}-\d{2}\b`)
	latinSDG = regexp.MustCompile(`(?:الغاية|الهدف) \d+\.\d`)
)

// unfinished: no text has an empty slot, the key of a message, a date in digits or, in Arabic, an SDG code in its Latin form.
func unfinished(b brief.Brief) (faults []string) {
	for _, t := range b.Texts {
		var whole strings.Builder
		whole.WriteString(t.Title + "\n" + t.Date)
		for _, s := range slices.Concat(t.Sections, t.Annex) {
			whole.WriteString("\n" + s.Heading)
		}
		for _, line := range lines(t) {
			whole.WriteString("\n")
			for _, r := range line {
				if r.Address == "" {
					whole.WriteString(r.Text)
				}
			}
		}
		for _, wrong := range []*regexp.Regexp{slot, isoDate, latinSDG} {
			for _, m := range wrong.FindAllString(whole.String(), -1) {
				faults = append(faults, fmt.Sprintf("the text in %s has %q", t.Language, m))
			}
		}
	}
	return faults
}
