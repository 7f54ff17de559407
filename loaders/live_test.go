package loaders_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dgraph-io/dgo/v230/protos/api"
	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"

	"masar"
	"masar/dgraph"
	"masar/dgraph/embedded/embeddedtest"
	"masar/internal/graphfile"
	"masar/loaders"
	"masar/scoring"
	"masar/search"
	"masar/topology"
)

func TestMain(m *testing.M) { embeddedtest.Main(m) }

// follower is a separate process that follows the shared Dgraph.
func follower(t *testing.T, options loaders.LiveOptions) (*dgraph.Store, *loaders.Live) {
	t.Helper()
	store, err := dgraph.Open(t.Context(), embeddedtest.Shared(t).URL())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	if err := store.ApplySchema(t.Context()); err != nil {
		t.Fatal(err)
	}
	return store, loaders.NewLive(store, scoring.DefaultProfile(), options, slog.New(slog.DiscardHandler))
}

var (
	topicText    = masar.LocalizedText{AR: masar.Translation{Value: "موضوع"}, EN: masar.Translation{Value: "Topic"}}
	documentText = masar.LocalizedText{AR: masar.Translation{Value: "وثيقة"}, EN: masar.Translation{Value: "Document"}}
)

func topic(code string) *masar.Batch {
	e := &masar.Topic{Header: masar.Header{Kind: masar.KindTopic, Code: code, Titles: topicText, Summaries: topicText}}
	return &masar.Batch{Entities: []masar.Entity{e}}
}

// textSHA256 is the SHA-256 of "text".
const textSHA256 = "982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1"

// Catches: a process that never sees another one's write, or sees it later than the interval allows.
func TestOneProcessFollowsAnother(t *testing.T) {
	const interval = 100 * time.Millisecond
	writer, _ := follower(t, loaders.LiveOptions{Interval: time.Hour, MaxStale: time.Hour})
	_, live := follower(t, loaders.LiveOptions{Interval: interval, MaxStale: time.Hour})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go live.Run(ctx)
	if _, err := writer.Save(ctx, dgraph.Write{Batch: topic("followed"), By: "test"}); err != nil {
		t.Fatal(err)
	}
	written := time.Now()
	for {
		if g, err := live.Graph(); err == nil {
			if _, seen := g.Find(masar.Ref{Kind: masar.KindTopic, Code: "followed"}); seen {
				break
			}
		}
		if time.Since(written) > 5*time.Second {
			t.Fatal("write not visible after five seconds")
		}
		time.Sleep(5 * time.Millisecond)
	}
	// The limit is the interval plus the time of reading. One second more is for a busy machine.
	if took := time.Since(written); took > interval+time.Second {
		t.Errorf("write visible after %v, later than the interval of %v plus the time of reading", took, interval)
	}
}

// Catches: a snapshot built from changes, or from the outline that an earlier process kept, that differs from one read whole; a
// whole reading without need, and a missing one.
func TestFollowingIsReadingWhole(t *testing.T) {
	var log bytes.Buffer
	writer, _ := follower(t, loaders.LiveOptions{})
	store, _ := follower(t, loaders.LiveOptions{})
	live := loaders.NewLive(store, scoring.DefaultProfile(), loaders.LiveOptions{MaxStale: time.Hour, AsOf: day}, slog.New(slog.NewTextHandler(&log, nil)))
	file := graphfile.New(filepath.Join(t.TempDir(), "outline"))
	follow := func(what, how string) {
		t.Helper()
		log.Reset()
		if err := live.Refresh(t.Context()); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if !strings.Contains(log.String(), "how="+how) {
			t.Errorf("%s: not read as %s: %s", what, how, &log)
		}
		outline, err := store.Outline(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		whole, err := topology.Build(outline, scoring.DefaultProfile(), day)
		if err != nil {
			t.Fatal(err)
		}
		followed, err := live.Graph()
		if err != nil {
			t.Fatal(err)
		}
		if diff := differences(whole, followed); diff != "" {
			t.Fatalf("%s (-read whole +followed):\n%s", what, diff)
		}
		starting, startedHow, _ := startWith(t, store, file)
		if want := strings.Replace(how, "since", "kept", 1); startedHow != want {
			t.Errorf("%s: a start reads it as %s, want %s", what, startedHow, want)
		}
		if diff := differences(whole, starting.Held()); diff != "" {
			t.Fatalf("%s (-read whole +started):\n%s", what, diff)
		}
		if diff := gocmp.Diff(found(live), found(starting)); diff != "" {
			t.Fatalf("%s: search (-followed +started):\n%s", what, diff)
		}
	}
	write := func(what string, b *masar.Batch) {
		t.Helper()
		if c, err := writer.Save(t.Context(), dgraph.Write{Batch: b, By: "test"}); err != nil || c.Created+c.Updated == 0 {
			t.Fatalf("%s: %+v, %v", what, c, err)
		}
	}
	follow("the first reading", "whole")
	a, b, source := topic("before").Entities[0].(*masar.Topic), topic("zz-behind").Entities[0].(*masar.Topic), document("source", "2023")
	claim := &masar.Claim{Subject: a.Ref(), Predicate: masar.Elaborates, Object: b.Ref(), Basis: masar.Stated, Status: masar.ClaimAccepted}
	claim.Key = claim.NewKey()
	evidence := &masar.Evidence{
		ClaimKey: claim.Key, Stance: masar.Supports, Kind: masar.News, Directness: masar.Named, Review: masar.ReviewAccepted,
		Summaries: documentText,
		Passage: masar.Passage{
			Source: source.Ref(), Version: strings.Repeat("0", 64), Start: 1, End: 2, SHA256: strings.Repeat("2", 64),
			Lang: masar.Arabic, Locators: documentText,
		},
	}
	evidence.Key = evidence.NewKey()
	write("entities and a claim", &masar.Batch{Entities: []masar.Entity{a, b, source}, Claims: []*masar.Claim{claim}, Evidence: []*masar.Evidence{evidence}})
	follow("entities and a claim", "since")
	write("another date", &masar.Batch{Entities: []masar.Entity{document("source", "2001")}})
	write("and another", &masar.Batch{Entities: []masar.Entity{document("source", "2002")}})
	write("a source's words", &masar.Batch{Texts: []*masar.SourceText{{SHA256: textSHA256, Document: source.Ref(), Length: 4, Text: "text"}}})
	follow("three writes, two of one record", "since")
	claim.Status = masar.ClaimRejected
	write("a claim is rejected", &masar.Batch{Claims: []*masar.Claim{claim}})
	follow("a claim is rejected", "since")
	write("something", topic("anew"))
	lose(t, "sequence", "sequence: int @index(int) .")
	follow("the changes are lost", "whole")
}

// differences are those between two graphs.
func differences(a, b *topology.Graph) string {
	return gocmp.Diff(a, b, gocmp.Exporter(func(reflect.Type) bool { return true }), cmpopts.EquateNaNs(), cmpopts.EquateEmpty(), cmpopts.IgnoreTypes(sync.Once{}))
}

// found are the entities that the index of a process finds by each of some terms.
func found(live *loaders.Live) map[search.Lookup][]uint64 {
	index, uids, all := live.Words(), map[uint32]uint64{}, map[search.Lookup][]uint64{}
	for doc, uid := range index.Documents() {
		uids[doc] = uid
	}
	for part := range search.Parts {
		for _, term := range []string{"=topic", "=document", "before", "zz-behind", "source", "anew", "kept", "وثيقه"} {
			l := search.Lookup{Part: part, Term: term, Beginning: true}
			for _, doc := range index.Look(l) {
				all[l] = append(all[l], uids[doc])
			}
			slices.Sort(all[l])
		}
	}
	return all
}

// startWith starts a process whose file keeps the graph. It returns how the graph was read, and the log.
func startWith(t *testing.T, store *dgraph.Store, file *graphfile.File) (live *loaders.Live, how, text string) {
	t.Helper()
	var log bytes.Buffer
	live = loaders.NewLive(store, scoring.DefaultProfile(), loaders.LiveOptions{MaxStale: time.Hour, AsOf: day, File: file}, slog.New(slog.NewTextHandler(&log, nil)))
	if err := live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, how, _ = strings.Cut(log.String(), "how=")
	how, _, _ = strings.Cut(how, " ")
	return live, how, log.String()
}

var day = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)

// document is a document with a date.
func document(code, date string) *masar.Document {
	return &masar.Document{
		Header: masar.Header{Kind: masar.KindDocument, Code: code, Titles: documentText, Summaries: documentText},
		Form:   masar.DocumentNews, Languages: []masar.Language{masar.Arabic}, EvidenceKind: masar.News,
		Date: masar.Date{EDTF: date, Basis: masar.Stated}, Family: "F",
		Versions: []masar.DocumentVersion{{SHA256: strings.Repeat("0", 64), Length: 9}},
	}
}

// lose deletes a predicate from the shared Dgraph. At the end of the test it is declared again, without values.
func lose(t *testing.T, predicate, declaration string) {
	t.Helper()
	conn, err := grpc.NewClient(embeddedtest.Shared(t).Addr(), grpc.WithTransportCredentials(credentials.NewTLS(embeddedtest.Shared(t).TLS())))
	if err != nil {
		t.Fatal(err)
	}
	client := api.NewDgraphClient(conn)
	t.Cleanup(func() {
		defer conn.Close()
		if _, err := client.Alter(context.Background(), &api.Operation{Schema: declaration}); err != nil {
			t.Error(err)
		}
	})
	if _, err := client.Alter(t.Context(), &api.Operation{DropOp: api.Operation_ATTR, DropValue: predicate}); err != nil {
		t.Fatal(err)
	}
}

// Catches: evidence that does not age while the process runs, and a whole reading on a new day.
func TestANewDay(t *testing.T) {
	var log bytes.Buffer
	store, _ := follower(t, loaders.LiveOptions{})
	live := loaders.NewLive(store, scoring.DefaultProfile(), loaders.LiveOptions{MaxStale: time.Hour, AsOf: day}, slog.New(slog.NewTextHandler(&log, nil)))
	for i, how := range []string{"whole", "aged"} {
		today := day.AddDate(0, 0, i)
		live.SetAsOf(today)
		if err := live.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		if g, err := live.Graph(); err != nil || !g.AsOf().Equal(today) || !strings.Contains(log.String(), "how="+how) {
			t.Errorf("day %d: %v, %s", i, err, &log)
		}
	}
}

// Catches: a process that does not see its own write at once.
func TestOwnWritesAreSeenAtOnce(t *testing.T) {
	store, live := follower(t, loaders.LiveOptions{Interval: time.Hour, MaxStale: time.Hour})
	if _, err := store.Save(t.Context(), dgraph.Write{Batch: topic("own"), By: "test"}); err != nil {
		t.Fatal(err)
	}
	if err := live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	g, err := live.Graph()
	if err != nil {
		t.Fatal(err)
	}
	if _, seen := g.Find(masar.Ref{Kind: masar.KindTopic, Code: "own"}); !seen {
		t.Error("the process does not see its own write")
	}
}

// Catches: a snapshot that changes while a request holds it, and one that is replaced without a write.
func TestASnapshotStaysAsItIs(t *testing.T) {
	store, live := follower(t, loaders.LiveOptions{Interval: time.Hour, MaxStale: time.Hour})
	if err := live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	held, err := live.Graph()
	if err != nil {
		t.Fatal(err)
	}
	if err := live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if again, _ := live.Graph(); again != held {
		t.Error("the graph was read again without a write")
	}
	if _, err := store.Save(t.Context(), dgraph.Write{Batch: topic("later"), By: "test"}); err != nil {
		t.Fatal(err)
	}
	if err := live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, seen := held.Find(masar.Ref{Kind: masar.KindTopic, Code: "later"}); seen {
		t.Error("the old snapshot has changed")
	}
	if now, _ := live.Graph(); now.Snapshot() == held.Snapshot() {
		t.Error("a write did not change the snapshot")
	}
}

// Catches: answers from a graph that has not been compared with the database for too long.
func TestNoAnswerFromAStaleGraph(t *testing.T) {
	_, live := follower(t, loaders.LiveOptions{Interval: time.Hour, MaxStale: 50 * time.Millisecond})
	if _, err := live.Graph(); masar.ErrorCode(err) != masar.CodeUnavailable {
		t.Errorf("Graph before the first reading: %v, want BACKEND_UNAVAILABLE", err)
	}
	if err := live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := live.Graph(); err != nil {
		t.Errorf("just read: %v", err)
	}
	time.Sleep(60 * time.Millisecond)
	if _, err := live.Graph(); masar.ErrorCode(err) != masar.CodeUnavailable {
		t.Errorf("Graph after MaxStale: %v, want BACKEND_UNAVAILABLE", err)
	}
}

// Catches: an endless wait, or an error without a code, when the database is unreachable.
func TestTheStoreIsOutOfReach(t *testing.T) {
	store, err := dgraph.Open(t.Context(), "dgraph://127.0.0.1:1")
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	live := loaders.NewLive(store, scoring.DefaultProfile(), loaders.LiveOptions{Interval: time.Hour, MaxStale: time.Hour}, slog.New(slog.DiscardHandler))
	began := time.Now()
	err = live.Refresh(t.Context())
	if masar.ErrorCode(err) != masar.CodeUnavailable {
		t.Errorf("%v, want BACKEND_UNAVAILABLE", err)
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("the error took %v", took)
	}
	if _, err := live.Graph(); !errors.As(err, new(*masar.Error)) {
		t.Errorf("%v, want an error with a code for clients", err)
	}
}

// Catches: a panic in Run that ends the process, because no caller recovers it.
func TestFollowingSurvivesAPanic(t *testing.T) {
	var log bytes.Buffer
	live := loaders.NewLive(nil, scoring.DefaultProfile(), loaders.LiveOptions{Interval: time.Millisecond, MaxStale: time.Hour}, slog.New(slog.NewTextHandler(&log, nil)))
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	live.Run(ctx)
	if n := strings.Count(log.String(), "panic: "); n != 1 {
		t.Errorf("the log reports %d panics: %s", n, log.String())
	}
}
