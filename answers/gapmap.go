package answers

import "masar"

// GapMapArgs are the arguments of an evidence gap map. A nil argument means no limit.
type GapMapArgs struct {
	Rows, Columns Dimension
	// Filter selects the claims in the cells.
	Filter *ClaimFilter
	// AsOf is the as-of date, as YYYY-MM-DD.
	AsOf *string
	// Country and Maturity give the maturity for which the map seeks cases: that of a country, or a number; not both.
	Country  *string
	Maturity *float64
	// FirstRows and FirstColumns are the maximum numbers, from 0 to 100; nil means 100.
	FirstRows, FirstColumns *int
}

// EvidenceGap is a kind of missing or weak evidence.
type EvidenceGap string

// The gaps, most important first.
const (
	GapAbsolute  EvidenceGap = "ABSOLUTE"
	GapContested EvidenceGap = "CONTESTED"
	GapThin      EvidenceGap = "THIN"
	GapSynthesis EvidenceGap = "SYNTHESIS"
	GapContext   EvidenceGap = "CONTEXT"
	GapStale     EvidenceGap = "STALE"
	GapNone      EvidenceGap = "NONE"
)

// Gaps lists the gaps, most important first.
var Gaps = []EvidenceGap{GapAbsolute, GapContested, GapThin, GapSynthesis, GapContext, GapStale, GapNone}

// GapMap shows where evidence is missing, thin, old or contested, by the support of claims about two dimensions.
type GapMap struct {
	Snapshot, AsOf string
	// Maturity is the maturity for which the map seeks cases; nil if none is requested, or if that of the country is
	// unknown.
	Maturity      *float64
	Rows, Columns []*DimensionValue
	// OtherRows and OtherColumns are the numbers of rows and columns that are not shown.
	OtherRows, OtherColumns int
	// Cells are all cells, by row and column.
	Cells []*GapCell
	// The numbers of targets that a source names but no recommendation advances, and of recommendations and case studies
	// that no active claim connects with each other.
	SilentTargetCount, OrphanRecommendationCount, OrphanCaseStudyCount int
	// Args are the arguments of the map.
	Args GapMapArgs
}

// GapCell is how well the claims of a row and a column are supported.
type GapCell struct {
	// Row and Column are keys.
	Row, Column string
	Claims      int
	// Nature is the nature of the claims that rate the cell: its effects, or its facts if the effects have no evidence.
	// Families, Net, Conflict, Certainty and Documentation combine the evidence of these claims. All but Families are
	// nil without claims.
	Nature        *masar.ClaimNature
	Families      int
	Net, Conflict *float64
	Certainty     *masar.Certainty
	Documentation *masar.Documentation
	// LatestYear is the year of the newest document among the claims' accepted evidence; nil if none is dated.
	LatestYear *int
	// Gaps are all gaps of the cell. Gap is the first of them, or GapNone.
	Gaps []EvidenceGap
	Gap  EvidenceGap
}
