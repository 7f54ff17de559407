package masar

import (
	"strconv"
)

// ObservationKey names an observation.
type ObservationKey string

// Observation is a value of an indicator for a country or an initiative, as a source gives it.
// Absent is not zero: what no source gives has no observation.
type Observation struct {
	Key ObservationKey
	// Of is the country or initiative that was observed.
	Of Ref
	// Indicator is the code of an SDG indicator or of another Indicator.
	Indicator string
	Year      int
	Value     float64
	Qualifier Qualifier
	Nature    Nature
	// Unit is the unit of the value, such as INDEX, CASES or PERSONS.
	Unit string
	// Source is the document that the value comes from.
	Source Ref
	// Series is the publisher's code of the series that the value is of; empty if the indicator has no other.
	Series string
	// Vintage distinguishes editions of the same figure.
	Vintage string
	// Passage is where the source says so; zero for figures taken from a table that the project holds.
	Passage  Passage
	Notes    LocalizedText
	Revision int
}

// NewKey derives the observation's key from what it observes and where it comes from.
func (o *Observation) NewKey() ObservationKey {
	parts := []string{o.Of.String(), o.Indicator, strconv.Itoa(o.Year), o.Source.String(), o.Vintage, string(o.Nature)}
	if o.Series != "" {
		parts = append(parts, o.Series)
	}
	return ObservationKey(hash(parts...))
}

// ID is the observation's global id.
func (o *Observation) ID() string { return o.Identity().ID() }

// Identity names the observation as a record.
func (o *Observation) Identity() RecordRef { return RecordRef{RecordObservation, string(o.Key)} }

// Version grows by one with each change of the observation.
func (o *Observation) Version() int { return o.Revision }

// Note says what has to be known of the value, in our own words.
func (o *Observation) Note(lang []Language) *Text { return o.Notes.In(lang) }

// Qualifier says how exact a number is.
type Qualifier string

// The qualifiers of a number.
const (
	Exactly  Qualifier = "EXACTLY"
	About    Qualifier = "ABOUT"
	MoreThan Qualifier = "MORE_THAN"
	AtLeast  Qualifier = "AT_LEAST"
)

// Qualifiers lists the qualifiers.
var Qualifiers = []Qualifier{Exactly, About, MoreThan, AtLeast}

// Nature distinguishes measured, reported, estimated and planned values. A plan is not a result.
type Nature string

// The natures of an observation.
const (
	Measured  Nature = "MEASURED"
	Reported  Nature = "REPORTED"
	Estimated Nature = "ESTIMATED"
	Planned   Nature = "PLANNED"
)

// Natures lists the natures of an observation.
var Natures = []Nature{Measured, Reported, Estimated, Planned}

// Quantity is a number that a source gives, with how exactly it is meant and what it counts.
type Quantity struct {
	Value     float64
	Qualifier Qualifier
	// Labels say what is counted: "experts who attended in person".
	Labels LocalizedText
}

// Of says what is counted.
func (q *Quantity) Of(lang []Language) *Text { return q.Labels.In(lang) }

// Maturity is how far a country has come in digital government, as international indices have it.
type Maturity struct {
	// Value is the weighted mean of the indices, in [0,1].
	Value float64
	// Coverage is how much of what should make up the value is known and recent, in [0,1].
	Coverage float64
	// AsOf is the day, as YYYY-MM-DD, for which the age of the indices was computed.
	AsOf string
	// Indices are those that the value is the mean of, in the order of the scoring profile.
	Indices []IndexValue
}

// IndexValue is a value of an index as one edition has it.
type IndexValue struct {
	// Indicator is the code of the index.
	Indicator string
	Year      int
	Value     float64
	// Vintage names the edition.
	Vintage string
	// Weight is the share of the value in the mean, by the profile and by its age; those of a mean add up to 1.
	Weight float64
}
