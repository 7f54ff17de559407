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
	"masar/search"
	"masar/topology"
)

// searcher caches the results of searches.
type searcher struct {
	found  *otter.Cache[searched, *searchResult]
	corpus atomic.Pointer[corpus]
}

// searched identifies a search: its query, its snapshot and its day.
type searched struct {
	snapshot int64
	asOf     time.Time
	query    string
	prefix   bool
}

// searchResult is the result of a query, for all kinds of entity.
type searchResult struct {
	query *search.Query
	search.Ranking[topology.Entity]
}

// maxHits is the maximum number of cached hits, over all searches: some tens of megabytes.
const maxHits = 2 << 20

func newSearcher() (*searcher, error) {
	cache, err := otter.New(&otter.Options[searched, *searchResult]{
		MaximumWeight: maxHits,
		Weigher:       func(_ searched, r *searchResult) uint32 { return uint32(64 + len(r.Hits)) }, // 64 for the query itself
	})
	return &searcher{found: cache}, err
}

// corpus is what ranking needs to know about a snapshot.
type corpus struct {
	*topology.Graph
	once      sync.Once
	size      int
	entities  []topology.Entity // of the documents of the index; topology.None where there is none
	maxDegree int
}

func (s *searcher) corpusOf(r *Request) *corpus {
	c := s.corpus.Load()
	if c == nil || c.Graph != r.Graph {
		c = &corpus{Graph: r.Graph}
		s.corpus.Store(c) // of requests at two snapshots at once, one makes its corpus again
	}
	c.once.Do(func() {
		for _, kind := range masar.Kinds {
			c.size += r.Graph.Counts()[masar.RecordType(kind)]
		}
		byUID := make(map[uint64]topology.Entity, c.size)
		for e := range topology.Entity(c.size) {
			byUID[r.Graph.EntityRecord(e).UID] = e
			c.maxDegree = max(c.maxDegree, r.Graph.Degree(e))
		}
		c.entities = make([]topology.Entity, r.words.Size())
		for doc, uid := range r.words.Documents() {
			if e, ok := byUID[uid]; ok {
				c.entities[doc] = e
			} else {
				c.entities[doc] = topology.None
			}
		}
	})
	return c
}

// search finds what a query finds in the request's snapshot. It reads nothing.
func (r *Request) search(args answers.SearchArgs) (*searchResult, error) {
	s := r.service.searcher
	key := searched{r.Graph.Sequence(), r.Graph.AsOf(), args.Query, args.Prefix != nil && *args.Prefix}
	if known, ok := s.found.GetIfPresent(key); ok {
		return known, nil
	}
	q, err := r.words.Ask(args.Query, key.prefix)
	if err != nil {
		return nil, err
	}
	c := s.corpusOf(r)
	found := make([][]topology.Entity, len(q.Lookups()))
	for i, l := range q.Lookups() {
		for _, doc := range r.words.Look(l) {
			if e := c.entities[doc]; e != topology.None {
				found[i] = append(found[i], e)
			}
		}
	}
	result := &searchResult{q, search.Rank(q, search.Corpus[topology.Entity]{
		Size: c.size, Found: found, Degree: r.Graph.Degree, MaxDegree: c.maxDegree, Find: r.Graph.Find,
	})}
	if len(result.Hits) == 0 {
		if err := q.NothingFound(); err != nil {
			return nil, err
		}
	}
	s.found.Set(key, result)
	return result, nil
}

// searchPage is a page of what was found, with the hits of all kinds that the filter leaves. The error has code
// BAD_INPUT for the query or the filter, BAD_PAGE or BAD_CURSOR for the page.
func (r *Request) searchPage(args answers.SearchArgs) (found *searchResult, hits []search.Hit[topology.Entity], page topology.Page[topology.Entity], err error) {
	if found, err = r.search(args); err != nil {
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
	page, err = r.Graph.Ranked(len(shown), at, answers.ListArgs{First: args.First, After: args.After}, "search", args.Query, args.Prefix, args.Kinds, args.Filter)
	return found, hits, page, err
}

// narrow filters hits with keep if asked is true, and otherwise returns all.
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

// meant are the entities that ambiguous words of the query may refer to.
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

// facetsOf counts filtered hits by kind. It counts all kinds, because a facet does not filter itself.
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

// Search finds entities by words. The error has code BAD_INPUT for a query that is empty or too long and for an
// invalid filter, BAD_PAGE or BAD_CURSOR for the page's arguments.
func Search(ctx context.Context, args answers.SearchArgs) (*answers.SearchConnection, error) {
	r := From(ctx)
	found, hits, page, err := r.searchPage(args)
	if err != nil {
		return nil, err
	}
	list, err := connect(r, page, nil, Entities[masar.Entity])
	if err != nil {
		return nil, err
	}
	return &answers.SearchConnection{
		Snapshot: r.Graph.Snapshot(), TotalCount: list.TotalCount, PageInfo: list.PageInfo,
		Match: found.Match, Facets: facetsOf(r.Graph, hits), Ambiguities: found.query.Ambiguities, Corrections: append([]answers.SearchCorrection{}, found.query.Corrections...),
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
