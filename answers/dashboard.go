package answers

import (
	"context"
	"masar"
)

// DashboardArgs are the arguments of a dashboard.
type DashboardArgs struct {
	// Filter selects the accepted claims to count; nil selects all.
	Filter *ClaimFilter
	// AsOf is the as-of date, as YYYY-MM-DD; nil for that of the graph.
	AsOf *string
}

// DistributionArgs are the arguments of a distribution.
type DistributionArgs struct {
	By Dimension
	// First is the maximum number of buckets, from 0 to 200; nil means 50.
	First *int
	// OrderBy is the order of the buckets; nil means the dimension's own order.
	OrderBy *BucketOrder
}

// MatrixArgs are the arguments of a matrix.
type MatrixArgs struct {
	Rows, Columns Dimension
	Measure       Measure
	// FirstRows and FirstColumns are the maximum numbers, from 0 to 200; nil means 50.
	FirstRows, FirstColumns *int
}

// TimeSeriesArgs are the arguments of a time series.
type TimeSeriesArgs struct {
	DateField DateField
	Interval  TimeInterval
	Measure   Measure
}

// Dashboard aggregates the accepted claims that match a filter, in one snapshot and as of one day. So all its numbers
// agree.
type Dashboard struct {
	Snapshot, AsOf string
	Args           DashboardArgs
}

// KindCount is the number of entities of a kind.
type KindCount struct {
	Kind  masar.Kind
	Count int
}

// Measure is a number that aggregates claims.
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

// MeasureUnit is the unit of a measure.
type MeasureUnit string

// The units: a count, a share of the claims in [0,1], a net support in [0,1].
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

// MeasureValue is the value of a measure; nil if it is not defined, such as a share of no claims.
type MeasureValue struct {
	Measure Measure
	Value   *float64
}

// Unit is the value's unit.
func (n *MeasureValue) Unit() MeasureUnit { return n.Measure.Unit() }

// Dimension is a property that claims are grouped by.
type Dimension string

// The dimensions. The schema defines the values of a claim for each.
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

// Unknown is the key of the bucket of claims without a value.
const Unknown = "UNKNOWN"

// BucketOrder is an order of the buckets of a distribution.
type BucketOrder string

// The orders of buckets.
const (
	OrderByKey   BucketOrder = "KEY"
	OrderByCount BucketOrder = "COUNT"
)

// DimensionValue is a value of a dimension.
type DimensionValue struct {
	// Key is the value: a code, a year, or a value of the dimension's enum.
	Key string
	// Labels gives its name in both languages.
	Labels func(context.Context) (masar.LocalizedText, error)
}

// Label is the name of the value, in the first of the languages.
func (c *DimensionValue) Label(ctx context.Context, lang []masar.Language) (*masar.Text, error) {
	w, err := c.Labels(ctx)
	if err != nil {
		return nil, err
	}
	return w.In(lang), nil
}

// Distribution counts claims by the values of a dimension.
type Distribution struct {
	// MultiValued says that a claim may have several values, so the buckets may add up to more than the number of
	// claims.
	MultiValued bool
	// DistinctCount is the number of counted claims.
	DistinctCount int
	// Buckets are the values; claims without a value come last.
	Buckets []*DistributionBucket
	// OtherBuckets is the number of buckets that are not shown, and OtherCount the number of claims with such a value.
	OtherBuckets, OtherCount int
}

// DistributionBucket is a value of a dimension with its number of claims.
type DistributionBucket struct {
	DimensionValue
	Count int
}

// ClaimMatrix aggregates claims by two dimensions.
type ClaimMatrix struct {
	Measure Measure
	// Rows and Columns are in the order of the buckets of a distribution.
	Rows, Columns []*DimensionValue
	// OtherRows and OtherColumns are the numbers of rows and columns that are not shown.
	OtherRows, OtherColumns int
	// Cells are the cells with claims, by row and column.
	Cells []*MatrixCell
}

// MatrixCell aggregates the claims of a row and a column.
type MatrixCell struct {
	// Row and Column are keys.
	Row, Column string
	Value       *float64
}

// DateField is a date of claims.
type DateField string

// The dates of claims.
const (
	DateOfEvent       DateField = "EVENT"
	DateOfPublication DateField = "PUBLICATION"
)

// TimeInterval is the length of the points of a series.
type TimeInterval string

// The intervals.
const (
	IntervalYear    TimeInterval = "YEAR"
	IntervalQuarter TimeInterval = "QUARTER"
	IntervalMonth   TimeInterval = "MONTH"
)

// TimeSeries aggregates claims by date. Every claim is in one point, in Undated, or in Imprecise.
type TimeSeries struct {
	Measure Measure
	// Points are all intervals from the first with a claim to the last.
	Points []*TimePoint
	// Undated counts claims whose date is missing or open at one side, Imprecise those whose date spans several
	// intervals.
	Undated, Imprecise int
}

// TimePoint aggregates the claims of an interval.
type TimePoint struct {
	// Start and End are the first and last day of the interval, as YYYY-MM-DD.
	Start, End string
	Claims     int
	Value      *float64
}
