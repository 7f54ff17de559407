package arabic

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// pairs reads a table of two columns from testdata.
func pairs(t *testing.T, name string, atLeast int) [][2]string {
	t.Helper()
	table, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var all [][2]string
	for line := range Lines(string(table)) {
		a, b, found := strings.Cut(line, "\t")
		if !found {
			t.Fatalf("%s: no tab in %q", name, line)
		}
		all = append(all, [2]string{a, strings.TrimSpace(b)})
	}
	if len(all) < atLeast {
		t.Fatalf("%s has %d pairs, want at least %d", name, len(all), atLeast)
	}
	return all
}

// Catches two spellings or forms of one word that search takes for two.
func TestMeet(t *testing.T) {
	for _, p := range pairs(t, "meet.tsv", 80) {
		if a, b := texts(p[0]), texts(p[1]); !slices.Equal(a, b) {
			t.Errorf("%s and %s do not meet: %q and %q", p[0], p[1], a, b)
		}
	}
}

// Catches two words that search takes for one.
func TestApart(t *testing.T) {
	for _, p := range pairs(t, "apart.tsv", 40) {
		a, b := texts(p[0]), texts(p[1])
		for _, text := range a {
			if slices.Contains(b, text) {
				t.Errorf("%s and %s share %q", p[0], p[1], text)
			}
		}
	}
}

// Catches a text that a query for a piece of it, or for what it stands under, does not find.
func TestFinds(t *testing.T) {
	for _, p := range pairs(t, "finds.tsv", 10) {
		var in []string
		for _, term := range Analyse(p[1]) {
			in = append(in, term.Text)
		}
		for _, word := range Words(p[0]) {
			if !slices.Contains(in, word) {
				t.Errorf("%q is not found in %q: no %q among %q", p[0], p[1], word, in)
			}
		}
	}
}

// texts gives the terms of a text without the parts of wider ones; stop words too, which are spelt in several ways like others.
func texts(text string) []string {
	var out []string
	for _, term := range Analyse(text) {
		if !term.Part {
			out = append(out, term.Text)
		}
	}
	return out
}

// Catches names that are cut though they are whole.
func TestNamesStayWhole(t *testing.T) {
	for _, name := range []string{"لبنان", "عمان", "ليبيا", "مصر", "العراق", "السودان", "البحرين", "فلسطين", "تونس", "قطر", "اليمن", "الكويت", "الجزائر", "المغرب", "الصومال", "الأردن", "جيبوتي", "موريتانيا", "سوريا", "الإمارات"} {
		if terms := Analyse(name); len(terms) != 1 || terms[0].Text != Fold(name) {
			t.Errorf("%s becomes %+v", name, terms)
		}
	}
}
