package loaders

import (
	"context"
	"slices"

	"masar"
	"masar/search"
)

// The index of words is made of the terms that are stored with each entity. Where they are missing or another version of the
// analyser made them, as in a data directory of another Masar, they are made of the entity's content. Run then stores them.

// index makes the index of a whole graph.
func (l *Live) index(ctx context.Context, entities []masar.EntityOutline) (*search.Index, error) {
	b := search.NewBuilder()
	l.stale = nil
	for chunk := range slices.Chunk(entities, indexedAtOnce) {
		entries, stale, err := l.entries(ctx, chunk)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			b.Add(e)
		}
		l.stale = append(l.stale, stale...)
	}
	return b.Index()
}

// indexedAtOnce is the number of entities whose terms are unpacked, or whose content is read, at a time.
const indexedAtOnce = 500

// entries are the terms of entities; stale are those whose terms are stored without, or by another analyser.
func (l *Live) entries(ctx context.Context, entities []masar.EntityOutline) (entries []search.Entry, stale []masar.EntityOutline, err error) {
	entries = make([]search.Entry, 0, len(entities))
	for _, e := range entities {
		if terms, ok := search.Unpack(e.Terms); ok {
			entries = append(entries, search.Entry{UID: e.UID, Terms: terms})
		} else {
			stale = append(stale, e)
		}
	}
	for chunk := range slices.Chunk(stale, indexedAtOnce) {
		content, err := l.store.Content(ctx, byType(chunk))
		if err != nil {
			return nil, nil, err
		}
		for uid, record := range content {
			if entity, ok := record.(masar.Entity); ok {
				entries = append(entries, search.Entry{UID: uid, Terms: search.TermsOf(entity)})
			}
		}
	}
	return entries, stale, nil
}

// byType are the store's numbers of entities by their type.
func byType(entities []masar.EntityOutline) map[masar.RecordType][]uint64 {
	uids := map[masar.RecordType][]uint64{}
	for _, e := range entities {
		uids[masar.RecordType(e.Ref.Kind)] = append(uids[masar.RecordType(e.Ref.Kind)], e.UID)
	}
	return uids
}

// staleTerms returns the entities whose terms must be stored again, once.
func (l *Live) staleTerms() []masar.EntityOutline {
	l.reading.Lock()
	defer l.reading.Unlock()
	stale := l.stale
	l.stale = nil
	return stale
}

// renew stores the terms of entities that have none of this analyser. After an error, the rest is stored when the graph is
// next read as a whole. The index has their terms already.
func (l *Live) renew(ctx context.Context, stale []masar.EntityOutline) {
	for chunk := range slices.Chunk(stale, indexedAtOnce) {
		if err := l.store.RenewTerms(ctx, byType(chunk)); err != nil {
			if ctx.Err() == nil {
				l.log.Warn("cannot store search terms anew", "error", err)
			}
			return
		}
	}
	l.log.Info("stored search terms anew", "entities", len(stale))
}
