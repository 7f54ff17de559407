package answers

import (
	"context"

	"masar"
)

// ChangeArgs are the arguments of the list of changes. A nil argument asks nothing.
type ChangeArgs struct {
	// Since and Until are snapshots: changes of the writes past the first, up to the second.
	Since, Until *string
	// First and After page forward, Last and Before backward (Relay).
	First, Last   *int
	After, Before *string
}

// ChangeConnection is a page of the changes between two snapshots (Relay).
type ChangeConnection struct {
	// Snapshot names the newest snapshot whose changes are told.
	Snapshot   string
	TotalCount int
	PageInfo   PageInfo
	Nodes      []*masar.Change
	// Count counts all changes between the snapshots by the type of the record.
	Count func(context.Context) ([]masar.ChangeCount, error)
}

// Counts are the numbers of all changes between the snapshots by the type of the record.
func (c *ChangeConnection) Counts(ctx context.Context) ([]masar.ChangeCount, error) {
	return c.Count(ctx)
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
