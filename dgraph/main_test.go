package dgraph_test

import (
	"cmp"
	"context"
	"encoding/json"
	"flag"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dgraph-io/dgo/v230"
	"github.com/dgraph-io/dgo/v230/protos/api"
	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"pgregory.net/rapid"

	"masar"
	"masar/dgraph"
	"masar/dgraph/embedded/embeddedtest"
)

func TestMain(m *testing.M) {
	// Each check writes to Dgraph and reads back. Use -rapid.checks=1000 for more.
	if err := flag.Set("rapid.checks", "20"); err != nil {
		panic(err)
	}
	embeddedtest.Main(m)
}

// at makes a URL of an address of a Dgraph that asks for no certificate. A URL stays as it is.
func at(addr string) string {
	if strings.HasPrefix(addr, "dgraph://") {
		return addr
	}
	return "dgraph://" + addr
}

// open connects to a Dgraph, without validation.
func open(t *testing.T, addr string) *dgraph.Store {
	t.Helper()
	store, err := dgraph.Open(context.Background(), at(addr), dgraph.WithoutRules)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	return store
}

// empty is a store on the shared Dgraph, without data.
func empty(t *testing.T) *dgraph.Store {
	t.Helper()
	store := open(t, embeddedtest.Shared(t).URL())
	clear(t, store)
	return store
}

// born is the time of the first connection to the shared Dgraph.
var born time.Time

// clear drops all data. A Dgraph that drops all data and is stopped within five seconds of its start does not stop.
// So clear does nothing on a new Dgraph, and waits on an older one.
func clear(t *testing.T, store *dgraph.Store) {
	t.Helper()
	if born.IsZero() {
		born = time.Now()
	} else {
		time.Sleep(time.Until(born.Add(5 * time.Second)))
		dropAll(t)
	}
	if err := store.ApplySchema(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func dropAll(t *testing.T) {
	t.Helper()
	if err := raw(t).Alter(context.Background(), &api.Operation{DropAll: true}); err != nil {
		t.Fatal(err)
	}
}

// client is Dgraph's own client, to read and write without the store.
func client(t *testing.T) api.DgraphClient {
	t.Helper()
	conn, err := grpc.NewClient(embeddedtest.Shared(t).Addr(),
		grpc.WithTransportCredentials(credentials.NewTLS(embeddedtest.Shared(t).TLS())),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(1<<28), grpc.MaxCallSendMsgSize(1<<28)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return api.NewDgraphClient(conn)
}

func raw(t *testing.T) *dgo.Dgraph {
	t.Helper()
	return dgo.NewDgraphClient(client(t))
}

// ask queries Dgraph without the store.
func ask[T any](t *testing.T, q string) T {
	t.Helper()
	resp, err := raw(t).NewReadOnlyTxn().Query(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	var answer T
	if err := json.Unmarshal(resp.Json, &answer); err != nil {
		t.Fatal(err)
	}
	return answer
}

// count is the number of nodes that match a root function.
func count(t *testing.T, root string) int {
	t.Helper()
	answer := ask[struct{ Q []struct{ Count int } }](t, "{ q(func: "+root+") { count: count(uid) } }")
	return answer.Q[0].Count
}

// by is a write of a batch by an author.
func by(author string, batch *masar.Batch) dgraph.Write {
	return dgraph.Write{Batch: batch, By: author}
}

// save writes a batch and returns the changes.
func save(t rapid.TB, store *dgraph.Store, batch *masar.Batch) dgraph.Changes {
	t.Helper()
	changes, err := store.Save(context.Background(), by("test", batch))
	if err != nil {
		t.Fatal(err)
	}
	return changes
}

// expect fails the test if two results differ.
func expect(t rapid.TB, got, want dgraph.Changes) {
	t.Helper()
	equal(t, "what the write did", want, got)
}

// everything reads the whole graph.
func everything(t rapid.TB, store *dgraph.Store) *masar.Contents {
	t.Helper()
	all, err := store.Everything(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	// The order of the records follows Dgraph's uids, which differ between runs.
	slices.SortFunc(all.Entities, func(a, b masar.Entity) int { return a.Head().Ref().Compare(b.Head().Ref()) })
	slices.SortFunc(all.Claims, func(a, b *masar.Claim) int { return cmp.Compare(a.Key, b.Key) })
	slices.SortFunc(all.Evidence, func(a, b *masar.Evidence) int { return cmp.Compare(a.Key, b.Key) })
	slices.SortFunc(all.Observations, func(a, b *masar.Observation) int { return cmp.Compare(a.Key, b.Key) })
	slices.SortFunc(all.Texts, func(a, b *masar.SourceText) int { return cmp.Compare(a.SHA256, b.SHA256) })
	slices.SortFunc(all.Edges, func(a, b masar.DirectEdge) int { return cmp.Compare(a.String(), b.String()) })
	return all
}

// equal fails the test if two values differ.
func equal(t rapid.TB, what string, want, got any) {
	t.Helper()
	// The authorship of a claim is not part of a batch; TestClaimsNameWhoAcceptedThem checks it.
	if diff := gocmp.Diff(want, got, cmpopts.IgnoreTypes(masar.Authorship{})); diff != "" {
		t.Fatalf("%s (-want +got):\n%s", what, diff)
	}
}

// xid is the key of a record in Dgraph.
func xid(record masar.Record) string { return record.Identity().String() }

// records are the records of a batch, by xid.
func records(b *masar.Batch) map[string]masar.Record {
	all := map[string]masar.Record{}
	for r := range b.Records() {
		all[xid(r)] = r
	}
	return all
}

// topic is a minimal record.
func topic(code, title string) *masar.Topic {
	return &masar.Topic{Header: masar.Header{
		Kind: masar.KindTopic, Code: code, Titles: masar.LocalizedText{AR: masar.Translation{Value: title}, EN: masar.Translation{Value: title}},
	}}
}

// topics is a batch of topics.
func topics(all ...*masar.Topic) *masar.Batch {
	b := &masar.Batch{}
	for _, t := range all {
		b.Entities = append(b.Entities, t)
	}
	return b
}

// claim is an accepted claim with its key.
func claim(subject masar.Ref, predicate masar.Predicate, object masar.Ref, role masar.Role) *masar.Claim {
	c := &masar.Claim{
		Subject: subject, Predicate: predicate, Object: object, Role: role, Basis: masar.Stated, Status: masar.ClaimAccepted,
	}
	c.Key = c.NewKey()
	return c
}

// now returns the present moment of a store.
func now(t interface {
	Helper()
	Fatal(...any)
}, store *dgraph.Store) *dgraph.Moment {
	t.Helper()
	m, err := store.Now(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return m
}
