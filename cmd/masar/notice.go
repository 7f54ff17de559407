package main

import (
	"context"

	"masar/dgraph"
	"masar/seed"
)

// carriedDifferences are the records of the seed in this binary that the graph lacks or has with other values.
func carriedDifferences(ctx context.Context, store *dgraph.Store) ([]dgraph.Difference, error) {
	graph, err := seed.Carried().Read()
	if err != nil {
		return nil, err // a test of the seed makes this impossible
	}
	return store.Compare(ctx, graph.Batch())
}

// comparison is how many records of the seed in this binary the graph lacks, or has with other values.
type comparison struct{ missing, other int }

// noticeSeed logs if loading the seed in this binary would change the graph. It loads nothing by itself.
func (s *service) noticeSeed(ctx context.Context, store *dgraph.Store) {
	differences, err := carriedDifferences(ctx, store)
	switch {
	case ctx.Err() != nil:
		return
	case err != nil:
		s.log.Warn("cannot compare the graph with the seed in this binary", "error", err)
		return
	}
	missing, other := 0, 0
	for _, d := range differences {
		switch {
		case d.Missing:
			missing++
		case d.By == "":
			other++
		}
	}
	s.compared.Store(&comparison{missing, other})
	if missing+other > 0 {
		s.log.Warn("The graph was loaded from another seed. Run masar seed load --dry-run to see the differences.", "missing", missing, "different", other)
	}
}
