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

// Limits for reading rows. No client waits for a single batch, so a batch may take longer than a read of an
// operation.
const (
	batchTimeout = 10 * time.Second
	settleTries  = 5
)

// Rows reads the records of one snapshot for export as tables.
type Rows struct {
	graph   *topology.Graph
	service *Service
	moment  *dgraph.Moment // nil before Settle
}

var _ exchange.Source = (*Rows)(nil)

// Rows returns the rows of the newest snapshot. The error has code BACKEND_UNAVAILABLE if there is none.
func (s *Service) Rows() (*Rows, error) {
	graph, err := s.live.Graph()
	if err != nil {
		return nil, err
	}
	return &Rows{graph: graph, service: s}, nil
}

// Snapshot is the number of the snapshot.
func (r *Rows) Snapshot() string { return r.graph.Snapshot() }

// AsOf is the day for which the age of evidence is computed.
func (r *Rows) AsOf() time.Time { return r.graph.AsOf() }

// Settle finds a moment of the database whose newest snapshot this process holds. An export takes longer than an
// operation and cannot be restarted after each write, so it reads changed records as of that moment.
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
	return nil, errOvertaken
}

// within calls read with batchTimeout.
func within[T any](ctx context.Context, read func(context.Context) (T, error)) (T, error) {
	reading, cancel := context.WithTimeout(ctx, batchTimeout)
	defer cancel()
	return read(reading)
}

// read returns records in the given order, at their revisions in the snapshot.
func read[T masar.Record](ctx context.Context, r *Rows, records []topology.Record) ([]T, error) {
	if r.moment == nil {
		return nil, fmt.Errorf("loaders: rows are read of a source that is not settled")
	}
	found := map[topology.Record]masar.Record{}
	var missing []topology.Record
	for _, rec := range records {
		if _, known := found[rec]; known {
			continue
		}
		record, kept := r.service.cache.GetIfPresent(pinOf(rec))
		if found[rec] = record; !kept {
			missing = append(missing, rec)
		}
	}
	// Most records are unchanged. Those written since the snapshot are read as of its moment.
	missing, err := r.bring(ctx, found, missing, r.service.store.Content)
	if err == nil {
		_, err = r.bring(ctx, found, missing, r.moment.Content)
	}
	if err != nil {
		return nil, err
	}
	all := make([]T, len(records))
	for i, rec := range records {
		record, is := found[rec].(T)
		if !is {
			return nil, fmt.Errorf("loaders: %s %#x of revision %d is not in the store as of snapshot %s", rec.Type, rec.UID, rec.Revision, r.Snapshot())
		}
		all[i] = record
	}
	return all, nil
}

// bring reads records and adds those with the snapshot's revision to found. It returns the others.
func (r *Rows) bring(ctx context.Context, found map[topology.Record]masar.Record, wanted []topology.Record,
	read func(context.Context, map[masar.RecordType][]uint64) (map[uint64]masar.Record, error)) (others []topology.Record, err error) {
	if len(wanted) == 0 {
		return nil, nil
	}
	content, err := within(ctx, func(ctx context.Context) (map[uint64]masar.Record, error) { return read(ctx, uidsOf(wanted)) })
	if err != nil {
		return nil, err
	}
	r.service.keep(content)
	for _, rec := range wanted {
		if record, ok := content[rec.UID]; ok && revision(record) == rec.Revision {
			found[rec] = record
		} else {
			others = append(others, rec)
		}
	}
	return others, nil
}

// entities reads the entities with the given indexes.
func (r *Rows) entities(ctx context.Context, places map[topology.Entity]bool) (map[topology.Entity]masar.Entity, error) {
	var order []topology.Entity
	for e := range places {
		order = append(order, e)
	}
	read, err := read[masar.Entity](ctx, r, each(order, r.graph.EntityRecord))
	if err != nil {
		return nil, err
	}
	found := make(map[topology.Entity]masar.Entity, len(order))
	for i, e := range order {
		found[e] = read[i]
	}
	return found, nil
}

// maxAbove is the maximum number of steps upwards from an entity.
const maxAbove = 8

// place is an entity with the SDG target and goal that it is, or that it belongs to.
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

// listed returns a list of records with the function that reads them.
func listed[P, R any](places []P, err error, read func(context.Context, []P) ([]R, error)) (exchange.Records[R], error) {
	return exchange.Records[R]{Total: len(places), Read: func(ctx context.Context, from, to int) ([]R, error) {
		return read(ctx, places[from:to])
	}}, err
}
