package scalars

import (
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

// Catches: a text that is taken for clean and would be read in another form.
func TestCleanTextsStayAsTheyAre(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOf(rapid.SampledFrom([]string{"a", "EN", "16.6", " ", "\n", "\r", "\r\n", "\t", "\x7f", "e\u0301", "\u202a", "\u2069", "\u0627\u0654", "م"}))
		var text string
		for _, part := range parts.Draw(t, "parts") {
			text += part
		}
		want := norm.NFC.String(pasted.Replace(text))
		if got, err := UnmarshalString(text); err != nil || got != want {
			t.Fatalf("%q: %q, %v; want %q", text, got, err, want)
		}
		if clean(text) && text != want {
			t.Fatalf("%q is no clean text: %q", text, want)
		}
	})
}

// Catches: a value of an enum that needs memory to be read.
func TestCleanTextsNeedNoMemory(t *testing.T) {
	var given any = "EN"
	if n := testing.AllocsPerRun(100, func() { _, _ = UnmarshalString(given) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
