package seed

import (
	"context"

	"masar"
	"masar/dgraph"
)

// Batch returns the graph as one batch of records.
func (g *Graph) Batch() *masar.Batch {
	return &masar.Batch{Entities: g.Entities, Claims: g.Claims, Evidence: g.Evidence, Observations: g.Observations, Texts: g.Texts}
}

// Load writes the graph in one transaction. Equal records are not written again, so a second load changes nothing and
// an interrupted load can be repeated. Records whose last author is not the seed are not overwritten; the result lists
// those of which the seed has new content. The error has the codes of dgraph.Store.Save.
func Load(ctx context.Context, store *dgraph.Store, g *Graph) (dgraph.Changes, error) {
	return store.Save(ctx, dgraph.Write{Batch: g.Batch(), By: masar.SeedAuthor})
}

// Rewrite is Load, and also writes the records of the seed whose stored values are damaged. The result lists them.
func Rewrite(ctx context.Context, store *dgraph.Store, g *Graph) (dgraph.Changes, error) {
	if err := store.Redeclare(ctx); err != nil {
		return dgraph.Changes{}, err
	}
	return store.Save(ctx, dgraph.Write{Batch: g.Batch(), By: masar.SeedAuthor, Rewrite: true})
}
