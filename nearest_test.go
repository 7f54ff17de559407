package masar_test

import (
	"slices"
	"testing"

	"masar"
)

// Catches: a common typing error for which the right code is missing or not first, and codes that are not similar.
func TestNearest(t *testing.T) {
	codes := slices.Values([]string{"EGY", "ERI", "16.1", "16.6", "16.10", "ENACT-KM-01", "ENACT-KM-10", "digital-divide"})
	for word, want := range map[string][]string{
		"EGYx":          {"EGY"},                   // an extra letter
		"EYG":           {"EGY", "ERI"},            // two letters swapped
		"egy":           {"EGY", "ERI"},            // another case
		"16.66":         {"16.6", "16.1", "16.10"}, // of equals the first
		"ENACT-KM-1":    {"ENACT-KM-01", "ENACT-KM-10"},
		"digital_devid": {"digital-divide"},
		"no-such-code":  {},
		"":              {},
	} {
		if got := masar.Nearest(word, 3, codes); !slices.Equal(got, want) {
			t.Errorf("%q: %q, not %q", word, got, want)
		}
	}
}
