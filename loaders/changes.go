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

// history caches pages and counts of changes. They never change, and many clients that follow the graph ask for the
// same ones.
type history struct {
	pages  *otter.Cache[dgraph.HistoryArgs, *dgraph.History]
	counts *otter.Cache[[2]int64, []masar.ChangeCount] // by the two snapshots
}

// keptPages is the maximum number of cached pages, each of up to a hundred changes, and of cached counts.
const keptPages = 200

func newHistory() (*history, error) {
	pages, err := otter.New(&otter.Options[dgraph.HistoryArgs, *dgraph.History]{MaximumSize: keptPages})
	if err != nil {
		return nil, err
	}
	counts, err := otter.New(&otter.Options[[2]int64, []masar.ChangeCount]{MaximumSize: keptPages})
	return &history{pages, counts}, err
}

// Changes lists the changes between two snapshots, up to that of the request. The error has code BAD_INPUT, BAD_PAGE
// or BAD_CURSOR for invalid arguments.
func Changes(ctx context.Context, asked answers.ChangeArgs) (*answers.ChangeConnection, error) {
	r := From(ctx)
	args, err := historyArgs(asked, r.Graph.Sequence())
	if err != nil {
		return nil, err
	}
	page, err := r.changes(ctx, args)
	if err != nil {
		return nil, err
	}
	r.readAheadChanges(ctx, page.Changes)
	c := &answers.ChangeConnection{
		Snapshot: strconv.FormatInt(args.Until, 10), TotalCount: page.Total, Nodes: page.Changes,
		PageInfo: answers.PageInfo{HasNextPage: page.HasNext, HasPreviousPage: page.HasPrevious},
		Count: func(ctx context.Context) ([]masar.ChangeCount, error) {
			return r.changesByType(ctx, args.Since, args.Until)
		},
	}
	if n := len(page.Changes); n > 0 {
		start, end := page.Changes[0].Cursor(), page.Changes[n-1].Cursor()
		c.PageInfo.StartCursor, c.PageInfo.EndCursor = &start, &end
	}
	return c, nil
}

// historyArgs checks and converts the arguments of the field changes. newest is the newest snapshot.
func historyArgs(asked answers.ChangeArgs, newest int64) (args dgraph.HistoryArgs, err error) {
	if args.Since, err = snapshotIn("since", asked.Since, 0, newest); err != nil {
		return args, err
	}
	if args.Until, err = snapshotIn("until", asked.Until, newest, newest); err != nil {
		return args, err
	}
	if args.Since > args.Until {
		return args, masar.NewArgumentError(masar.CodeBadInput, "until", "error.snapshot.order", masar.Args{"since": *asked.Since, "until": *asked.Until})
	}
	if args.Size, args.FromEnd, err = topology.PageSize(answers.ListArgs{First: asked.First, Last: asked.Last}); err != nil {
		return args, err
	}
	if asked.After != nil {
		if args.After, err = masar.DecodeChangeCursor("after", *asked.After); err != nil {
			return args, err
		}
	}
	if asked.Before != nil {
		args.Before, err = masar.DecodeChangeCursor("before", *asked.Before)
	}
	return args, err
}

// changesByType counts the changes between two snapshots, with a cache.
func (r *Request) changesByType(ctx context.Context, since, until int64) ([]masar.ChangeCount, error) {
	kept, key := r.service.history.counts, [2]int64{since, until}
	if known, ok := kept.GetIfPresent(key); ok {
		return known, nil
	}
	counts, err := reach(ctx, r, func(ctx context.Context) ([]masar.ChangeCount, error) {
		return r.moment.ChangesByType(ctx, since, until)
	})
	if err == nil {
		kept.Set(key, counts)
	}
	return counts, err
}

// SnapshotAt is the time of the request's snapshot, in RFC 3339. All changes of a write have the same time. It is nil
// for an empty graph, and if the changes are not in the database any more.
func SnapshotAt(ctx context.Context) (*string, error) {
	r := From(ctx)
	last := r.Graph.Sequence()
	if last == 0 {
		return nil, nil
	}
	page, err := r.changes(ctx, dgraph.HistoryArgs{Since: last - 1, Until: last, Size: 1})
	switch {
	case masar.ErrorCode(err) == masar.CodeBadInput:
		return nil, nil
	case err != nil || len(page.Changes) == 0:
		return nil, err
	}
	return &page.Changes[0].At, nil
}

// changes reads a page of changes, with a cache.
func (r *Request) changes(ctx context.Context, args dgraph.HistoryArgs) (*dgraph.History, error) {
	if known, ok := r.service.history.pages.GetIfPresent(args); ok {
		return known, nil
	}
	page, err := reach(ctx, r, func(ctx context.Context) (*dgraph.History, error) { return r.moment.History(ctx, args) })
	if err == nil {
		r.service.history.pages.Set(args, page)
	}
	return page, err
}

// snapshotIn parses a snapshot given as an argument, which must not be newer than newest. It returns byDefault for
// nil. The error has code BAD_INPUT.
func snapshotIn(argument string, given *string, byDefault, newest int64) (int64, error) {
	if given == nil {
		return byDefault, nil
	}
	n, err := strconv.ParseInt(*given, 10, 64)
	switch {
	case err != nil || n < 0 || strconv.FormatInt(n, 10) != *given:
		return 0, masar.NewArgumentError(masar.CodeBadInput, argument, "error.snapshot.malformed", masar.Args{"given": *given})
	case n > newest:
		return 0, masar.NewArgumentError(masar.CodeBadInput, argument, "error.snapshot.later", masar.Args{
			"given": *given, "newest": strconv.FormatInt(newest, 10),
		})
	}
	return n, nil
}
