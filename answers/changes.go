package answers

import (
	"context"

	"masar"
)

// ChangeArgs are the arguments of the field changes. A nil argument means no limit.
type ChangeArgs struct {
	// Since and Until are snapshots. Changes of writes after Since, up to and including Until, are listed.
	Since, Until *string
	// First and After page forward, Last and Before backward (Relay).
	First, Last   *int
	After, Before *string
}

// ChangeConnection is a page of the changes between two snapshots (Relay).
type ChangeConnection struct {
	// Snapshot is the newest snapshot whose changes are included.
	Snapshot   string
	TotalCount int
	PageInfo   PageInfo
	Nodes      []*masar.Change
	// Count counts all changes between the snapshots by record type.
	Count func(context.Context) ([]masar.ChangeCount, error)
}

// Counts are the numbers of all changes between the snapshots, by record type.
func (c *ChangeConnection) Counts(ctx context.Context) ([]masar.ChangeCount, error) {
	return c.Count(ctx)
}

// ChangeEdge is a change with its cursor.
type ChangeEdge struct {
	Cursor string
	Node   *masar.Change
}

// Edges are the changes of the page with their cursors.
func (c *ChangeConnection) Edges() []*ChangeEdge {
	edges := make([]*ChangeEdge, len(c.Nodes))
	for i, n := range c.Nodes {
		edges[i] = &ChangeEdge{Cursor: n.Cursor(), Node: n}
	}
	return edges
}
