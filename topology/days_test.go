package topology

import (
	"testing"
	"time"

	"masar"
)

// Catches: an earlier date that is more precise than the two dates allow. An open one may come before a bounded one.
func TestEarlierOfTwoDates(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{
		{"2024-05", "2004/..", "2004-01-01 2024-05-31"},
		{"2024-05", "2024-06/..", "2024-05-01 2024-05-31"},
		{"2024-05", "2024", "2024-01-01 2024-05-31"},
		{"2024-05", "", "2024-05-01 2024-05-31"},
		{"2024-05", "../2023", "open"},
		{"2004/..", "", "open"},
		{"", "", "open"},
	} {
		a, b := daysOf(masar.Date{EDTF: c.a}), daysOf(masar.Date{EDTF: c.b})
		for _, got := range []days{a.orEarlier(b), b.orEarlier(a)} {
			told := "open"
			if got.known() {
				told = timeOf(got.first).Format(time.DateOnly) + " " + timeOf(got.last).Format(time.DateOnly)
			}
			if told != c.want {
				t.Errorf("the earlier of %q and %q: %s, want %s", c.a, c.b, told, c.want)
			}
		}
	}
}
