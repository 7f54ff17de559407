package loaders

import (
	"context"

	"masar"
	"masar/dgraph"
	"masar/internal/outlinefile"
)

// A start need not read the whole graph: the file of LiveOptions has the outline that an earlier process read. It counts only if
// the database has the write that made its snapshot, and all changes since. Whatever goes wrong with the file, the
// graph is read as a whole.

// manyChanges is the number of changed records from which the file is written again.
const manyChanges = 1000

// outline returns the outline of a moment: at a start that of the file with what was written since, otherwise the database's.
func (l *Live) outline(ctx context.Context, moment *dgraph.Moment, start bool) (outline *masar.Outline, how string, err error) {
	if start {
		if outline = l.kept(ctx, moment); outline != nil {
			return outline, readKept, nil
		}
	}
	if outline, err = moment.Outline(ctx); err != nil {
		return nil, "", err
	}
	l.keep(ctx, moment, outline)
	return outline, readWhole, nil
}

// kept is the outline of the file with what was written since; nil if it does not count.
func (l *Live) kept(ctx context.Context, moment *dgraph.Moment) *masar.Outline {
	if l.options.File == nil {
		return nil
	}
	kept, err := l.options.File.Read()
	if err != nil {
		l.log.Warn("cannot use the kept outline of the graph; reading the whole graph", "error", err)
	}
	if kept == nil || kept.Outline.Snapshot > moment.Snapshot() {
		return nil
	}
	if write, err := moment.Written(ctx, kept.Outline.Snapshot); err != nil || write != kept.Write {
		return nil
	}
	if kept.Outline.Snapshot == moment.Snapshot() {
		return kept.Outline
	}
	since, complete, err := moment.OutlineSince(ctx, kept.Outline.Snapshot)
	if err != nil || !complete {
		return nil
	}
	outline := kept.Outline.With(since)
	if len(since.Entities)+len(since.Claims)+len(since.Evidence)+len(since.Observations)+len(since.Texts) > manyChanges {
		l.keep(ctx, moment, outline)
	}
	return outline
}

// keep writes the outline of a moment to the file.
func (l *Live) keep(ctx context.Context, moment *dgraph.Moment, outline *masar.Outline) {
	if l.options.File == nil || outline.Snapshot == 0 {
		return
	}
	write, err := moment.Written(ctx, outline.Snapshot)
	if err == nil && write != "" {
		err = l.options.File.Write(&outlinefile.Kept{Outline: outline, Write: write})
	}
	if err != nil && ctx.Err() == nil {
		l.log.Warn("cannot keep the outline of the graph; the next start reads the whole graph", "error", err)
	}
}
