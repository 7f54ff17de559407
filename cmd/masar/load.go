package main

import (
	"context"

	"masar/dgraph"
	"masar/seed"
)

// operator is the author of records that the commands write, except those of the seed.
const operator = "operator"

// load writes the seed into the graph.
func (a *app) load(ctx context.Context, store *dgraph.Store, graph *seed.Graph) (changes dgraph.Changes, err error) {
	err = a.step("writing the seed", func() error {
		changes, err = seed.Load(ctx, store, graph)
		return err
	})
	return changes, err
}

// rewrite writes the seed into the graph, also over damaged values.
func (a *app) rewrite(ctx context.Context, store *dgraph.Store, graph *seed.Graph) (changes dgraph.Changes, err error) {
	err = a.step("writing the seed over damaged values", func() error {
		changes, err = seed.Rewrite(ctx, store, graph)
		return err
	})
	return changes, err
}
