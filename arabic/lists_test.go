package arabic

import (
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// Catches a synonym that is not found from the one side or the other, or an article or ending that hides it.
func TestSynonyms(t *testing.T) {
	for _, p := range pairs(t, "synonyms.tsv", 30) {
		terms, want := Analyse(p[0]), Words(p[1])
		if !slices.ContainsFunc(Expand(terms), func(e Expansion) bool {
			return coversAll(terms, e.Terms) && slices.ContainsFunc(e.Alternatives[1:], func(a Alternative) bool {
				return slices.Equal(a.Words, want) && a.Weight > 0 && a.Weight < 1
			})
		}) {
			t.Errorf("%q does not expand to %q: %v", p[0], want, Expand(terms))
		}
	}
}

// coversAll reports whether the chosen terms leave out nothing but stop words and parts.
func coversAll(terms []Term, chosen []int) bool {
	for i, term := range terms {
		if !term.Stop && !term.Part && !slices.Contains(chosen, i) {
			return false
		}
	}
	return true
}

// Catches an expansion that loses the words asked for, or is not ordered.
func TestExpandKeepsWhatWasAsked(t *testing.T) {
	terms := Analyse("خدمات الهوية الرقمية في مصر")
	expansions := Expand(terms)
	for i, term := range terms {
		if !slices.ContainsFunc(expansions, func(e Expansion) bool {
			return slices.Equal(e.Terms, []int{i}) && slices.Equal(e.Alternatives[0].Words, []string{term.Text}) && e.Alternatives[0].Weight == 1
		}) {
			t.Errorf("%s is not among %v", term.Text, expansions)
		}
	}
	for _, e := range expansions {
		if !slices.IsSortedFunc(e.Alternatives, func(a, b Alternative) int {
			switch {
			case a.Weight > b.Weight:
				return -1
			case a.Weight < b.Weight:
				return 1
			}
			return 0
		}) {
			t.Errorf("%v is not ordered by weight", e)
		}
	}
	if len(Expand(nil)) != 0 {
		t.Error("nothing expands to something")
	}
}

// Catches a group of synonyms with nothing in it that another spelling would not find anyway.
func TestSynonymGroups(t *testing.T) {
	for line := range Lines(synonymsText) {
		members := map[string]bool{}
		for member := range strings.SplitSeq(line, "|") {
			words := Words(strings.TrimPrefix(strings.TrimSpace(member), "~"))
			if len(words) == 0 {
				t.Errorf("%q: %q has no words", line, member)
			}
			members[strings.Join(words, " ")] = true
		}
		if len(members) < 2 {
			t.Errorf("%q says one thing only", line)
		}
	}
}

// Catches a noun of the list that keeps its proclitic, and a list that says what another one takes back.
func TestNounsLoseTheirProclitics(t *testing.T) {
	for line := range Lines(nounsText) {
		for noun := range strings.FieldsSeq(line) {
			if utf8.RuneCountInString(noun) < 3 { // listed for its longer forms: بحقوقهم
				continue
			}
			for _, proclitic := range []string{"ب", "بال", "وبال"} {
				if a, b := Words(proclitic+noun), Words(noun); !slices.Equal(a, b) && !isOwn([]rune(Fold(proclitic+noun))) {
					t.Errorf("%s%s gives %q, and %s %q", proclitic, noun, a, noun, b)
				}
			}
		}
	}
}

// Catches a word of own.txt that loses its first letter, with and without article.
func TestOwnWordsStayWhole(t *testing.T) {
	for line := range Lines(ownText) {
		for word := range strings.FieldsSeq(line) {
			want := cutEndings(Fold(word))
			for _, written := range []string{word, "و" + word} {
				if got, _ := stem(Fold(written)); got != want {
					t.Errorf("%s gives %s, want %s", written, got, want)
				}
			}
		}
	}
}

// Catches an irregular form that a stop word hides, or that does not meet its head with the article before it.
func TestIrregularFormsMeetTheirHeads(t *testing.T) {
	for form, head := range irregular {
		if stopwords[form] {
			t.Errorf("%s is a stop word and a form of %s", form, head)
		}
		if scriptOf([]rune(form)[0]) != arab {
			continue
		}
		for _, article := range []string{"ال", "وال", "بال"} {
			if got, _ := stem(article + form); got != head && !strings.HasPrefix(form, "ال") {
				t.Errorf("%s%s gives %s, want %s", article, form, got, head)
			}
		}
	}
}

// Catches a city or country that is chosen for the reader, or not chosen though the query says which.
func TestAmbiguities(t *testing.T) {
	const oman, amman = "COUNTRY/OMN", ""
	for _, c := range []struct {
		query, word string
		meant       int
	}{
		{"عمان", "عمان", -1},
		{"ممارسات عمان", "عمان", -1},
		{"عُمان", "عُمان", 0},
		{"لعُمان", "لعُمان", 0},
		{"عُـمان", "عُـمان", 0},
		{"عمّان", "عمّان", 1},
		{"عَمان", "عَمان", 1},
		{"عمانَ", "عمانَ", -1}, // the sign on the last letter is its case
		{"عمَان", "عمَان", -1}, // both readings have this one
		{"سلطنة عمان", "عمان", 0},
		{"اجتماع عمان-الأردن", "عمان", 1},
		{"عمان والأردن وسلطنة", "عمان", -1},
		{"MCIT", "MCIT", -1},
		{"mcit egypt", "mcit", 0},
		{"وزارة الاتصالات وتقنية المعلومات، مصر", "وزارة الاتصالات وتقنية المعلومات", 0},
	} {
		got := Ambiguities(c.query)
		if len(got) != 1 || len(got[0].Readings) != 2 {
			t.Errorf("%q: %+v, want one word with two readings", c.query, got)
			continue
		}
		if word := string([]rune(c.query)[got[0].Start:got[0].End]); word != c.word || got[0].Meant != c.meant {
			t.Errorf("%q: %q means %d, want %q and %d", c.query, word, got[0].Meant, c.word, c.meant)
		}
	}
	if got := Ambiguities("عمان")[0].Readings; got[0].Entity != oman || got[1].Entity != amman {
		t.Errorf("the readings are %+v", got)
	}
	if got := Ambiguities(strings.Repeat("عمان ", 20_000)); len(got) != 20_000 { // in a blink
		t.Errorf("of 20000 words %d are told", len(got))
	}
	// A word of an ambiguous name would settle the name by itself.
	for _, w := range ambiguous {
		for _, r := range w.readings {
			for _, word := range r.beside {
				if slices.Contains(w.words, word) {
					t.Errorf("%v: %s settles its own name", w.words, word)
				}
			}
		}
	}
	for _, query := range []string{"", "مصر", "العمانية", "Oman", "وزارة الاتصالات", "e-MCIT"} {
		if got := Ambiguities(query); len(got) != 0 {
			t.Errorf("%q has readings: %+v", query, got)
		}
	}
}

// Catches rules that cut too much, on more text than the tables hold: hardly any longer word of the seed's topics may
// come down to two letters.
func TestSeedWordsKeepThreeLetters(t *testing.T) {
	seed, err := os.ReadFile("../seed/common/topics.yaml")
	if err != nil {
		t.Fatal(err) // the seed is part of the project
	}
	short, all := map[string]bool{}, map[string]bool{}
	for _, term := range Analyse(string(seed)) {
		if word := []rune(term.Exact); !term.Stop && scriptOf(word[0]) == arab && len(word) > 4 {
			all[term.Exact] = true
			if len([]rune(term.Text)) < 3 {
				short[term.Exact] = true
			}
		}
	}
	if len(all) < 200 || len(short)*100 > len(all) {
		t.Errorf("of %d words %d keep less than three letters: %v", len(all), len(short), short)
	}
}
