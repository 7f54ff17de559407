package search_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"masar"
	"masar/answers"
	"masar/search"
)

// topic is an entity with English texts.
func topic(code, title, summary string, names ...string) masar.Entity {
	e := &masar.Topic{Header: masar.Header{
		Kind: masar.KindTopic, Code: code,
		Titles: masar.LocalizedText{EN: masar.Translation{Value: title}}, Summaries: masar.LocalizedText{EN: masar.Translation{Value: summary}},
	}}
	for _, n := range names {
		e.OtherNames = append(e.OtherNames, masar.Alias{Name: n, Lang: masar.English})
	}
	return e
}

// order returns the codes of the entities that a query finds, best first. Codes with equal scores are joined.
func order(t *testing.T, query string, entities ...masar.Entity) string {
	t.Helper()
	m := newMemory(entities, nil)
	_, ranking := m.search(t, query)
	var codes []string
	for i, h := range ranking.Hits {
		code := entities[h.Entity].Head().Code
		if i > 0 && h.Score == ranking.Hits[i-1].Score {
			codes[len(codes)-1] += "=" + code
		} else {
			codes = append(codes, code)
		}
	}
	return strings.Join(codes, " ")
}

// Catches: an order that ignores the field, form, number, rarity or order of the words.
func TestOrder(t *testing.T) {
	other := topic("z", "Something else", "")
	for _, c := range []struct {
		why, query, want string
		entities         []masar.Entity
	}{
		{"code, title, other name, summary", "forest", "forest a b c", []masar.Entity{
			topic("c", "Trees", "All about the forest."), topic("b", "Trees", "", "The forest of pines"), topic("a", "The forest of firs", ""), topic("forest", "Trees", ""), other,
		}},
		{"a whole title before a longer one", "forest", "b a", []masar.Entity{topic("a", "Forest of firs", ""), topic("b", "The forest", ""), other}},
		{"the very form before another", "forests", "b a", []masar.Entity{topic("a", "Pine forest law", ""), topic("b", "Pine forests law", ""), other}},
		{"a word before its synonym", "حوكمة", "a b", []masar.Entity{topic("b", "a حاكمية x", ""), topic("a", "a حوكمة x", ""), other}},
		{"a synonym before a near one", "رقمي", "a b", []masar.Entity{topic("b", "electronic y", ""), topic("a", "digital y", ""), other}},
		{"all words alone, where something has them", "forest law", "b", []masar.Entity{topic("a", "Forest", ""), topic("b", "x law of the y forest", ""), topic("c", "Law", ""), other}},
		{"the rarer word, where nothing has all", "forest law moon", "c a=b", []masar.Entity{topic("a", "x law", ""), topic("b", "y law", ""), topic("c", "x forest", "")}},
		{"words in their order", "forest law", "b a", []masar.Entity{topic("a", "x law forest", ""), topic("b", "x forest law", ""), other}},
		{"more places", "forest", "b a", []masar.Entity{topic("a", "x forest", ""), topic("b", "x forest", "A forest."), other}},
		{"equals by kind and code", "forest", "a=b", []masar.Entity{topic("a", "x forest", ""), topic("b", "y forest", ""), other}},
		{"a code before what it is a part of", "16.6", "16.6 16.6.1=16.6.2", []masar.Entity{topic("16.6", "x", ""), topic("16.6.1", "x", ""), topic("16.6.2", "x", ""), topic("6.16", "x", ""), topic("16.60", "x", "")}},
	} {
		if got := order(t, c.query, c.entities...); got != c.want {
			t.Errorf("%s: %s: got %q, want %q", c.why, c.query, got, c.want)
		}
	}
}

// Catches: claims that count more than words, or not at all.
func TestClaimsCountALittle(t *testing.T) {
	entities := []masar.Entity{topic("a", "x forest", ""), topic("b", "y forest", ""), topic("c", "Forest", ""), topic("d", "z", "")}
	var claims []*masar.Claim
	for range 5 {
		claims = append(claims, &masar.Claim{Subject: entities[1].Head().Ref(), Object: entities[3].Head().Ref()})
	}
	_, ranking := newMemory(entities, claims).search(t, "forest")
	var got []int32
	for _, h := range ranking.Hits {
		got = append(got, h.Entity)
	}
	if !slices.Equal(got, []int32{2, 1, 0}) {
		t.Errorf("found %v; the whole title comes first, then what has claims", got)
	}
}

// Catches: scores outside 0 to 1, answers that change between runs, hits without an explanation, and highlights that
// are not whole words of the text.
func TestHitsOfTheSeed(t *testing.T) {
	m := seedGraph(t)
	for _, question := range questions(t) {
		q, ranking := m.search(t, question.query)
		_, again := m.search(t, question.query)
		if fmt.Sprint(ranking) != fmt.Sprint(again) {
			t.Errorf("%q does not find the same twice", question.query)
		}
		for i, h := range ranking.Hits {
			e := m.entities[h.Entity]
			if h.Score <= 0 || h.Score > 1 || i > 0 && h.Score > ranking.Hits[i-1].Score {
				t.Errorf("%q: %s scores %v", question.query, e.Head().Ref(), h.Score)
			}
			why, highlights := q.Explain(e)
			if len(why) == 0 {
				t.Errorf("%q: nothing says why %s was found", question.query, e.Head().Ref())
			}
			for _, light := range highlights {
				checkRanges(t, question.query, light)
			}
		}
	}
}

func checkRanges(t *testing.T, query string, h answers.Highlight) {
	t.Helper()
	written := []rune(h.Value)
	last := -1
	for _, r := range h.Ranges {
		if r.Start < last || r.Start >= r.End || r.End > len(written) {
			t.Fatalf("%q: ranges %v of %q", query, h.Ranges, h.Value)
		}
		word := string(written[r.Start:r.End])
		if _, err := search.Parse(word); err != nil && h.Field != answers.FieldCode || strings.TrimSpace(word) != word {
			t.Errorf("%q: %v marks %q in %q", query, r, word, h.Value)
		}
		last = r.End
	}
}

// Catches: explanations and highlights that do not match what was found.
func TestExplain(t *testing.T) {
	e := topic("digital-identity", "Digital identity", "Who one is, digitally: the electronic way.", "e-ID")
	for _, c := range []struct{ query, why, marked string }{
		{"digital identity", "[CODE TITLE ALIAS SUMMARY]", "[digital-identity Digital identity e-ID digitally]"},
		{"Identities", "[CODE TITLE VARIANT]", "[identity identity]"},
		{"الهوية الرقمية", "[TITLE ALIAS SUMMARY SYNONYM]", "[Digital identity e-ID digitally]"},
		{"topic identity", "[CODE TITLE KIND]", "[identity identity]"},
		{"electronic", "[TITLE SUMMARY]", "[Digital electronic]"},
		{"moon", "[]", "[]"},
	} {
		q, err := search.Parse(c.query)
		if err != nil {
			t.Fatal(err)
		}
		why, highlights := q.Explain(e)
		var marked []string
		for _, h := range highlights {
			for _, r := range h.Ranges {
				marked = append(marked, string([]rune(h.Value)[r.Start:r.End]))
			}
		}
		if fmt.Sprint(why) != c.why || fmt.Sprint(marked) != c.marked {
			t.Errorf("%s: %v %v, want %s %s", c.query, why, marked, c.why, c.marked)
		}
	}
}
