package answers

import (
	"context"
	"masar"
)

// DashboardArgs say what a dashboard counts.
type DashboardArgs struct {
	// Filter says which of the accepted claims are counted; nil keeps all.
	Filter *ClaimFilter
	// AsOf is the day, as YYYY-MM-DD, as of which the age of evidence is computed; nil for the graph's own.
	AsOf *string
}

// DistributionArgs are the arguments of a distribution.
type DistributionArgs struct {
	By Dimension
	// First is how many buckets are shown, from 0 to 200; 50 when it is nil.
	First *int
	// OrderBy is nil for the dimension's own order.
	OrderBy *BucketOrder
}

// MatrixArgs are the arguments of a matrix.
type MatrixArgs struct {
	Rows, Columns Dimension
	Measure       Measure
	// FirstRows and FirstColumns are how many of each are shown, from 0 to 200; 50 when they are nil.
	FirstRows, FirstColumns *int
}

// TimeSeriesArgs are the arguments of a time series.
type TimeSeriesArgs struct {
	DateField DateField
	Interval  Interval
	Measure   Measure
}

// Dashboard counts the accepted claims that one filter keeps, in one snapshot and as of one day: whatever it tells agrees.
type Dashboard struct {
	Snapshot, AsOf string
	Args           DashboardArgs
}

// KindCount is the number of entities of a kind.
type KindCount struct {
	Kind  masar.Kind
	Count int
}

// Measure is a number that sums up claims.
type Measure string

// The measures.
const (
	MeasureClaims        Measure = "CLAIMS"
	MeasureStated        Measure = "STATED"
	MeasureInferred      Measure = "INFERRED"
	MeasureStatedShare   Measure = "STATED_SHARE"
	MeasureInferredShare Measure = "INFERRED_SHARE"
	MeasureEvidence      Measure = "EVIDENCE"
	MeasureDocuments     Measure = "DOCUMENTS"
	MeasureFamilies      Measure = "FAMILIES"
	MeasureMeanNet       Measure = "MEAN_NET"
	MeasureContested     Measure = "CONTESTED"
	MeasureRefuted       Measure = "REFUTED"
	MeasureNoEvidence    Measure = "NO_EVIDENCE"
)

// Measures lists the measures.
var Measures = []Measure{
	MeasureClaims, MeasureStated, MeasureInferred, MeasureStatedShare, MeasureInferredShare, MeasureEvidence,
	MeasureDocuments, MeasureFamilies, MeasureMeanNet, MeasureContested, MeasureRefuted, MeasureNoEvidence,
}

// MeasureUnit tells how the value of a measure is to be read.
type MeasureUnit string

// The units: a whole number, a part of the claims, a net support. The latter two are from 0 to 1.
const (
	UnitCount   MeasureUnit = "COUNT"
	UnitShare   MeasureUnit = "SHARE"
	UnitSupport MeasureUnit = "SUPPORT"
)

// Unit is the measure's unit.
func (m Measure) Unit() MeasureUnit {
	switch m {
	case MeasureStatedShare, MeasureInferredShare:
		return UnitShare
	case MeasureMeanNet:
		return UnitSupport
	}
	return UnitCount
}

// Number is the value of a measure; nil where it is not defined, as a share of nothing is not.
type Number struct {
	Measure Measure
	Value   *float64
}

// Unit is the value's unit.
func (n *Number) Unit() MeasureUnit { return n.Measure.Unit() }

// Dimension is a property of claims that they are sorted by.
type Dimension string

// The dimensions. What it is that a claim has of each is said in the schema.
const (
	ByCertainty     Dimension = "CERTAINTY"
	ByStatus        Dimension = "STATUS"
	ByBasis         Dimension = "BASIS"
	ByNature        Dimension = "NATURE"
	ByDocumentation Dimension = "DOCUMENTATION"
	ByPredicate     Dimension = "PREDICATE"
	BySubjectKind   Dimension = "SUBJECT_KIND"
	ByObjectKind    Dimension = "OBJECT_KIND"
	ByCountry       Dimension = "COUNTRY"
	BySdgGoal       Dimension = "SDG_GOAL"
	BySdgTarget     Dimension = "SDG_TARGET"
	ByInitiative    Dimension = "INITIATIVE"
	ByTopic         Dimension = "TOPIC"
	ByChallenge     Dimension = "CHALLENGE"
	ByOrganization  Dimension = "ORGANIZATION"
	ByEvidenceKind  Dimension = "EVIDENCE_KIND"
	ByDocument      Dimension = "DOCUMENT"
	ByYear          Dimension = "YEAR"
)

// Dimensions lists the dimensions.
var Dimensions = []Dimension{
	ByCertainty, ByStatus, ByBasis, ByNature, ByDocumentation, ByPredicate, BySubjectKind, ByObjectKind, ByCountry, BySdgGoal, BySdgTarget,
	ByInitiative, ByTopic, ByChallenge, ByOrganization, ByEvidenceKind, ByDocument, ByYear,
}

// Unknown is the key of the bucket of the claims that have no value of a dimension.
const Unknown = "UNKNOWN"

// BucketOrder is what the buckets of a distribution are ordered by.
type BucketOrder string

// The orders of buckets.
const (
	OrderByKey   BucketOrder = "KEY"
	OrderByCount BucketOrder = "COUNT"
)

// Category is a value of a dimension.
type Category struct {
	// Key is the value: a code, a year, or a value of the enum that the dimension is of.
	Key string
	// Labels gives its name in both languages.
	Labels func(context.Context) (masar.LocalizedText, error)
}

// Label is what the value is called, in the first of the languages.
func (c *Category) Label(ctx context.Context, lang []masar.Language) (*masar.Text, error) {
	w, err := c.Labels(ctx)
	if err != nil {
		return nil, err
	}
	return w.In(lang), nil
}

// Distribution tells how many claims have each value of a dimension.
type Distribution struct {
	// MultiValued says that a claim may have several values, so that the buckets may add up to more than there are claims.
	MultiValued bool
	// DistinctCount is the number of claims that were counted, each once.
	DistinctCount int
	// Buckets are the values, the claims that have none last.
	Buckets []*Bucket
	// OtherBuckets is the number of buckets that were cut off, and OtherCount that of the claims that have such a value.
	OtherBuckets, OtherCount int
}

// Bucket is a value of a dimension with the number of the claims that have it.
type Bucket struct {
	Category
	Count int
}

// Matrix sums up claims by two dimensions at once.
type Matrix struct {
	Measure Measure
	// Rows and Columns are ordered as the buckets of a distribution are.
	Rows, Columns []*Category
	// OtherRows and OtherColumns are the numbers of rows and columns that were cut off.
	OtherRows, OtherColumns int
	// Cells are those with a claim, by row and column.
	Cells []*MatrixCell
}

// MatrixCell sums up the claims of a row and a column.
type MatrixCell struct {
	// Row and Column are keys.
	Row, Column string
	Value       *float64
}

// DateField is a date that claims have.
type DateField string

// The dates of claims.
const (
	DateOfEvent       DateField = "EVENT"
	DateOfPublication DateField = "PUBLICATION"
)

// Interval is the length of time that a point of a series stands for.
type Interval string

// The intervals.
const (
	IntervalYear    Interval = "YEAR"
	IntervalQuarter Interval = "QUARTER"
	IntervalMonth   Interval = "MONTH"
)

// TimeSeries sums up claims by when they are dated. Every claim is in one point, or one of Undated and Imprecise.
type TimeSeries struct {
	Measure Measure
	// Points are all intervals from the first with a claim to the last.
	Points []*TimePoint
	// Undated claims have no date that is bounded, and Imprecise ones one that spans several intervals.
	Undated, Imprecise int
}

// TimePoint sums up the claims of an interval.
type TimePoint struct {
	// Start and End are its first and its last day, as YYYY-MM-DD.
	Start, End string
	Claims     int
	Value      *float64
}
