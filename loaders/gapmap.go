package loaders

import (
	"context"
	"time"

	"masar"
	"masar/answers"
	"masar/topology"
)

// gapMap is an evidence gap map with its lists of what lacks evidence.
type gapMap struct {
	topology.GapMap
	asOf                           time.Time
	maturity                       *float64
	silent, recommendations, cases []topology.Entity
}

// gapMap computes the map once per request.
func (r *Request) gapMap(ctx context.Context, args answers.GapMapArgs) (gapMap, error) {
	return once(r, func() (m gapMap, err error) {
		counted, err := r.selected(ctx, answers.DashboardArgs{Filter: args.Filter, AsOf: args.AsOf})
		if err != nil {
			return m, err
		}
		if m.maturity, err = wantedMaturity(counted.Graph, args); err != nil {
			return m, err
		}
		if m.GapMap, err = counted.GapMap(args.Rows, args.Columns, args.FirstRows, args.FirstColumns, m.maturity); err != nil {
			return m, err
		}
		m.asOf, m.silent = counted.Graph.AsOf(), counted.SilentTargets()
		m.recommendations, m.cases = counted.Orphans()
		return m, nil
	}, "gap map", args)
}

// wantedMaturity is the maturity for which the map seeks cases; nil if it is not requested or not known. The error
// has code BAD_INPUT.
func wantedMaturity(g *topology.Graph, args answers.GapMapArgs) (*float64, error) {
	if m := args.Maturity; m != nil {
		if args.Country != nil {
			return nil, masar.NewArgumentError(masar.CodeBadInput, "maturity", "error.gaps.country_or_maturity", nil)
		}
		return m, masar.CheckShare("maturity", *m)
	}
	if args.Country == nil {
		return nil, nil
	}
	country, err := g.FindNamed("country", masar.Ref{Kind: masar.KindCountry, Code: *args.Country})
	if err != nil {
		return nil, err
	}
	if m, _ := g.Maturity(country); m != nil {
		return &m.Value, nil
	}
	return nil, nil
}

// GapMap resolves the field gapMap. The error has code BAD_INPUT or BAD_PAGE for invalid arguments.
func GapMap(ctx context.Context, args answers.GapMapArgs) (*answers.GapMap, error) {
	r := From(ctx)
	found, err := r.gapMap(ctx, args)
	if err != nil {
		return nil, err
	}
	m := &answers.GapMap{
		Snapshot: r.Graph.Snapshot(), AsOf: found.asOf.Format(time.DateOnly), Maturity: found.maturity, Args: args,
		Rows: r.categories(args.Rows, found.Rows), Columns: r.categories(args.Columns, found.Columns),
		OtherRows: found.OtherRows, OtherColumns: found.OtherColumns, Cells: make([]*answers.GapCell, len(found.Cells)),
		SilentTargetCount: len(found.silent), OrphanRecommendationCount: len(found.recommendations), OrphanCaseStudyCount: len(found.cases),
	}
	for i, c := range found.Cells {
		m.Cells[i] = gapCell(c)
		m.Cells[i].Row, m.Cells[i].Column = found.Rows[c.Row].Key, found.Columns[c.Column].Key
	}
	return m, nil
}

func gapCell(c topology.GapCell) *answers.GapCell {
	told := &answers.GapCell{Claims: c.Claims, Families: c.Support.Families, Gaps: append([]answers.EvidenceGap{}, c.Gaps...), Gap: answers.GapNone}
	if c.Claims > 0 {
		told.Nature, told.Net, told.Conflict = &c.Support.Nature, &c.Support.Net, &c.Support.Conflict
		if c.Support.Nature == masar.Fact {
			told.Documentation = &c.Support.Documentation
		} else {
			told.Certainty = &c.Support.Certainty
		}
	}
	if c.LatestYear != 0 {
		told.LatestYear = &c.LatestYear
	}
	if len(c.Gaps) > 0 {
		told.Gap = c.Gaps[0]
	}
	return told
}

// SilentTargets are the first targets that a source names and that no recommendation advances. The error has code
// BAD_PAGE.
func SilentTargets(ctx context.Context, m *answers.GapMap, first *int) ([]*masar.SdgTarget, error) {
	return missed[*masar.SdgTarget](ctx, m, first, func(found gapMap) []topology.Entity { return found.silent })
}

// OrphanRecommendations are the first recommendations that no case demonstrates. The error has code BAD_PAGE.
func OrphanRecommendations(ctx context.Context, m *answers.GapMap, first *int) ([]*masar.Recommendation, error) {
	return missed[*masar.Recommendation](ctx, m, first, func(found gapMap) []topology.Entity { return found.recommendations })
}

// OrphanCaseStudies are the first case studies that demonstrate no recommendation. The error has code BAD_PAGE.
func OrphanCaseStudies(ctx context.Context, m *answers.GapMap, first *int) ([]*masar.CaseStudy, error) {
	return missed[*masar.CaseStudy](ctx, m, first, func(found gapMap) []topology.Entity { return found.cases })
}

// missed returns the first items of one of the map's lists.
func missed[T masar.Entity](ctx context.Context, m *answers.GapMap, first *int, of func(gapMap) []topology.Entity) ([]T, error) {
	r := From(ctx)
	found, err := r.gapMap(ctx, m.Args)
	if err != nil {
		return nil, err
	}
	places, err := topology.FirstMissed(of(found), first)
	if err != nil {
		return nil, err
	}
	return shown[T](ctx, r, places)
}
