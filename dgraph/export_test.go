package dgraph

import "masar"

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
