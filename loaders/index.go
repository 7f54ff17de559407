package loaders

import (
	"context"
	"slices"

	"masar"
	"masar/search"
)

// The index of words is made of the terms that are stored with each entity. Where they are missing or another version of the
// analyser made them, as in a data directory of an older Masar, they are made of the entity's content, each time that the
// graph is read whole, until the seed is loaded again.

// index makes the index of a whole graph.
func (l *Live) index(ctx context.Context, entities []masar.EntityShape) (*search.Index, error) {
	b := search.NewBuilder()
	for chunk := range slices.Chunk(entities, indexedAtOnce) {
		entries, err := l.entries(ctx, chunk)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			b.Add(e)
		}
	}
	return b.Index()
}

// indexedAtOnce is the number of entities whose terms are unpacked, or whose content is read, at a time.
const indexedAtOnce = 500

// entries are the terms of entities.
func (l *Live) entries(ctx context.Context, entities []masar.EntityShape) ([]search.Entry, error) {
	entries := make([]search.Entry, 0, len(entities))
	var others []masar.EntityShape
	for _, e := range entities {
		if terms, ok := search.Unpack(e.Terms); ok {
			entries = append(entries, search.Entry{UID: e.UID, Terms: terms})
		} else {
			others = append(others, e)
		}
	}
	for chunk := range slices.Chunk(others, indexedAtOnce) {
		uids := map[masar.RecordType][]uint64{}
		for _, e := range chunk {
			uids[masar.RecordType(e.Ref.Kind)] = append(uids[masar.RecordType(e.Ref.Kind)], e.UID)
		}
		content, err := l.store.Content(ctx, uids)
		if err != nil {
			return nil, err
		}
		for uid, record := range content {
			if entity, ok := record.(masar.Entity); ok {
				entries = append(entries, search.Entry{UID: uid, Terms: search.TermsOf(entity)})
			}
		}
	}
	return entries, nil
}
