package loaders

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"masar/answers"
	"masar/topology"
)

// This file reads ahead what an evidence gap map lists. The labels of its rows and columns, as of dashboards, are in memory.

// gapMap visits a map's lists of what lacks evidence.
func (w *walker) gapMap(ctx context.Context, f graphql.CollectedField) {
	found, err := w.request.gapMap(ctx, arguments[answers.GapMapArgs](w, f))
	if err != nil {
		return
	}
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
