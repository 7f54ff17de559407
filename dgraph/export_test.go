package dgraph

import (
	"context"

	"github.com/dgraph-io/dgo/v230"

	"masar"
)

// WithoutRules turns off validation, so that tests of the codec can put any value in any field.
func WithoutRules(s *Store) {
	s.validate = func(context.Context, *dgo.Txn, *masar.Batch) error { return nil }
}

// SetOutlinePage sets the page size of Outline, so that few records make several pages.
func (s *Store) SetOutlinePage(n int) { s.outlinePage = n }

// Nested is a field whose values are nested nodes.
type Nested struct {
	Type      masar.RecordType
	Predicate string
	Index     []int // of the record's field
}

// NestedFields are the fields with nested nodes, of all record types.
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

// OldDigest is the digest that earlier versions gave an accepted claim that was refuted and so had no direct edge.
func OldDigest(c *masar.Claim) (string, error) {
	r, err := encode(c, nil)
	if err != nil {
		return "", err
	}
	delete(r.node, "linked")
	return digest(r.xid, r.node)
}

// APIFields are the API's names of all fields, by record type.
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

// ReadLeaders reads the state of a cluster.
var ReadLeaders = readLeaders
