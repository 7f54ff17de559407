package answers

import "masar"

// GapMapArgs say what a map of evidence gaps is of. A nil argument asks nothing.
type GapMapArgs struct {
	Rows, Columns Dimension
	// Filter says which claims fill the cells.
	Filter *ClaimFilter
	// AsOf is the day, as YYYY-MM-DD, as of which the age of evidence is computed.
	AsOf *string
	// Country and Maturity say for which maturity cases are looked for, by a country of it or by the number itself; not both.
	Country  *string
	Maturity *float64
	// FirstRows and FirstColumns are how many of each are shown, from 0 to 100; 100 when they are nil.
	FirstRows, FirstColumns *int
}

// Gap is what is missing where evidence should be.
type Gap string

// The gaps. Of several gaps of a cell, the first of these matters most.
const (
	GapAbsolute  Gap = "ABSOLUTE"
	GapContested Gap = "CONTESTED"
	GapThin      Gap = "THIN"
	GapSynthesis Gap = "SYNTHESIS"
	GapContext   Gap = "CONTEXT"
	GapStale     Gap = "STALE"
	GapNone      Gap = "NONE"
)

// Gaps lists the gaps in the order in which they matter.
var Gaps = []Gap{GapAbsolute, GapContested, GapThin, GapSynthesis, GapContext, GapStale, GapNone}

// GapMap shows where evidence is missing, thin, old or contested: how well the claims that link two kinds of things are supported.
type GapMap struct {
	Snapshot, AsOf string
	// Maturity is the one for which cases were looked for; nil where none was asked for, or that of the country is not known.
	Maturity      *float64
	Rows, Columns []*Category
	// OtherRows and OtherColumns are the numbers of rows and columns that were cut off.
	OtherRows, OtherColumns int
	// Cells are all of the map, by row and column.
	Cells []*GapCell
	// The numbers of targets that a source names and no recommendation advances, and of recommendations and case studies that
	// no claim links with each other.
	SilentTargetCount, OrphanRecommendationCount, OrphanCaseStudyCount int
	// Args say what the map is of.
	Args GapMapArgs
}

// GapCell is how well the claims of a row and a column are supported.
type GapCell struct {
	// Row and Column are keys.
	Row, Column string
	Claims      int
	// Nature is that of the claims that the cell is judged by: its effects, or where these have no evidence its facts.
	// Families, Net, Conflict and Certainty or Documentation are those of the evidence of these claims together. All but
	// Families are nil where there is no claim.
	Nature        *masar.ClaimNature
	Families      int
	Net, Conflict *float64
	Certainty     *masar.Certainty
	Documentation *masar.Documentation
	// LatestYear is the year of the newest document with accepted evidence of the claims; nil where there is none or none
	// is dated.
	LatestYear *int
	// Gaps are all that there are, and Gap the first of them, or GapNone.
	Gaps []Gap
	Gap  Gap
}
