package seed

import (
	"context"

	"masar"
	"masar/dgraph"
)

// Batch is the graph as records to be written together.
func (g *Graph) Batch() *masar.Batch {
	return &masar.Batch{Entities: g.Entities, Claims: g.Claims, Evidence: g.Evidence, Observations: g.Observations, Texts: g.Texts}
}

// Load writes the graph to the store in one transaction: all of it or nothing. What is there already is left alone, so
// that loading twice changes nothing, and a load that was cut short is simply done again.
// Records whose last author is another are left unchanged and listed. The error has the codes of dgraph.Store.Save.
func Load(ctx context.Context, store *dgraph.Store, g *Graph) (dgraph.Changes, error) {
	return store.Save(ctx, dgraph.Write{Batch: g.Batch(), By: masar.SeedAuthor})
}
