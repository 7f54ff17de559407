package scalars

import "testing"

// Catches two spellings of one text that reach the service as two.
func TestTextsAreNormalised(t *testing.T) {
	for given, want := range map[string]string{
		"e\u0301":            "\u00e9",
		"\u0627\u0654":       "\u0623", // alef and hamza
		"\u0634\u0651\u064e": "\u0634\u064e\u0651",
		"\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645": "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", // a joiner stays
		"\u200f16.6":              "\u200f16.6",
		"":                        "",
		"\u202bالحوكمة\u202c\r\n": "الحوكمة\n",
		"\u2067a\u2069\rb":        "a\nb",
	} {
		if got, err := UnmarshalString(given); err != nil || got != want {
			t.Errorf("%q: %q %v", given, got, err)
		}
	}
	if _, err := UnmarshalString([]any{"a"}); err == nil {
		t.Error("a list is a text")
	}
}
