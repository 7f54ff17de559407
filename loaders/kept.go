package loaders

import (
	"context"

	"masar"
	"masar/dgraph"
	"masar/internal/graphfile"
	"masar/search"
)

// A start need not read the whole graph: the file of LiveOptions has the outline that an earlier process read, and the index of
// its words. It counts only if the database has the write that made its snapshot, and all changes since. Whatever goes
// wrong with the file, the graph is read as a whole.

// manyChanges is the number of changed records from which the file is written again.
const manyChanges = 1000

// read returns the outline and the index of a moment: at a start those of the file with what was written since, otherwise the
// database's.
func (l *Live) read(ctx context.Context, moment *dgraph.Moment, start bool) (outline *masar.Outline, words *search.Index, how string, err error) {
	if start {
		if outline, words = l.kept(ctx, moment); outline != nil {
			return outline, words, readKept, nil
		}
	}
	if outline, err = moment.Outline(ctx); err != nil {
		return nil, nil, "", err
	}
	if words, err = l.index(ctx, outline.Entities); err != nil {
		return nil, nil, "", err
	}
	l.keep(ctx, moment, outline, words)
	return outline, words, readWhole, nil
}

// kept returns the graph and the index of the file with what was written since; nil if the file does not count.
func (l *Live) kept(ctx context.Context, moment *dgraph.Moment) (*masar.Outline, *search.Index) {
	if l.options.File == nil {
		return nil, nil
	}
	kept, err := l.options.File.Read()
	if err != nil {
		l.log.Warn("cannot use the kept graph; reading the whole graph", "error", err)
	}
	if kept == nil || kept.Outline.Snapshot > moment.Snapshot() {
		return nil, nil
	}
	if write, err := moment.Written(ctx, kept.Outline.Snapshot); err != nil || write != kept.Write {
		return nil, nil
	}
	if kept.Outline.Snapshot == moment.Snapshot() {
		return kept.Outline, kept.Words
	}
	since, words, err := l.since(ctx, kept.Outline.Snapshot, kept.Words, moment)
	if err != nil || since == nil {
		return nil, nil
	}
	outline := kept.Outline.With(since)
	if len(since.Entities)+len(since.Claims)+len(since.Evidence)+len(since.Observations)+len(since.Texts) > manyChanges {
		l.keep(ctx, moment, outline, words)
	}
	return outline, words
}

// keep writes the graph and the index of a moment to the file.
func (l *Live) keep(ctx context.Context, moment *dgraph.Moment, outline *masar.Outline, words *search.Index) {
	if l.options.File == nil || outline.Snapshot == 0 {
		return
	}
	write, err := moment.Written(ctx, outline.Snapshot)
	if err == nil && write != "" {
		err = l.options.File.Write(&graphfile.Kept{Outline: outline, Words: words, Write: write})
	}
	if err != nil && ctx.Err() == nil {
		l.log.Warn("cannot keep the graph; the next start reads the whole graph", "error", err)
	}
}
