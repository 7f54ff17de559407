package answers

import "masar"

// ChangeConnection is a page of the changes since a snapshot (Relay).
type ChangeConnection struct {
	// Snapshot names the newest snapshot whose changes are told.
	Snapshot   string
	TotalCount int
	PageInfo   PageInfo
	Nodes      []*masar.Change
}

// ChangeEdge is a change with its place in the history.
type ChangeEdge struct {
	Cursor string
	Node   *masar.Change
}

// Edges are the changes of the page with their places.
func (c *ChangeConnection) Edges() []*ChangeEdge {
	edges := make([]*ChangeEdge, len(c.Nodes))
	for i, n := range c.Nodes {
		edges[i] = &ChangeEdge{Cursor: n.Cursor(), Node: n}
	}
	return edges
}
