package masar

import (
	"fmt"
	"math"
	"time"

	"github.com/sfomuseum/go-edtf"
	"github.com/sfomuseum/go-edtf/parser"
)

// Date is a date or period as a source gives it, in the Extended Date/Time Format (EDTF, ISO 8601-2),
// so that "about 2022" and "between two dates" stay what they are.
type Date struct {
	EDTF string
	// Basis says whether the source states the date or a curator inferred it.
	Basis Basis
}

// IsZero reports whether no date is known.
func (d Date) IsZero() bool { return d.EDTF == "" }

// Earliest is the first day that the date can mean, as YYYY-MM-DD; nil where it is open or unknown.
func (d Date) Earliest() *string {
	span, err := d.span()
	if err != nil || span.Start == nil || span.Start.Lower == nil {
		return nil
	}
	return day(span.Start.Lower)
}

// Latest is the last day that the date can mean, as YYYY-MM-DD; nil where it is open or unknown.
func (d Date) Latest() *string {
	span, err := d.span()
	if err != nil || span.End == nil || span.End.Upper == nil {
		return nil
	}
	return day(span.End.Upper)
}

// Validate reports what is wrong with the EDTF string; nil for a zero date.
func (d Date) Validate() error {
	if d.IsZero() {
		return nil
	}
	if _, err := d.span(); err != nil {
		return fmt.Errorf("%q is not a date in EDTF: %w", d.EDTF, err)
	}
	if early, late := d.Earliest(), d.Latest(); early != nil && late != nil && *early > *late {
		return fmt.Errorf("%q ends before it begins", d.EDTF)
	}
	return nil
}

func (d Date) span() (*edtf.EDTFDate, error) { return parser.ParseString(d.EDTF) }

func day(d *edtf.Date) *string {
	if d.Timestamp == nil {
		return nil
	}
	s := d.Timestamp.Time().UTC().Format(time.DateOnly)
	return &s
}

// EarliestYear is the first day that the date can mean, as a decimal year; NaN where it is open or unknown.
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

// DecimalYear writes a day as a year with a fraction, as the age of evidence is reckoned: 2025-01-01 is 2025.0.
func DecimalYear(t time.Time) float64 {
	t = t.UTC()
	start := time.Date(t.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	return float64(t.Year()) + t.Sub(start).Hours()/start.AddDate(1, 0, 0).Sub(start).Hours()
}
