package brief

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

// Catches: an Arabic word or a Latin name in a span of the other direction, and a sign or number that moves to the other
// end of a line.
func TestSpans(t *testing.T) {
	for _, c := range []struct {
		text string
		rtl  bool
		want string // the spans, with > for left-to-right and < for right-to-left
	}{
		{"الغاية 16-6", true, "<الغاية 16-6"},
		{"Target 16.6", false, ">Target 16.6"},
		{"وفق OECD 2020، وغيره", true, "<وفق |>OECD 2020|<، وغيره"},
		{"the word «مسار» (path) 3.", false, ">the word «|<مسار|>» (path) 3."},
		{"3 من 5", true, "<3 من 5"},
		{"16.6", true, "<16.6"},
		{"16.6", false, ">16.6"},
		{"ثقةً كبيرة", false, "<ثقةً كبيرة"},
		{"\u2068GovTech Maturity Index (2022)\u2069، 2022", true, ">GovTech Maturity Index (2022)|<، 2022"},
		{"of \u2068هيئة (2020)\u2069.", false, ">of |<هيئة (2020)|>."},
		{"\u2069نص\u2066", true, "<نص"},
		{"", true, ""},
	} {
		var got []string
		for _, s := range spansOf(c.text, c.rtl) {
			sign := ">"
			if s.rtl {
				sign = "<"
			}
			got = append(got, sign+s.text)
		}
		if shown := strings.Join(got, "|"); shown != c.want {
			t.Errorf("%q: %q, not %q", c.text, shown, c.want)
		}
	}
}

// Catches: spans that lose, repeat or reorder characters, empty spans, neighbours of one direction, and a letter in a span
// of the other direction.
func TestSpansKeepTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("aZé1٣ اب،؟ةً.-([«»])\u2066\u2067\u2068\u2069\n"))).Draw(t, "text")
		spans := spansOf(text, rapid.Bool().Draw(t, "rtl"))
		var whole strings.Builder
		for i, s := range spans {
			whole.WriteString(s.text)
			if s.text == "" || i > 0 && spans[i-1].rtl == s.rtl {
				t.Fatalf("%q: %v", text, spans)
			}
			for _, r := range s.text {
				if unicode.IsLetter(r) && unicode.Is(unicode.Arabic, r) != s.rtl {
					t.Fatalf("%q: %q is in %v", text, r, spans)
				}
			}
		}
		plain := strings.Map(func(r rune) rune {
			if isIsolate(r) {
				return -1
			}
			return r
		}, text)
		if whole.String() != plain {
			t.Fatalf("%q became %q", text, whole.String())
		}
	})
}
