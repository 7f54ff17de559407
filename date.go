package masar

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"strings"
	"time"

	"github.com/sfomuseum/go-edtf"
	"github.com/sfomuseum/go-edtf/parser"
)

// Date is a date or period as given by a source, in the Extended Date/Time Format (EDTF, ISO 8601-2). EDTF can
// express "about 2022" and "between two dates".
type Date struct {
	EDTF string `json:"edtf,omitzero"`
	// Basis says whether the source states the date or a curator inferred it.
	Basis Basis `json:"basis,omitzero"`
}

// IsZero reports whether no date is known.
func (d Date) IsZero() bool { return d.EDTF == "" }

// Earliest is the first possible day of the date, as YYYY-MM-DD; nil if it is open or unknown.
func (d Date) Earliest() *string {
	first, _, _ := d.bounds()
	return first
}

// Latest is the last possible day of the date, as YYYY-MM-DD; nil if it is open or unknown.
func (d Date) Latest() *string {
	_, last, _ := d.bounds()
	return last
}

// Validate reports what is wrong with the EDTF string; nil for a zero date.
func (d Date) Validate() error {
	if d.IsZero() {
		return nil
	}
	if _, _, err := d.bounds(); err != nil {
		return fmt.Errorf("%q %w", d.EDTF, err)
	}
	return nil
}

// bounds are the first and last possible day of the date, each nil if it is open or unknown. Periods and choices are
// split here, because the library misreads some of them. The library parses their parts.
func (d Date) bounds() (first, last *string, err error) {
	s := d.EDTF
	if from, to, ok := strings.Cut(s, "/"); ok {
		if from == ".." {
			from = ""
		}
		if to == ".." {
			to = ""
		}
		return between(from, to)
	}
	if members, ok := choice(s); ok {
		return anyOf(strings.Split(members, ","))
	}
	return reading(s)
}

var (
	errDateOpen  = errors.New("has neither a beginning nor an end")
	errDateOrder = errors.New("ends before it begins")
)

// choice returns the members of a choice of dates.
func choice(s string) (members string, ok bool) {
	for _, brackets := range []string{"[]", "{}"} {
		if len(s) > 2 && s[0] == brackets[0] && s[len(s)-1] == brackets[1] {
			return s[1 : len(s)-1], true
		}
	}
	return "", false
}

// anyOf returns the bounds of the members of a choice: dates, and ranges of dates written with two dots.
func anyOf(members []string) (first, last *string, err error) {
	for i, m := range members {
		from, to, isRange := strings.Cut(m, "..")
		if !isRange {
			to = from
		}
		f, l, err := between(from, to)
		if err != nil {
			return nil, nil, err
		}
		if i == 0 || first != nil && (f == nil || *f < *first) {
			first = f
		}
		if i == 0 || last != nil && (l == nil || *l > *last) {
			last = l
		}
	}
	return first, last, nil
}

// between returns the bounds of a period. An empty end is open or unknown.
func between(from, to string) (first, last *string, err error) {
	if from != "" {
		if first, _, err = reading(from); err != nil {
			return nil, nil, err
		}
	}
	if to != "" {
		if _, last, err = reading(to); err != nil {
			return nil, nil, err
		}
	}
	if first == nil && last == nil {
		return nil, nil, errDateOpen
	}
	if first != nil && last != nil && *first > *last {
		return nil, nil, errDateOrder
	}
	return first, last, nil
}

// plain matches a year, month, season or day, with X for unknown digits. It may be marked as uncertain (?),
// approximate (~) or both (%), which does not change its bounds.
var plain = regexp.MustCompile(`^(\d{3}[\dX]|\d\dXX|\d{4}-(\d\d|XX)|\d{4}-\d\d-(\d\d|XX))[?~%]?$`)

// reading returns the bounds of a single date.
func reading(s string) (first, last *string, err error) {
	if !plain.MatchString(s) {
		return nil, nil, errors.New("is not a valid date; in EDTF write 2024, 2024-12 or 2024-12-11, with X for unknown digits " +
			"and ? or ~ after what is uncertain or approximate; 2018/2024 or 2004/.. for a period; [2023-09-13..2024-02-27] for a day between two")
	}
	span, err := parser.ParseString(strings.TrimRight(s, "?~%"))
	if err != nil {
		return nil, nil, fmt.Errorf("is not a date in EDTF: %w", err)
	}
	return day(span.Start.Lower), day(span.End.Upper), nil
}

func day(d *edtf.Date) *string {
	s := d.Timestamp.Time().UTC().Format(time.DateOnly)
	return &s
}

// EarliestYear is the first possible day of the date, as a decimal year; NaN if it is open or unknown.
func (d Date) EarliestYear() float64 {
	first := d.Earliest()
	if first == nil {
		return math.NaN()
	}
	t, err := time.Parse(time.DateOnly, *first)
	if err != nil {
		return math.NaN()
	}
	return DecimalYear(t)
}

// DecimalYear is a day as a decimal year: 2025-01-01 is 2025.0. The age of evidence is computed from it.
func DecimalYear(t time.Time) float64 {
	t = t.UTC()
	start := time.Date(t.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	return float64(t.Year()) + t.Sub(start).Hours()/start.AddDate(1, 0, 0).Sub(start).Hours()
}
