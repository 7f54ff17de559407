package dgraph_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dgraph-io/dgo/v230"
	"github.com/dgraph-io/dgo/v230/protos/api"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/status"

	"masar"
	"masar/bench"
	"masar/dgraph"
	"masar/dgraph/embedded"
	"masar/dgraph/embedded/embeddedtest"
	"masar/scoring"
	"masar/topology"
)

// BenchmarkPathBesideShortest compares searches for paths in a graph of 100,000 claims: by the topology (the five
// best, scored) and by Dgraph's shortest (one, by hops).
//
//	go test ./dgraph -run '^$' -bench PathBesideShortest -benchtime 1x
func BenchmarkPathBesideShortest(b *testing.B) {
	const claims, pairs = 100_000, 16
	written := bench.Generate(7, claims)
	g, err := topology.Build(written, scoring.DefaultProfile(), time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC))
	if err != nil {
		b.Fatal(err)
	}
	client := writeEdges(b, written)
	var edges strings.Builder
	for _, p := range masar.Predicates {
		edge := strings.ToLower(string(p))
		fmt.Fprintf(&edges, "%s ~%s\n", edge, edge)
	}
	var linked []masar.EntityOutline
	for _, e := range written.Entities {
		if at, _ := g.Find(e.Ref); g.Degree(at) > 0 {
			linked = append(linked, e)
		}
	}
	for b.Loop() {
		r := rand.New(rand.NewPCG(16, 6))
		var ours, dgraphs []time.Duration
		gaveUp := 0.
		for range pairs {
			from, to := linked[r.IntN(len(linked))], linked[r.IntN(len(linked))]
			start, _ := g.Find(from.Ref)
			end, _ := g.Find(to.Ref)
			began := time.Now()
			if _, err := g.Paths(b.Context(), start, end, topology.PathQuery{}); err != nil {
				b.Fatal(err)
			}
			ours = append(ours, time.Since(began))
			began = time.Now()
			ctx, cancel := context.WithTimeout(b.Context(), patience)
			_, err := client.NewReadOnlyTxn().QueryWithVars(ctx, `query path($from: string, $to: string) {
				from as var(func: eq(xid, $from)) to as var(func: eq(xid, $to))
				p as shortest(from: uid(from), to: uid(to)) { `+edges.String()+` }
				path(func: uid(p)) { uid }
			}`, map[string]string{"$from": from.Ref.String(), "$to": to.Ref.String()})
			cancel()
			if status.Code(err) == codes.DeadlineExceeded {
				gaveUp++
			} else if err != nil {
				b.Fatal(err)
			}
			dgraphs = append(dgraphs, time.Since(began))
		}
		slices.Sort(ours)
		slices.Sort(dgraphs)
		b.ReportMetric(milliseconds(ours[pairs/2]), "ms-median")
		b.ReportMetric(milliseconds(ours[pairs*99/100]), "ms-p99")
		b.ReportMetric(milliseconds(dgraphs[pairs/2]), "ms-dgraph-median")
		b.ReportMetric(milliseconds(dgraphs[pairs*99/100]), "ms-dgraph-p99")
		b.ReportMetric(gaveUp/pairs, "dgraph-gave-up")
		b.ReportMetric(float64(dgraphs[pairs/2])/float64(ours[pairs/2]), "ratio-median")
	}
}

// patience is the time limit of one search by Dgraph.
const patience = 10 * time.Second

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// writeEdges writes the entities and direct edges of an Outline to a Dgraph without the default limit on edges, which
// would stop searches in so large a graph.
func writeEdges(b *testing.B, outline *masar.Outline) *dgo.Dgraph {
	b.Helper()
	server := embeddedtest.Start(b, func(o *embedded.Options) { o.Limits.QueryEdges = 1_000_000_000 })
	store, err := dgraph.Open(b.Context(), server.URL(), dgraph.WithoutRules)
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	if err := store.ApplySchema(b.Context()); err != nil {
		b.Fatal(err)
	}
	conn, err := grpc.NewClient(server.Addr(), grpc.WithTransportCredentials(credentials.NewTLS(server.TLS())))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { conn.Close() })
	client := dgo.NewDgraphClient(api.NewDgraphClient(conn))
	mutate := func(nodes []map[string]any) map[string]string {
		body, err := json.Marshal(nodes)
		if err != nil {
			b.Fatal(err)
		}
		resp, err := client.NewTxn().Mutate(context.Background(), &api.Mutation{SetJson: body, CommitNow: true})
		if err != nil {
			b.Fatal(err)
		}
		return resp.Uids
	}
	const batch = 10_000
	uids := map[uint64]string{}
	for chunk := range slices.Chunk(outline.Entities, batch) {
		var nodes []map[string]any
		for _, e := range chunk {
			nodes = append(nodes, map[string]any{"uid": fmt.Sprintf("_:n%d", e.UID), "xid": e.Ref.String()})
		}
		for name, uid := range mutate(nodes) {
			var n uint64
			if _, err := fmt.Sscanf(name, "n%d", &n); err != nil {
				b.Fatal(err)
			}
			uids[n] = uid
		}
	}
	for chunk := range slices.Chunk(outline.Claims, batch) {
		var nodes []map[string]any
		for _, c := range chunk {
			nodes = append(nodes, map[string]any{
				"uid": uids[c.Subject], strings.ToLower(string(c.Predicate)): map[string]string{"uid": uids[c.Object]},
			})
		}
		mutate(nodes)
	}
	return client
}
