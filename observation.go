package masar

import (
	"strconv"
)

// ObservationKey is the key of an observation.
type ObservationKey string

// Observation is a value of an indicator for a country or an initiative, according to a source. A missing value is
// not zero: it has no observation.
type Observation struct {
	Key ObservationKey `json:"key,omitzero"`
	// Of is the observed country or initiative.
	Of Ref `json:"observed,omitzero"`
	// Indicator is the code of an SDG indicator or of another indicator.
	Indicator string            `json:"indicator,omitzero"`
	Year      int               `json:"year,omitzero"`
	Value     float64           `json:"value,omitzero"`
	Qualifier QuantityQualifier `json:"qualifier,omitzero"`
	Nature    ObservationNature `json:"nature,omitzero"`
	// Unit is the unit of the value, such as INDEX, CASES or PERSONS.
	Unit string `json:"unit,omitzero"`
	// Source is the document of the value.
	Source Ref `json:"source,omitzero"`
	// Series is the publisher's code of the series; empty if the indicator has only one.
	Series string `json:"series,omitzero"`
	// Vintage distinguishes editions of the same figure.
	Vintage string `json:"vintage,omitzero"`
	// Passage is the passage with the value; zero for values from a published table.
	Passage  Passage       `json:"passage,omitzero"`
	Notes    LocalizedText `json:"note,omitzero"`
	Revision int           `json:"version,omitzero"`
}

// NewKey derives the observation's key from what it observes and its source.
func (o *Observation) NewKey() ObservationKey {
	parts := []string{o.Of.String(), o.Indicator, strconv.Itoa(o.Year), o.Source.String(), o.Vintage, string(o.Nature)}
	if o.Series != "" {
		parts = append(parts, o.Series)
	}
	return ObservationKey(hash(parts...))
}

// ID is the observation's global ID.
func (o *Observation) ID() string { return o.Identity().ID() }

// Identity is the observation's record reference.
func (o *Observation) Identity() RecordRef { return RecordRef{RecordObservation, string(o.Key)} }

// Version increases by one with each change of the observation.
func (o *Observation) Version() int { return o.Revision }

// Note is a note on the value by Masar.
func (o *Observation) Note(lang []Language) *Text { return o.Notes.In(lang) }

// QuantityQualifier is the precision of a number.
type QuantityQualifier string

// The qualifiers of a number.
const (
	Exactly  QuantityQualifier = "EXACTLY"
	About    QuantityQualifier = "ABOUT"
	MoreThan QuantityQualifier = "MORE_THAN"
	AtLeast  QuantityQualifier = "AT_LEAST"
)

// Qualifiers lists the qualifiers.
var Qualifiers = []QuantityQualifier{Exactly, About, MoreThan, AtLeast}

// ObservationNature distinguishes measured, reported, estimated and planned values. A plan is not a result.
type ObservationNature string

// The natures of an observation.
const (
	Measured  ObservationNature = "MEASURED"
	Reported  ObservationNature = "REPORTED"
	Estimated ObservationNature = "ESTIMATED"
	Planned   ObservationNature = "PLANNED"
)

// Natures lists the natures of an observation.
var Natures = []ObservationNature{Measured, Reported, Estimated, Planned}

// Quantity is a number from a source, with its precision and unit.
type Quantity struct {
	Value     float64           `json:"value,omitzero"`
	Qualifier QuantityQualifier `json:"qualifier,omitzero"`
	// Labels are what is counted: "experts who attended in person".
	Labels LocalizedText `json:"label,omitzero"`
}

// Of is what is counted.
func (q *Quantity) Of(lang []Language) *Text { return q.Labels.In(lang) }

// Maturity is the digital government maturity of a country, computed from international indices.
type Maturity struct {
	// Value is the weighted mean of the indices, in [0,1].
	Value float64
	// Coverage is the share of the indices' weight that is known and recent, in [0,1].
	Coverage float64
	// AsOf is the as-of date, for which the age of the indices is computed, as YYYY-MM-DD.
	AsOf string
	// Indices are the values behind the mean, in the order of the scoring profile.
	Indices []IndexValue
}

// IndexValue is a value of an index in one edition.
type IndexValue struct {
	// Indicator is the code of the index.
	Indicator string
	Year      int
	Value     float64
	// Vintage names the edition.
	Vintage string
	// Weight is the share of the value in the mean, by the profile and by age. The shares add up to 1.
	Weight float64
}
