package loaders

import (
	"context"
	"strconv"

	"github.com/maypok86/otter/v2"

	"masar"
	"masar/answers"
	"masar/dgraph"
	"masar/topology"
)

// history keeps pages of changes, which never change themselves: many who follow the graph ask for the same.
type history = otter.Cache[dgraph.HistoryArgs, *dgraph.History]

// keptPages bounds the pages that are kept, each of up to a hundred changes.
const keptPages = 200

func newHistory() (*history, error) {
	return otter.New(&otter.Options[dgraph.HistoryArgs, *dgraph.History]{MaximumSize: keptPages})
}

// Changes lists what was written since a snapshot, up to the request's. The error has code BAD_INPUT, BAD_PAGE or
// BAD_CURSOR for arguments that make no sense.
func Changes(ctx context.Context, since *string, first *int, after *string) (*answers.ChangeConnection, error) {
	r := From(ctx)
	args := dgraph.HistoryArgs{Until: r.Graph.Sequence()}
	var err error
	if args.Since, err = snapshotBefore(since, args.Until); err != nil {
		return nil, err
	}
	if args.First, _, err = topology.PageSize(answers.ListArgs{First: first}); err != nil {
		return nil, err
	}
	if after != nil {
		if args.After, err = masar.DecodeChangeCursor(*after); err != nil {
			return nil, err
		}
	}
	page, err := r.changes(ctx, args)
	if err != nil {
		return nil, err
	}
	r.readAheadChanges(ctx, page.Changes)
	c := &answers.ChangeConnection{
		Snapshot: r.Graph.Snapshot(), TotalCount: page.Total, Nodes: page.Changes,
		PageInfo: answers.PageInfo{HasNextPage: page.HasNext, HasPreviousPage: page.HasPrevious},
	}
	if n := len(page.Changes); n > 0 {
		start, end := page.Changes[0].Cursor(), page.Changes[n-1].Cursor()
		c.PageInfo.StartCursor, c.PageInfo.EndCursor = &start, &end
	}
	return c, nil
}

// SnapshotAt is when the request's snapshot was written, in RFC 3339: all changes of a write have the same time. It is nil for
// an empty graph, and where the store has not kept the changes.
func SnapshotAt(ctx context.Context) (*string, error) {
	r := From(ctx)
	last := r.Graph.Sequence()
	if last == 0 {
		return nil, nil
	}
	page, err := r.changes(ctx, dgraph.HistoryArgs{Since: last - 1, Until: last, First: 1})
	switch {
	case masar.ErrorCode(err) == masar.CodeBadInput:
		return nil, nil
	case err != nil || len(page.Changes) == 0:
		return nil, err
	}
	return &page.Changes[0].At, nil
}

// changes reads a page of changes, unless it is kept.
func (r *Request) changes(ctx context.Context, args dgraph.HistoryArgs) (*dgraph.History, error) {
	if known, ok := r.service.history.GetIfPresent(args); ok {
		return known, nil
	}
	page, err := reach(ctx, r, func(ctx context.Context) (*dgraph.History, error) { return r.service.store.History(ctx, args) })
	if err == nil {
		r.service.history.Set(args, page)
	}
	return page, err
}

// snapshotBefore reads a snapshot that a client gives, which has to be one up to now; 0, from which everything follows,
// for nil. The error has code BAD_INPUT.
func snapshotBefore(since *string, now int64) (int64, error) {
	if since == nil {
		return 0, nil
	}
	n, err := strconv.ParseInt(*since, 10, 64)
	switch {
	case err != nil || n < 0 || strconv.FormatInt(n, 10) != *since:
		return 0, masar.NewArgumentError(masar.CodeBadInput, "since", "error.snapshot.malformed", masar.Args{"since": *since})
	case n > now:
		return 0, masar.NewArgumentError(masar.CodeBadInput, "since", "error.snapshot.later", masar.Args{
			"since": *since, "newest": strconv.FormatInt(now, 10),
		})
	}
	return n, nil
}
