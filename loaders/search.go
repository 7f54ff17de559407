package loaders

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/maypok86/otter/v2"

	"masar"
	"masar/answers"
	"masar/dgraph"
	"masar/search"
	"masar/topology"
)

// searcher keeps what searches found.
type searcher struct {
	found  *otter.Cache[searched, *searchResult]
	looked *otter.Cache[lookedUp, dgraph.Found] // in snapshots that no request had begun on yet
	corpus atomic.Pointer[corpus]
}

// searched names a search: what was asked of which snapshot, and as of which day.
type searched struct {
	snapshot int64
	asOf     time.Time
	query    string
}

// lookedUp names what the store found for a query in a snapshot.
type lookedUp struct {
	snapshot int64
	query    string
}

// searchResult is what was found for a query, of all kinds.
type searchResult struct {
	query *search.Query
	search.Ranking[topology.Entity]
}

// maxHits bounds the hits that are kept, over all searches: some tens of megabytes.
const maxHits = 2 << 20

func newSearcher() (*searcher, error) {
	cache, err := otter.New(&otter.Options[searched, *searchResult]{
		MaximumWeight: maxHits,
		Weigher:       func(_ searched, r *searchResult) uint32 { return uint32(64 + len(r.Hits)) }, // 64 for the query itself
	})
	if err != nil {
		return nil, err
	}
	looked, err := otter.New(&otter.Options[lookedUp, dgraph.Found]{
		MaximumWeight: maxHits,
		Weigher: func(_ lookedUp, f dgraph.Found) uint32 {
			weight := 64
			for _, of := range f.UIDs {
				weight += len(of)
			}
			return uint32(weight)
		},
	})
	return &searcher{found: cache, looked: looked}, err
}

// corpus is what ranking has to know of a snapshot.
type corpus struct {
	*topology.Graph
	once      sync.Once
	byUID     map[uint64]topology.Entity
	maxDegree int
}

func (s *searcher) corpusOf(g *topology.Graph) *corpus {
	c := s.corpus.Load()
	if c == nil || c.Graph != g {
		c = &corpus{Graph: g}
		s.corpus.Store(c) // of requests at two snapshots at once, one makes its corpus again
	}
	c.once.Do(func() {
		n := 0
		for _, kind := range masar.Kinds {
			n += g.Counts()[masar.RecordType(kind)]
		}
		c.byUID = make(map[uint64]topology.Entity, n)
		for e := range topology.Entity(n) {
			c.byUID[g.EntityRecord(e).UID] = e
			c.maxDegree = max(c.maxDegree, g.Degree(e))
		}
	})
	return c
}

// search finds what a query finds in the request's snapshot, in one read or in none where it has been asked before.
func (r *Request) search(ctx context.Context, query string) (*searchResult, error) {
	s := r.service.searcher
	key := searched{r.Graph.Sequence(), r.Graph.AsOf(), query}
	if known, ok := s.found.GetIfPresent(key); ok {
		return known, nil
	}
	q, err := search.Parse(query)
	if err != nil {
		return nil, err
	}
	looked, err := r.lookUp(ctx, q, query)
	if err != nil {
		return nil, err
	}
	c := s.corpusOf(r.Graph)
	found := make([][]topology.Entity, len(looked.UIDs))
	for i, of := range looked.UIDs {
		for _, uid := range of {
			if e, ok := c.byUID[uid]; ok {
				found[i] = append(found[i], e)
			}
		}
	}
	result := &searchResult{q, search.Rank(q, search.Corpus[topology.Entity]{
		Size: len(c.byUID), Found: found, Degree: r.Graph.Degree, MaxDegree: c.maxDegree, Find: r.Graph.Find,
	})}
	if len(result.Hits) == 0 {
		if err := q.NothingFound(); err != nil {
			return nil, err
		}
	}
	s.found.Set(key, result)
	return result, nil
}

// lookUp finds the entities that have the terms of a query, in the request's snapshot. The store looks in its newest alone:
// where that is another, what it found is kept for the request that will begin on it.
func (r *Request) lookUp(ctx context.Context, q *search.Query, query string) (dgraph.Found, error) {
	s := r.service.searcher
	if known, ok := s.looked.GetIfPresent(lookedUp{r.Graph.Sequence(), query}); ok {
		return known, nil
	}
	found, err := reach(ctx, r, func(ctx context.Context) (dgraph.Found, error) { return r.service.store.Lookup(ctx, q.Lookups()) })
	if err == nil && found.Snapshot != r.Graph.Sequence() {
		s.looked.Set(lookedUp{found.Snapshot, query}, found)
		err = r.overtake()
	}
	return found, err
}

// searchPage is a page of what was found, with the hits of all kinds that the filter leaves. The error has code
// BAD_INPUT for the query or the filter, BAD_PAGE or BAD_CURSOR for the page.
func (r *Request) searchPage(ctx context.Context, args answers.SearchArgs) (found *searchResult, hits []search.Hit[topology.Entity], page topology.Page[topology.Entity], err error) {
	if found, err = r.search(ctx, args.Query); err != nil {
		return found, nil, page, err
	}
	filter, err := r.Graph.Compile(args.Filter)
	if err != nil {
		return found, nil, page, err
	}
	hits = narrow(found.Hits, filter != nil, func(e topology.Entity) bool { return r.Graph.KeepsEntity(filter, e) })
	shown := narrow(hits, len(args.Kinds) > 0, func(e topology.Entity) bool { return slices.Contains(args.Kinds, r.Graph.Ref(e).Kind) })
	at := func(i int) (topology.Item[topology.Entity], float64) {
		return topology.Item[topology.Entity]{At: shown[i].Entity}, shown[i].Score
	}
	page, err = r.Graph.Ranked(len(shown), at, answers.ListArgs{First: args.First, After: args.After}, "search", args.Query, args.Kinds, args.Filter)
	return found, hits, page, err
}

// narrow keeps some hits where it is asked to, else all.
func narrow(hits []search.Hit[topology.Entity], asked bool, keep func(topology.Entity) bool) []search.Hit[topology.Entity] {
	if !asked {
		return hits
	}
	var kept []search.Hit[topology.Entity]
	for _, h := range hits {
		if keep(h.Entity) {
			kept = append(kept, h)
		}
	}
	return kept
}

// meant are the entities that the query's ambiguous words may mean.
func (s *searchResult) meant(g *topology.Graph) []topology.Entity {
	var all []topology.Entity
	for _, a := range s.query.Ambiguities {
		for _, r := range a.Readings {
			if e, ok := g.Find(r.Entity); ok {
				all = append(all, e)
			}
		}
	}
	return all
}

// facetsOf counts filtered hits by kind, of all kinds: a facet does not narrow itself.
func facetsOf(g *topology.Graph, hits []search.Hit[topology.Entity]) []answers.SearchFacet {
	counts := map[masar.Kind]int{}
	for _, h := range hits {
		counts[g.Ref(h.Entity).Kind]++
	}
	facet := answers.SearchFacet{Name: answers.FacetKind, Buckets: []answers.SearchBucket{}}
	for _, kind := range masar.Kinds {
		if counts[kind] > 0 {
			facet.Buckets = append(facet.Buckets, answers.SearchBucket{Value: string(kind), Count: counts[kind]})
		}
	}
	slices.SortStableFunc(facet.Buckets, func(a, b answers.SearchBucket) int { return cmp.Compare(b.Count, a.Count) })
	return []answers.SearchFacet{facet}
}

// Search finds entities by words. The error has code BAD_INPUT for a query that is too long or says nothing and for a
// filter that makes no sense, BAD_PAGE or BAD_CURSOR for the page's arguments.
func Search(ctx context.Context, args answers.SearchArgs) (*answers.SearchConnection, error) {
	r := From(ctx)
	found, hits, page, err := r.searchPage(ctx, args)
	if err != nil {
		return nil, err
	}
	list, err := connect(r, page, nil, Entities[masar.Entity])
	if err != nil {
		return nil, err
	}
	return &answers.SearchConnection{
		Snapshot: r.Graph.Snapshot(), TotalCount: list.TotalCount, PageInfo: list.PageInfo,
		Match: found.Match, Facets: facetsOf(r.Graph, hits), Ambiguities: found.query.Ambiguities,
		Load: func(ctx context.Context) ([]*answers.SearchEdge, error) {
			nodes, err := list.Nodes(ctx)
			if err != nil {
				return nil, err
			}
			edges := make([]*answers.SearchEdge, len(nodes))
			for i, n := range nodes {
				edges[i] = &answers.SearchEdge{Cursor: page.Items[i].Cursor, Node: n, Score: page.Items[i].Score()}
				edges[i].MatchedBy, edges[i].Highlights = found.query.Explain(n)
			}
			return edges, nil
		},
	}, nil
}
