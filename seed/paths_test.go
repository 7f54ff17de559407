package seed

import (
	"maps"
	"slices"
	"testing"

	"masar"
	"masar/answers"
)

// withoutPolicyPath are the countries with cases and without a short path to a target, with the reason.
var withoutPolicyPath = map[string]string{
	"QAT": "of its one named case only the name is known, and media analytics points at no target",
}

const mostPolicyHops = 3

// TestPolicyPathOfEachCountry checks that each country with cases has a path to an SDG target along policy claims, of
// at most mostPolicyHops.
func TestPolicyPathOfEachCountry(t *testing.T) {
	graph := curated(t)
	next := map[masar.Ref][]*masar.Claim{}
	for _, c := range graph.Claims {
		if slices.Contains(answers.PathPatterns[answers.PatternPolicy], c.Predicate) {
			next[c.Subject] = append(next[c.Subject], c)
			next[c.Object] = append(next[c.Object], c)
		}
	}
	countries := map[masar.Ref]bool{}
	for _, o := range graph.Observations {
		if o.Indicator == "ENACT_CASES" {
			countries[o.Of] = true
		}
	}
	for _, country := range slices.SortedFunc(maps.Keys(countries), masar.Ref.Compare) {
		t.Run(country.Code, func(t *testing.T) {
			path := shortest(next, country)
			reason, excepted := withoutPolicyPath[country.Code]
			switch {
			case excepted && path != nil:
				t.Errorf("there is a path now; remove the exception: %q", sentences(path))
			case !excepted && (path == nil || len(path) > mostPolicyHops):
				t.Errorf("no path of %d hops to a target: %q", mostPolicyHops, sentences(path))
			case excepted:
				t.Log(reason)
			default:
				t.Logf("%q", sentences(path))
			}
		})
	}
}

// shortest is the shortest path from an entity to an SDG target; nil if there is none.
func shortest(next map[masar.Ref][]*masar.Claim, from masar.Ref) []*masar.Claim {
	type way struct {
		at    masar.Ref
		steps []*masar.Claim
	}
	seen := map[masar.Ref]bool{from: true}
	for queue := []way{{at: from}}; len(queue) > 0; queue = queue[1:] {
		w := queue[0]
		if w.at.Kind == masar.KindSdgTarget {
			return w.steps
		}
		for _, c := range next[w.at] {
			to := c.Object
			if to == w.at {
				to = c.Subject
			}
			if !seen[to] {
				seen[to] = true
				queue = append(queue, way{to, append(slices.Clone(w.steps), c)})
			}
		}
	}
	return nil
}

func sentences(path []*masar.Claim) []string {
	return each(path, sentence)
}

// TestOneRuleOfDirectness checks that no evidence item is more direct than its claim allows. The evidence of an
// inferred claim is not explicit, and a stated claim has some explicit evidence.
func TestOneRuleOfDirectness(t *testing.T) {
	graph := curated(t)
	basis, stated := map[masar.ClaimKey]masar.Basis{}, map[masar.ClaimKey]bool{}
	for _, c := range graph.Claims {
		basis[c.Key] = c.Basis
	}
	for _, e := range graph.Evidence {
		above := e.Directness == masar.Named || e.Directness == masar.GoalNamed
		stated[e.ClaimKey] = stated[e.ClaimKey] || above || e.Directness == masar.MetadataOnly
		if above && basis[e.ClaimKey] == masar.Inferred {
			t.Errorf("%s of an inferred claim: %s [%d, %d)", e.Directness, e.Passage.Source, e.Passage.Start, e.Passage.End)
		}
	}
	for _, c := range graph.Claims {
		if c.Basis == masar.Stated && !stated[c.Key] {
			t.Errorf("a stated claim without explicit evidence: %s", sentence(c))
		}
	}
}

// TestRecordsBearTheirPublishersFamily checks that bibliographic records are no independent sources. Each has its text
// in the seed, and its evidence is METADATA.
func TestRecordsBearTheirPublishersFamily(t *testing.T) {
	graph := curated(t)
	texts := map[masar.Ref]*masar.SourceText{}
	for _, text := range graph.Texts {
		texts[text.Document] = text
	}
	records := 0
	for _, e := range graph.Entities {
		d, ok := e.(*masar.Document)
		if !ok || d.Publishing.Code != "MASAR-CURATORS" {
			continue
		}
		records++
		if texts[d.Ref()] == nil || d.Form != masar.DocumentDataset || d.Family == "" {
			t.Errorf("%s is of form %s and family %q, text %v", d.Ref(), d.Form, d.Family, texts[d.Ref()] != nil)
		}
	}
	if records == 0 || records != len(texts) {
		t.Errorf("%d records and %d texts", records, len(texts))
	}
	for _, e := range graph.Evidence {
		if texts[e.Passage.Source] != nil && e.Directness != masar.MetadataOnly {
			t.Errorf("%s of %s [%d, %d)", e.Directness, e.Passage.Source, e.Passage.Start, e.Passage.End)
		}
	}
}
