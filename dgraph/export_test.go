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

// Nested is a field of a type of record that becomes nodes of their own.
type Nested struct {
	Type      masar.RecordType
	Predicate string
	Index     []int // of the field of the record
}

// NestedFields are the fields with nested nodes of all types of record.
func NestedFields() []Nested {
	var all []Nested
	for _, c := range codecs {
		for _, f := range c.fields {
			if f.shape == nested {
				all = append(all, Nested{c.Type, f.name, f.index})
			}
		}
	}
	return all
}

// OldDigest is the digest that stores have of an accepted claim that had no direct edge because it was refuted.
func OldDigest(c *masar.Claim) (string, error) {
	r, err := encode(c, nil)
	if err != nil {
		return "", err
	}
	delete(r.node, "linked")
	return digest(r.xid, r.node)
}

// APIFields are, by sort, what the API calls all fields of its records.
func APIFields() map[masar.RecordType][]string {
	all := map[masar.RecordType][]string{}
	for _, c := range codecs {
		var names []string
		for _, f := range c.fields {
			names = append(names, f.name)
		}
		all[c.Type] = apiFields(c.Type, names)
	}
	return all
}

// Declarations are what ApplySchema declares.
func Declarations() string { return schema + types() }
