package search_test

import (
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"masar"
	"masar/arabic"
)

// typed is a way in which a query is typed.
type typed struct {
	name string
	// as returns the query as it is typed, and whether its last word is a beginning; ok is false if the query cannot be
	// typed in this way.
	as func(query string) (typed string, beginning, ok bool)
	// floor is the minimum quality by language. The quality of the same queries without the change is logged as well.
	floor map[masar.Language]quality
}

// Catches: a change that makes search worse for queries with a slip and for queries that are not complete. The slips and
// the lengths of the beginnings are drawn from the query, and so are the same in each run.
func TestQualityAsTyped(t *testing.T) {
	m := seedGraph(t)
	for _, way := range []typed{
		{"with a missing letter", slipped(missing), map[masar.Language]quality{masar.Arabic: {recall: 0.92, reciprocal: 0.89}, masar.English: {recall: 0.89, reciprocal: 0.85}}},
		{"with two transposed letters", slipped(transposed), map[masar.Language]quality{masar.Arabic: {recall: 0.92, reciprocal: 0.9}, masar.English: {recall: 0.9, reciprocal: 0.86}}},
		{"with a replaced letter", slipped(replaced), map[masar.Language]quality{masar.Arabic: {recall: 0.92, reciprocal: 0.91}, masar.English: {recall: 0.89, reciprocal: 0.87}}},
		{"with its last word begun", begun, map[masar.Language]quality{masar.Arabic: {recall: 0.88, reciprocal: 0.8}, masar.English: {recall: 0.85, reciprocal: 0.79}}},
	} {
		got, complete := map[masar.Language]*quality{masar.Arabic: {}, masar.English: {}}, map[masar.Language]*quality{masar.Arabic: {}, masar.English: {}}
		for _, q := range questions(t) {
			query, beginning, ok := way.as(q.query)
			if q.answers == nil || !ok {
				continue
			}
			complete[q.lang].add(q, m.refs(t, q.query, false))
			found := m.refs(t, query, beginning)
			if recall, _ := got[q.lang].add(q, found); recall == 0 {
				t.Logf("%s: %q, for %q, finds %v", way.name, query, q.query, found)
			}
		}
		for lang, s := range got {
			if s.queries < 35 {
				t.Errorf("%s %s: only %d queries", lang, way.name, s.queries)
			}
			t.Logf("%s, the same queries complete and without a slip: %s", lang, complete[lang])
			s.check(t, string(lang)+" "+way.name, way.floor[lang])
		}
	}
}

// Catches: a code in some form that no longer ranks its entity first.
func TestQualityOfCodes(t *testing.T) {
	m := seedGraph(t)
	var got quality
	for _, e := range m.entities {
		ref := e.Head().Ref()
		if ref.Kind == masar.KindSdgGoal || ref.Kind == masar.KindSdgTarget || ref.Kind == masar.KindSdgIndicator {
			for _, form := range forms(ref.Kind, ref.Code) {
				got.add(question{answers: []masar.Ref{ref}}, m.refs(t, form, false))
			}
		}
	}
	got.check(t, "of codes in all forms", quality{recall: 1, reciprocal: 1})
}

// refs returns the first hits of a query.
func (m *memory) refs(t testing.TB, query string, beginning bool) []masar.Ref {
	t.Helper()
	_, ranking := m.ask(t, query, beginning)
	var refs []masar.Ref
	for _, h := range ranking.Hits[:min(counted, len(ranking.Hits))] {
		refs = append(refs, m.entities[h.Entity].Head().Ref())
	}
	return refs
}

// drawn is a source of numbers that depends on a query only.
func drawn(query string) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(query))
	return rand.New(rand.NewPCG(h.Sum64(), 0))
}

// slipped makes a slip in the longest word of a query, if the result is long enough to be corrected.
func slipped(slip func(word []rune, r *rand.Rand) []rune) func(string) (string, bool, bool) {
	return func(query string) (string, bool, bool) {
		words := strings.Fields(query)
		longest := slices.MaxFunc(words, func(a, b string) int { return letterCount(a) - letterCount(b) })
		if letterCount(longest) < 6 || strings.ContainsFunc(longest, func(r rune) bool { return !unicode.IsLetter(r) }) {
			return "", false, false
		}
		i := slices.Index(words, longest)
		words[i] = string(slip([]rune(longest), drawn(query)))
		return strings.Join(words, " "), false, words[i] != longest && letterCount(words[i]) >= 6
	}
}

// letterCount returns the number of letters of a word without its article. This number decides how many slips are
// corrected.
func letterCount(word string) int {
	return utf8.RuneCountInString(strings.TrimPrefix(arabic.Fold(word), "ال"))
}

// A slip is never in the first three letters: there it would often make another article or prefix.

func missing(word []rune, r *rand.Rand) []rune {
	i := 3 + r.IntN(len(word)-3)
	return slices.Delete(word, i, i+1)
}

func transposed(word []rune, r *rand.Rand) []rune {
	i := 3 + r.IntN(len(word)-4)
	word[i], word[i+1] = word[i+1], word[i]
	return word
}

func replaced(word []rune, r *rand.Rand) []rune {
	letters := []rune("abcdefghijklmnopqrstuvwxyz")
	if unicode.Is(unicode.Arabic, word[0]) {
		letters = []rune("ابتثجحخدذرزسشصضطظعغفقكلمنهوي")
	}
	word[3+r.IntN(len(word)-3)] = letters[r.IntN(len(letters))]
	return word
}

// begun cuts the last word of a query to a beginning of three letters or more.
func begun(query string) (string, bool, bool) {
	at := strings.LastIndexByte(query, ' ') + 1
	word := []rune(query[at:])
	if len(word) < 5 || strings.ContainsFunc(string(word), func(r rune) bool { return !unicode.IsLetter(r) }) {
		return "", false, false
	}
	return query[:at] + string(word[:3+drawn(query).IntN(len(word)-3)]), true, true
}
