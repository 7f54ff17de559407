package loaders

import (
	"time"

	"github.com/maypok86/otter/v2"

	"masar"
	"masar/dgraph"
	"masar/topology"
)

// SetAsOf sets the day for which graphs are computed.
func (l *Live) SetAsOf(day time.Time) { l.options.AsOf = day }

// KeptRows are the rows of a graph whose records are all cached, so that nothing is read from the database.
func KeptRows(g *topology.Graph, records map[uint64]masar.Record) (*Rows, error) {
	cache, err := otter.New(&otter.Options[pin, masar.Record]{MaximumSize: 2 * len(records)})
	if err != nil {
		return nil, err
	}
	for uid, record := range records {
		cache.Set(pin{uid, revision(record)}, record)
	}
	return &Rows{g, &Service{cache: cache}, &dgraph.Moment{}}, nil
}

// ComputedPages is the number of pages of lists that were computed for the request.
func (r *Request) ComputedPages() int {
	r.pages.lock.Lock()
	defer r.pages.lock.Unlock()
	return r.pages.computed
}
