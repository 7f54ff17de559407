package dgraph

// SetShapePage makes the store read shapes in pages of n records, so that few records make several pages.
func (s *Store) SetShapePage(n int) { s.shapePage = n }
