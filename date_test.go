package masar_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"masar"
)

// bounds are the first and last day of a date, "-" if open.
func bounds(d masar.Date) [2]string {
	day := func(s *string) string {
		if s == nil {
			return "-"
		}
		return *s
	}
	return [2]string{day(d.Earliest()), day(d.Latest())}
}

// Catches: a date read as earlier, later, wider or narrower than it is. The EDTF library alone would read
// 2023-03-20/.. as March 2023, and 2023-02-08? as February.
func TestDate(t *testing.T) {
	for edtf, want := range map[string][2]string{
		"2024":                     {"2024-01-01", "2024-12-31"},
		"2024-12":                  {"2024-12-01", "2024-12-31"},
		"2024-02":                  {"2024-02-01", "2024-02-29"},
		"2023-02":                  {"2023-02-01", "2023-02-28"},
		"2024-12-11":               {"2024-12-11", "2024-12-11"},
		"2024-02-29":               {"2024-02-29", "2024-02-29"},
		"2023~":                    {"2023-01-01", "2023-12-31"},
		"2023?":                    {"2023-01-01", "2023-12-31"},
		"2023-02?":                 {"2023-02-01", "2023-02-28"},
		"2023-02-08?":              {"2023-02-08", "2023-02-08"},
		"2023-02-08~":              {"2023-02-08", "2023-02-08"},
		"2023-02-08%":              {"2023-02-08", "2023-02-08"},
		"202X":                     {"2020-01-01", "2029-12-31"},
		"20XX":                     {"2000-01-01", "2099-12-31"},
		"2023-XX":                  {"2023-01-01", "2023-12-31"},
		"2023-02-XX":               {"2023-02-01", "2023-02-28"},
		"2023-21":                  {"2023-03-01", "2023-05-31"}, // spring
		"2023-24":                  {"2023-12-01", "2024-02-29"}, // winter
		"2023-33":                  {"2023-01-01", "2023-03-31"}, // the first quarter
		"2018/2024":                {"2018-01-01", "2024-12-31"},
		"2023/2023":                {"2023-01-01", "2023-12-31"},
		"2020-10/2025-11":          {"2020-10-01", "2025-11-30"},
		"2023-09-11/2023-09-12":    {"2023-09-11", "2023-09-12"},
		"2023-09-11/2023":          {"2023-09-11", "2023-12-31"},
		"2022~/2024-02":            {"2022-01-01", "2024-02-29"},
		"2004-06-XX/2004-07-03":    {"2004-06-01", "2004-07-03"},
		"2004/..":                  {"2004-01-01", "-"},
		"2004/":                    {"2004-01-01", "-"},
		"2023-03/..":               {"2023-03-01", "-"},
		"2023-03-20/..":            {"2023-03-20", "-"},
		"2023-03-20/":              {"2023-03-20", "-"},
		"2023-03-20?/..":           {"2023-03-20", "-"},
		"../2004":                  {"-", "2004-12-31"},
		"../2023-03":               {"-", "2023-03-31"},
		"../2023-03-20":            {"-", "2023-03-20"},
		"/2023-03-20":              {"-", "2023-03-20"},
		"[2023-09-13..2024-02-27]": {"2023-09-13", "2024-02-27"},
		"[2023-09..2024]":          {"2023-09-01", "2024-12-31"},
		"[2024-01-01..]":           {"2024-01-01", "-"},
		"[2024-03..]":              {"2024-03-01", "-"},
		"[..2024-01-15]":           {"-", "2024-01-15"},
		"[2022,2024-02]":           {"2022-01-01", "2024-02-29"},
		"[2024-02,2022]":           {"2022-01-01", "2024-02-29"},
		"[2020,2022..2023]":        {"2020-01-01", "2023-12-31"},
		"[2022..2023,2020..]":      {"2020-01-01", "-"},
		"[..2019,2022]":            {"-", "2022-12-31"},
		"{2022..2024}":             {"2022-01-01", "2024-12-31"},
		"[2024-12-11]":             {"2024-12-11", "2024-12-11"},
	} {
		d := masar.Date{EDTF: edtf}
		if err := d.Validate(); err != nil {
			t.Errorf("%s: %v", edtf, err)
		}
		if diff := cmp.Diff(want, bounds(d)); diff != "" {
			t.Errorf("%s: %s", edtf, diff)
		}
	}
	zero := masar.Date{}
	if !zero.IsZero() || zero.Validate() != nil || bounds(zero) != [2]string{"-", "-"} {
		t.Error("an empty date does not count as zero")
	}
}

// Catches: an empty, ambiguous or misread date that is accepted, an error without an explanation, and bounds for an
// invalid date.
func TestDateRefuses(t *testing.T) {
	for edtf, why := range map[string]string{
		"soon":                                 "in EDTF write",
		"2024-9":                               "in EDTF write",
		"24":                                   "in EDTF write",
		"12/2024":                              "in EDTF write",
		"11.12.2024":                           "in EDTF write",
		"2024-12-11 ":                          "in EDTF write",
		" 2024":                                "in EDTF write",
		"2024\n":                               "in EDTF write",
		"2023-09-11 / 2023-09-12":              "in EDTF write",
		"2023-09-11/2023-09-12/2023-09-13":     "in EDTF write",
		"2023..2024":                           "in EDTF write",
		"[2023..2024":                          "in EDTF write",
		"[2023..2024}":                         "in EDTF write",
		"[2023....]":                           "in EDTF write",
		"..2023/2024":                          "in EDTF write",
		"[2023, 2024]":                         "in EDTF write",
		"٢٠٢٤":                                 "in EDTF write",
		"2024?~":                               "in EDTF write",
		"?2024":                                "in EDTF write",
		"2023-?02-08":                          "in EDTF write",
		"2023-02-1X":                           "in EDTF write",
		"2XX4":                                 "in EDTF write",
		"XXXX":                                 "in EDTF write",
		"-0005":                                "in EDTF write",
		"Y17000":                               "in EDTF write",
		"1950S2":                               "in EDTF write",
		"0000S2":                               "in EDTF write", // at which the library panics
		"2024-12-11T10:00:00Z":                 "in EDTF write",
		"2024-12-11T23:00:00-05:00":            "in EDTF write",
		"..":                                   "in EDTF write",
		strings.Repeat("2024,", 1000) + "2024": "in EDTF write",
		"2023-02-29":                           "not a date in EDTF",
		"2023-02-30?":                          "not a date in EDTF",
		"2023-13":                              "not a date in EDTF",
		"2023-00":                              "not a date in EDTF",
		"2023-04-31/..":                        "not a date in EDTF",
		"0000":                                 "not a date in EDTF",
		"/":                                    "neither a beginning nor an end",
		"../..":                                "neither a beginning nor an end",
		"[..]":                                 "neither a beginning nor an end",
		"[2024,]":                              "neither a beginning nor an end",
		"2024/2023":                            "ends before it begins",
		"2024-05/2024-04":                      "ends before it begins",
		"2024-12-11/2024-12-10":                "ends before it begins",
		"[2024..2020]":                         "ends before it begins",
		"[2019,2024..2020]":                    "ends before it begins",
	} {
		d := masar.Date{EDTF: edtf}
		if err := d.Validate(); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%.40q: %v, want %q", edtf, err, why)
		}
		if got := bounds(d); got != [2]string{"-", "-"} {
			t.Errorf("%.40q is from %s to %s", edtf, got[0], got[1])
		}
		if !math.IsNaN(d.EarliestYear()) {
			t.Errorf("%.40q is of %v", edtf, d.EarliestYear())
		}
	}
}

// Catches: periods and choices with other bounds than those of their days.
func TestDateOfAnyDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)
		first := start.AddDate(0, 0, rapid.IntRange(0, 20000).Draw(t, "first"))
		last := first.AddDate(0, 0, rapid.IntRange(0, 2000).Draw(t, "days"))
		a, b := first.Format(time.DateOnly), last.Format(time.DateOnly)
		for edtf, want := range map[string][2]string{
			a: {a, a}, a + "?": {a, a}, a + "/" + b: {a, b}, a + "/..": {a, "-"}, "../" + b: {"-", b}, a + "~/": {a, "-"},
			"[" + a + ".." + b + "]": {a, b}, "[" + b + "," + a + "]": {a, b}, "[" + a + "..]": {a, "-"}, "{.." + b + "}": {"-", b},
			a[:7] + "/" + b: {a[:7] + "-01", b}, a[:4] + "/" + b[:4]: {a[:4] + "-01-01", b[:4] + "-12-31"},
		} {
			d := masar.Date{EDTF: edtf}
			if err := d.Validate(); err != nil || bounds(d) != want {
				t.Errorf("%s is %v, %v", edtf, bounds(d), err)
			}
		}
		if last.After(first) {
			if err := (masar.Date{EDTF: b + "/" + a}).Validate(); err == nil {
				t.Errorf("%s/%s is taken", b, a)
			}
		}
	})
}

// Catches: ages that are off by a day or more, and a jump at the turn of a year.
func TestDecimalYear(t *testing.T) {
	day := func(s string) float64 {
		d, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return masar.DecimalYear(d)
	}
	for s, want := range map[string]float64{
		"2025-01-01": 2025, "2024-07-02": 2024.5, "2023-07-02": 2023 + 182./365, "2024-12-31": 2024 + 365./366, "2023-12-31": 2023 + 364./365, "2000-01-01": 2000,
	} {
		if got := day(s); math.Abs(got-want) > 1e-9 {
			t.Errorf("%s is %v, want %v", s, got, want)
		}
		if got := (masar.Date{EDTF: s + "/.."}).EarliestYear(); got != day(s) {
			t.Errorf("%s/.. is of %v", s, got)
		}
	}
	cairo := time.FixedZone("Cairo", 2*60*60)
	if got := masar.DecimalYear(time.Date(2025, 1, 1, 1, 0, 0, 0, cairo)); got >= 2025 {
		t.Errorf("an hour past midnight in Cairo it is %v in UTC", got)
	}
	if got := (masar.Date{EDTF: "../2024"}).EarliestYear(); !math.IsNaN(got) {
		t.Errorf("a date with an open start has the year %v", got)
	}
}

// FuzzDate catches: a string that causes a panic or inconsistent results.
func FuzzDate(f *testing.F) {
	for _, s := range []string{
		"", "2024", "2024-12-11", "202X", "2023-XX", "2023-21", "2023-02-08?", "2018/2024", "2004/..", "../2004", "/", "[2023-09-13..2024-02-27]", "[2024-01-01..]",
		"{1960,1961-12}", "0000S2", "Y-17E7", "XXXX-12-XX", "2004-06-(01)~", "[..]", "[,]", "[]", "-1985", "2024-12-11T23:00:00-05:00", "9999-12-31", "0001",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := masar.Date{EDTF: s}
		early, late := d.Earliest(), d.Latest()
		if err := d.Validate(); err != nil || s == "" {
			if early != nil || late != nil {
				t.Errorf("%q is rejected (%v) but read as %v", s, err, bounds(d))
			}
			return
		}
		for _, day := range []*string{early, late} {
			if day == nil {
				continue
			}
			if _, err := time.Parse(time.DateOnly, *day); err != nil {
				t.Errorf("%q has the day %s", s, *day)
			}
		}
		if early != nil && late != nil && *early > *late {
			t.Errorf("%q is from %s to %s", s, *early, *late)
		}
	})
}
