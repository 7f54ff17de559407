package loaders

import (
	"context"
	"fmt"
	"time"

	"masar"
	"masar/dgraph"
	"masar/exchange"
	"masar/topology"
)

// The bounds of reading rows. Nobody waits for each batch, so that it may take longer than a read of an operation.
const (
	batchTimeout = 10 * time.Second
	settleTries  = 5
)

// Rows gives the records of one snapshot, to be made into rows.
type Rows struct {
	graph   *topology.Graph
	service *Service
	moment  *dgraph.Moment // nil until it is settled
}

var _ exchange.Source = (*Rows)(nil)

// Rows gives the records of the newest snapshot. The error has code BACKEND_UNAVAILABLE while there is none.
func (s *Service) Rows() (*Rows, error) {
	graph, err := s.live.Graph()
	if err != nil {
		return nil, err
	}
	return &Rows{graph: graph, service: s}, nil
}

// Snapshot names the snapshot.
func (r *Rows) Snapshot() string { return r.graph.Snapshot() }

// AsOf is the day at which the age of evidence is reckoned.
func (r *Rows) AsOf() time.Time { return r.graph.AsOf() }

// Settle finds a moment of the store at which a snapshot that this process holds is the newest. What is read as of it is
// the content of that very snapshot, where an operation may show a record as it has become since.
func (r *Rows) Settle(ctx context.Context) (exchange.Source, error) {
	for range settleTries {
		moment, err := within(ctx, r.service.store.Now)
		if err != nil {
			return nil, err
		}
		graph, err := r.service.live.Graph()
		if err == nil && graph.Sequence() != moment.Snapshot() {
			if err = r.service.live.Refresh(ctx); err == nil {
				graph, err = r.service.live.Graph()
			}
		}
		if err != nil {
			return nil, err
		}
		if graph.Sequence() == moment.Snapshot() {
			return &Rows{graph, r.service, moment}, nil
		}
	}
	return nil, masar.Errorf(masar.CodeUnavailable, "the graph is being written to just now; try again in a few seconds",
		"يُكتب في الرسم البياني الآن؛ حاول مرة أخرى بعد ثوانٍ")
}

// within reads within batchTimeout.
func within[T any](ctx context.Context, read func(context.Context) (T, error)) (T, error) {
	reading, cancel := context.WithTimeout(ctx, batchTimeout)
	defer cancel()
	return read(reading)
}

// read gives records in order, as the snapshot has them.
func read[T masar.Record](ctx context.Context, r *Rows, records []topology.Record) ([]T, error) {
	if r.moment == nil {
		return nil, fmt.Errorf("loaders: rows are read of a source that is not settled")
	}
	found := map[uint64]masar.Record{}
	missing := map[masar.RecordType][]uint64{}
	for _, rec := range records {
		if _, known := found[rec.UID]; known {
			continue
		}
		if c, kept := r.service.cache.GetIfPresent(rec.UID); kept && revision(c.record) == rec.Revision {
			found[rec.UID] = c.record
			continue
		}
		found[rec.UID] = nil
		missing[rec.Type] = append(missing[rec.Type], rec.UID)
	}
	if len(missing) > 0 {
		content, err := within(ctx, func(ctx context.Context) (map[uint64]masar.Record, error) { return r.moment.Content(ctx, missing) })
		if err != nil {
			return nil, err
		}
		for uid, record := range content {
			found[uid] = record
			r.service.cache.Set(uid, cached{revision(record), record})
		}
	}
	all := make([]T, len(records))
	for i, rec := range records {
		record, is := found[rec.UID].(T)
		if !is || revision(record) != rec.Revision {
			return nil, fmt.Errorf("loaders: %s %#x of revision %d is not in the store as of snapshot %s", rec.Type, rec.UID, rec.Revision, r.Snapshot())
		}
		all[i] = record
	}
	return all, nil
}

// revision is the revision that a record has, which a kept one may not be kept by.
func revision(record masar.Record) int32 { return int32(record.Version()) }

// entities gives the entities at places, by place.
func (r *Rows) entities(ctx context.Context, places map[topology.Entity]bool) (map[topology.Entity]masar.Entity, error) {
	var order []topology.Entity
	for e := range places {
		order = append(order, e)
	}
	read, err := read[masar.Entity](ctx, r, records(order, r.graph.EntityRecord))
	if err != nil {
		return nil, err
	}
	found := make(map[topology.Entity]masar.Entity, len(order))
	for i, e := range order {
		found[e] = read[i]
	}
	return found, nil
}

// maxAbove bounds the walk upwards from an entity.
const maxAbove = 8

// place is an entity with the SDG target and goal that it is or lies below.
func (r *Rows) place(e topology.Entity, content masar.Entity) exchange.Place {
	p := exchange.Place{Entity: content}
	for range maxAbove {
		switch ref := r.graph.Ref(e); ref.Kind {
		case masar.KindSdgTarget:
			p.Target = ref.Code
		case masar.KindSdgGoal:
			p.Goal = ref.Code
		}
		above := r.graph.Structural(e, topology.Parent)
		if len(above) == 0 {
			break
		}
		e = above[0]
	}
	return p
}

// listed makes records of places in a list.
func listed[P, R any](places []P, err error, read func(context.Context, []P) ([]R, error)) (exchange.Records[R], error) {
	return exchange.Records[R]{Total: len(places), Read: func(ctx context.Context, from, to int) ([]R, error) {
		return read(ctx, places[from:to])
	}}, err
}
