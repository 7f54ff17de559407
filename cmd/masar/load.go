package main

import (
	"context"
	"time"

	"masar/dgraph"
	"masar/scoring"
	"masar/seed"
)

// load writes the seed into the graph.
func (a *app) load(ctx context.Context, store *dgraph.Store, graph *seed.Graph) (changes dgraph.Changes, err error) {
	err = a.step("writing the seed", func() error {
		changes, err = seed.Load(ctx, store, graph, scoring.Linked(graph.Batch(), time.Now()))
		return err
	})
	return changes, err
}
