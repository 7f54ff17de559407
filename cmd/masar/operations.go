package main

import (
	"context"

	"masar/dgraph"
	"masar/loaders"
	"masar/operations"
	"masar/resolvers"
	"masar/scoring"
)

// operationsOn runs operations on the graph in a database. The graph is read, and stays as it is unless live runs.
func operationsOn(ctx context.Context, store *dgraph.Store, follow loaders.LiveOptions, o operations.Options) (*operations.Operations, *loaders.Live, error) {
	o.Schema = resolvers.NewSchema()
	live := loaders.NewLive(store, scoring.DefaultProfile(), follow, o.Log)
	if err := live.Refresh(ctx); err != nil {
		return nil, nil, err
	}
	service, err := loaders.New(live, store, o.Schema.Schema(), loaders.Options{CacheRecords: 100_000})
	if err != nil {
		return nil, nil, err
	}
	current := func() (*loaders.Service, error) { return service, nil }
	o.Begin, o.State = operations.Load(current), operations.StateOf(current)
	return operations.New(o), live, nil
}
