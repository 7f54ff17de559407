package loaders

import (
	"context"
	"masar/answers"

	"masar"
)

// Related lists the initiatives most similar to an initiative, by what they share.
func Related(ctx context.Context, i *masar.Initiative, args answers.ListArgs) (*answers.RelatedInitiativeConnection, error) {
	r := From(ctx)
	page, err := r.related(fieldOf(ctx), r.place(i), args)
	if err != nil {
		return nil, err
	}
	list, err := connect(r, page, nil, Entities[*masar.Initiative])
	if err != nil {
		return nil, err
	}
	nodes, err := list.Nodes(ctx)
	if err != nil {
		return nil, err
	}
	related := &answers.RelatedInitiativeConnection{TotalCount: list.TotalCount, PageInfo: list.PageInfo, Edges: []*answers.RelatedInitiativeEdge{}}
	for n, it := range page.Items {
		similarity := r.Graph.Compare(r.place(i), it.At)
		shared, err := Entities[masar.Entity](ctx, r, similarity.Shared)
		if err != nil {
			return nil, err
		}
		related.Edges = append(related.Edges, &answers.RelatedInitiativeEdge{Cursor: it.Cursor, Node: nodes[n], Score: similarity.Score, Shared: shared})
	}
	return related, nil
}
