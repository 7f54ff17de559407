package arabic

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// Catches a wrong cut between words, a wrong place, a lost part or position.
func TestAnalyse(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{" ،.-'@ـَ", ""},
		{"الحوكمةُ الرقمية", "حوكم 0-8 p0, رقمي 9-16 p1"},
		{"ـمـَصر", "مصر 1-6 p0"},
		{"مشروعENACT", "مشروع 0-5 p0, enact 5-10 p1"},
		{"الأهداف 9 و16", "هدف 0-7 p0, 9 8-9 p1, و 10-11 p2 stop, 16 11-13 p3"},
		{"16.6", "16.6 0-4 p0w2, 16 0-2 p0 part, 6 3-4 p1 part"},
		{"16.6.1", "16.6.1 0-6 p0w3, 16.6 0-4 p0w2 part, 16 0-2 p0 part, 6 3-4 p1 part, 1 5-6 p2 part"},
		{"17.A.", "17.a 0-4 p0w2, 17 0-2 p0 part, a 3-4 p1 stop part"},
		{"- 16.10- ضمان", "16.10 2-7 p0w2, 16 2-4 p0 part, 10 5-7 p1 part, ضمان 9-13 p2"},
		{"e.Gov@ASP", "e.gov@asp 0-9 p0w3, e.gov 0-5 p0w2 part, e 0-1 p0 part, gov 2-5 p1 part, asp 6-9 p2 part"},
		{"ENACT-KM-05", "enactkm05 0-11 p0w3, enact 0-5 p0 part, km 6-8 p1 part, 05 9-11 p2 part"},
		{"ENACT-16.6", "enact16.6 0-10 p0w3, enact 0-5 p0 part, 16.6 6-10 p1w2 part, 16 6-8 p1 part, 6 9-10 p2 part"},
		{"EGDI", "egdi 0-4 p0"},
		{"SDG16", "sdg16 0-5 p0w2, sdg 0-3 p0 part, 16 3-5 p1 part"},
		{"e-governments now", "egovern 0-13 p0w2, e 0-1 p0 part, govern 2-13 p1 part, now 14-17 p2 stop"},
		{"the citizens' needs", "the 0-3 p0 stop, citizen 4-12 p1, need 14-19 p2"},
		{"ESCWA’s work", "escwa 0-5 p0, work 8-12 p1"},
		{"e-government's", "egovern 0-12 p0w2, e 0-1 p0 part, govern 2-12 p1 part"},
		{"U.N. R&D", "un 0-3 p0w2, u 0-1 p0 part, n 2-3 p1 part, r&d 5-8 p2w2, r 5-6 p2 part, d 7-8 p3 part"},
		{"5,000 9,16 12345,678", "5000 0-5 p0, 9 6-7 p1, 16 8-10 p2, 12345 11-16 p3, 678 17-20 p4"},
		{"2018–2022", "2018 0-4 p0, 2022 5-9 p1"},
		{"28-29", "28-29 0-5 p0w2, 28 0-2 p0 part, 29 3-5 p1 part"},
		{"عمان-الأردن", "عمان 0-4 p0, الاردن 5-11 p1"},
		{"كانون الأول/ديسمبر", "كانون 0-5 p0, اول 6-11 p1, ديسمبر 12-18 p2"},
		{"وفي المنطقة", "في 0-3 p0 stop, منطقه 4-11 p1"},
		{"½ ™", "1 0-1 p0, 2 0-1 p1, tm 2-3 p2"},
		{"a\xffb", "ab 0-3 p0"},
	} {
		var got []string
		for _, term := range Analyse(c.text) {
			got = append(got, show(term))
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%q\n gives %s\n want  %s", c.text, strings.Join(got, ", "), c.want)
		}
	}
}

func show(t Term) string {
	s := fmt.Sprintf("%s %d-%d p%d", t.Text, t.Start, t.End, t.Position)
	if t.Width != 1 {
		s += fmt.Sprintf("w%d", t.Width)
	}
	if t.Stop {
		s += " stop"
	}
	if t.Part {
		s += " part"
	}
	return s
}

// Catches a word whose form for exact comparison is stemmed, or written otherwise than Fold writes it.
func TestExactIsFoldedOnly(t *testing.T) {
	for _, word := range []string{"والمؤسسات", "لِلْمواطنين", "الإلكترونيّة", "governments", "Côte", "٢٠٢٤"} {
		if terms := Analyse(word); len(terms) != 1 || terms[0].Exact != Fold(word) {
			t.Errorf("%s becomes %+v", word, terms)
		}
	}
}

// check holds what is true of the terms of every text.
func check(written string, fail func(format string, args ...any)) {
	runes := []rune(written)
	terms := Analyse(written)
	for i, term := range terms {
		if term.Start < 0 || term.Start >= term.End || term.End > len(runes) {
			fail("%q: %+v is out of bounds", written, term)
			return
		}
		if term.Text == "" || term.Exact == "" || term.Width < 1 {
			fail("%q: %+v is empty", written, term)
		}
		shown := letters(Fold(string(runes[term.Start:term.End])))
		if !strings.Contains(shown, letters(term.Exact)) {
			fail("%q: %+v is shown as %q", written, term, shown)
		}
		if !isKin(term) {
			fail("%q: %+v has nothing of its word", written, term)
		}
		if i == 0 {
			continue
		}
		before := terms[i-1]
		if term.Start < before.Start || term.Position < before.Position || term.Position > before.Position+before.Width {
			fail("%q: %+v after %+v", written, term, before)
		}
		if term.Part && !slices.ContainsFunc(terms[:i], func(whole Term) bool {
			return whole.Position <= term.Position && whole.Position+whole.Width >= term.Position+term.Width && whole.Width > term.Width
		}) {
			fail("%q: %+v is part of nothing", written, term)
		}
	}
	if again := Analyse(Fold(written)); !sameWords(terms, again) {
		fail("%q: folding first makes %+v of %+v", written, again, terms)
	}
}

// letters takes away the signs that join words and group digits.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if scriptOf(r) == none {
			return -1
		}
		return r
	}, s)
}

// isKin reports whether the stem is made of the word's own letters. Words of the lists have heads of their own, and
// Snowball writes y as i at the end.
func isKin(t Term) bool {
	text, exact := letters(t.Text), letters(t.Exact)
	if strings.Contains(exact, text) || strings.HasSuffix(exact, "يء") || text[0] == exact[0] && text[0] <= 'z' {
		return true
	}
	for _, head := range irregular {
		if strings.HasSuffix(t.Text, head) {
			return true
		}
	}
	return false
}

// sameWords compares terms but for their places.
func sameWords(a, b []Term) bool {
	return slices.EqualFunc(a, b, func(a, b Term) bool {
		a.Start, a.End, b.Start, b.End = 0, 0, 0, 0
		return a == b
	})
}

// Catches terms out of bounds or order, stems of other words, and analysis that depends on how a text is spelt.
func TestAnalyseHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { check(text().Draw(t, "text"), t.Fatalf) })
}

// Catches a vowel sign that makes another word.
func TestVowelSignsMakeNoDifference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.StringOfN(rapid.RuneFrom([]rune("ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئةى abc169.-@")), 0, 40, -1).Draw(t, "plain")
		vowelled := ""
		for _, r := range plain {
			vowelled += string(r)
			if scriptOf(foldRune(r)) == arab {
				vowelled += rapid.StringOfN(rapid.RuneFrom([]rune("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0640")), 0, 2, -1).Draw(t, "signs")
			}
		}
		if a, b := Analyse(plain), Analyse(vowelled); !sameWords(a, b) {
			t.Fatalf("%q: %+v\n%q: %+v", plain, a, vowelled, b)
		}
	})
}

// Catches a joined chain without end that takes more than its length in time.
func TestLongChains(t *testing.T) {
	for _, piece := range []string{"1.", "a-", "a.b@", "5,000,", "x's", "لل", "ها", "وال", "ات", "\u064e"} {
		check(strings.Repeat(piece, 20_000), t.Errorf)
	}
}

func FuzzAnalyse(f *testing.F) {
	for _, table := range []string{"meet.tsv", "apart.tsv", "finds.tsv", "synonyms.tsv", "policy.txt"} {
		content, err := os.ReadFile(filepath.Join("testdata", table))
		if err != nil {
			f.Fatal(err)
		}
		for line := range strings.Lines(string(content)) {
			f.Add(line)
		}
	}
	f.Fuzz(func(t *testing.T, written string) {
		check(written, t.Errorf)
		if once := Fold(written); Fold(once) != once || !utf8.ValidString(once) {
			t.Errorf("%q folds to %q", written, once)
		}
		for _, a := range Ambiguities(written) {
			if a.Start < 0 || a.Start >= a.End || a.End > utf8.RuneCountInString(written) || a.Meant >= len(a.Readings) {
				t.Errorf("%q: %+v", written, a)
			}
		}
		terms := Analyse(written)
		for _, e := range Expand(terms) {
			for _, i := range e.Terms {
				if i < 0 || i >= len(terms) {
					t.Errorf("%q: %+v", written, e)
				}
			}
		}
	})
}

// The time for a paragraph of each language; SetBytes makes it comparable with other texts.
func BenchmarkAnalyse(b *testing.B) {
	content, err := os.ReadFile("testdata/policy.txt")
	if err != nil {
		b.Fatal(err)
	}
	text := string(content)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Analyse(text)
	}
}

func BenchmarkExpand(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Expand(Analyse("الهوية الرقمية والمدفوعات الإلكترونية"))
	}
}
