package dgraph

import (
	"context"

	"github.com/dgraph-io/dgo/v230"

	"masar"
)

// WithoutRules makes a store write whatever can be written, so that the tests of how values reach Dgraph and come back can
// put any value in any place.
func WithoutRules(s *Store) {
	s.validate = func(context.Context, *dgo.Txn, *masar.Batch) error { return nil }
}

// SetShapePage makes the store read shapes in pages of n records, so that few records make several pages.
func (s *Store) SetShapePage(n int) { s.shapePage = n }

// APIFields are, by sort, what the API calls all fields of its records.
func APIFields() map[masar.Sort][]string {
	all := map[masar.Sort][]string{}
	for _, c := range codecs {
		var names []string
		for _, f := range c.fields {
			names = append(names, f.name)
		}
		all[c.sort] = apiFields(c.sort, names)
	}
	return all
}
