package search_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"masar"
	"masar/search"
)

// Catches: queries that are too long or have no searchable word, and refusals without a reason.
func TestRefusals(t *testing.T) {
	for query, says := range map[string]string{
		"":                       "error.query.empty",
		" \t\n":                  "error.query.empty",
		"؟!… \u200f":             "error.query.empty",
		"of the":                 "error.query.common",
		"من في على":              "error.query.common",
		strings.Repeat("ا", 201): "error.query.long allowed=200",
		"a1 b2 c3 d4 e5 f6 g7 h8 i9 j10 k11 l12 m13 n14 o15 p16 q17": "error.query.words allowed=16",
	} {
		_, err := search.Parse(query)
		if masar.ErrorCode(err) != masar.CodeBadInput || !strings.Contains(err.Error(), says) || !strings.HasPrefix(err.Error(), "query: ") {
			t.Errorf("%q: %v", query, err)
		}
	}
	for _, query := range []string{strings.Repeat("ا", 200), "x", "16.6", "the state of Egypt"} {
		if _, err := search.Parse(query); err != nil {
			t.Errorf("%q: %v", query, err)
		}
	}
}

// term is the syntax of a lookup. It contains no character with a meaning in DQL.
var term = regexp.MustCompile(`^[=^#]?[\p{L}\p{N}\p{Mc}][\p{L}\p{N}\p{Mc} .@&-]*$`)

// Catches: a query that exceeds the bounds, looks up a term twice, or looks up an invalid term.
func FuzzParse(f *testing.F) {
	for _, q := range questions(f) {
		f.Add(q.query)
	}
	f.Add(`") { uid } x(func: has(xid)) { uid } #`)
	f.Add("\u0000\u202e\ufeff _STAR_ALL [0x1,0x2] $t0")
	f.Add("16.6.1.2.3.4.5 a-b-c-d-e-f-g U.N. SDG16.6 ١٦٫٦ مشروعENACT")
	f.Fuzz(func(t *testing.T, query string) {
		q, err := search.Parse(query)
		if err != nil {
			if masar.ErrorCode(err) != masar.CodeBadInput {
				t.Fatal(err)
			}
			return
		}
		seen := map[search.Lookup]bool{}
		for _, l := range q.Lookups() {
			if seen[l] || !term.MatchString(l.Term) || !utf8.ValidString(l.Term) {
				t.Errorf("%q looks up %q in %d", query, l.Term, l.Part)
			}
			seen[l] = true
		}
		if n := len(q.Lookups()); n > 700 { // there are none if no word has an indexed length
			t.Errorf("%q makes %d lookups", query, n)
		}
		q.Explain(&masar.Topic{Header: masar.Header{Kind: masar.KindTopic, Code: "x", Titles: masar.LocalizedText{AR: masar.Translation{Value: query}}}})
	})
}

// Catches: terms that are not sorted or not unique. Then the same entity would be written again.
func TestTermsAreSets(t *testing.T) {
	for _, e := range seedGraph(t).entities {
		for part, terms := range search.TermsOf(e) {
			if !slices.IsSorted(terms) || len(slices.Compact(slices.Clone(terms))) != len(terms) {
				t.Errorf("%s: part %d: %q", e.Head().Ref(), part, terms)
			}
			for _, s := range terms {
				if !term.MatchString(s) && search.Part(part) != search.Spellings {
					t.Errorf("%s: part %d has %q", e.Head().Ref(), part, s)
				}
			}
		}
	}
}

// Catches: a part of an entity that is not indexed, or a wrong term.
func TestTermsOf(t *testing.T) {
	e := &masar.Country{ISO2: "OM", M49: "512", Header: masar.Header{
		Kind: masar.KindCountry, Code: "OMX",
		Titles:     masar.LocalizedText{AR: masar.Translation{Value: "سلطنة عُمان"}, EN: masar.Translation{Value: "The Sultanate"}},
		OtherNames: []masar.Alias{{Name: "e-Oman 2030", Lang: masar.English}},
		Summaries:  masar.LocalizedText{EN: masar.Translation{Value: "Target 16.6.2 of the policies"}},
	}}
	want := search.Terms{
		search.Codes:  {"=512", "=om", "=omx", "512", "om", "omx"},
		search.Titles: {"=sultanate", "=سلطنه", "=عمان", "^sultan", "^سلطن عمان", "sultan", "سلطن", "سلطن عمان", "عمان"},
		search.Names:  {"2030", "=2030", "=e", "=eoman", "=oman", "^eoman 2030", "e", "eoman", "eoman 2030", "oman"},
		search.Texts:  {"16", "16.6", "16.6.2", "policy", "target", "=16", "=16.6", "=16.6.2", "=policies", "=target", "#countri", "#بلد", "#دوله"},
		// The vowel signs of عمان are not letters: the analyser does not change its spelling.
		search.Spellings: {"سلطنه=سلطنة"},
	}
	for part, terms := range search.TermsOf(e) {
		w := slices.Sorted(slices.Values(want[part]))
		if !slices.Equal(terms, w) {
			t.Errorf("part %d\n got %q\nwant %q", part, terms, w)
		}
	}
}

// Catches: a kind that cannot be found by its name.
func TestEveryKindHasWords(t *testing.T) {
	for _, kind := range masar.Kinds {
		e := masar.NewEntity(kind)
		e.Head().Kind = kind
		if len(search.TermsOf(e)[search.Texts]) < 2 {
			t.Errorf("kinds.txt has no words in both languages for %s", kind)
		}
	}
}
