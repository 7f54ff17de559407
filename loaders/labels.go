package loaders

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"masar/answers"
	"masar/topology"
)

// This file reads ahead the entities whose titles label the buckets, rows and columns of dashboards.

// dashboard visits the values of the dimensions that a dashboard's claims are grouped by.
func (w *walker) dashboard(ctx context.Context, f graphql.CollectedField) {
	args := arguments[answers.DashboardArgs](w, f)
	for _, part := range w.collect(f.Selections, "Dashboard") {
		switch part.Name {
		case "distribution":
			if found, err := w.request.distribution(ctx, args, arguments[answers.DistributionArgs](w, part)); err == nil {
				values := make([]topology.Value, len(found.Buckets))
				for i, b := range found.Buckets {
					values[i] = b.Value
				}
				w.labels(part, "buckets", values)
			}
		case "matrix":
			if found, err := w.request.matrix(ctx, args, arguments[answers.MatrixArgs](w, part)); err == nil {
				w.labels(part, "rows", found.Rows)
				w.labels(part, "columns", found.Columns)
			}
		}
	}
}

// gapMap visits the rows and columns of a map and its lists of what lacks evidence.
func (w *walker) gapMap(ctx context.Context, f graphql.CollectedField) {
	found, err := w.request.gapMap(ctx, arguments[answers.GapMapArgs](w, f))
	if err != nil {
		return
	}
	w.labels(f, "rows", found.Rows)
	w.labels(f, "columns", found.Columns)
	for _, part := range w.collect(f.Selections, "GapMap") {
		all, isList := map[string][]topology.Entity{
			"silentTargets": found.silent, "orphanRecommendations": found.recommendations, "orphanCaseStudies": found.cases,
		}[part.Name]
		if !isList {
			continue
		}
		if first, err := topology.FirstMissed(all, w.args(part).First); err == nil {
			w.entities(part.Selections, first)
		}
	}
}

// labels requests the entities among the values of a field's part, if their labels are selected.
func (w *walker) labels(f graphql.CollectedField, part string, values []topology.Value) {
	for _, in := range w.collect(f.Selections, f.Definition.Type.Name()) {
		if in.Name != part {
			continue
		}
		for _, label := range w.collect(in.Selections, in.Definition.Type.Name()) {
			if label.Name != "label" {
				continue
			}
			for _, v := range values {
				if v.At != topology.None {
					w.wanted[w.EntityRecord(v.At)] = true
				}
			}
		}
	}
}
