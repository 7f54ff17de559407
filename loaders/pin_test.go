package loaders_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"masar"
	"masar/dgraph"
	"masar/dgraph/embedded/embeddedtest"
	"masar/internal/masartest"
	"masar/loaders"
	"masar/resolvers"
	"masar/scoring"
	"masar/search"
	"masar/topology"
)

// process is a separate process on a Dgraph. It refreshes only when it is told to, or has to.
func process(t *testing.T, url string) *masartest.Service {
	t.Helper()
	store, err := dgraph.Open(t.Context(), url, dgraph.WithAnalyser(search.Pack), dgraph.WithReadTime(masartest.ReadTime), dgraph.WithClock(func() time.Time { return day }))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	if err := store.ApplySchema(t.Context()); err != nil {
		t.Fatal(err)
	}
	live := loaders.NewLive(store, scoring.DefaultProfile(),
		loaders.LiveOptions{Interval: time.Hour, MaxStale: time.Hour, AsOf: day}, slog.New(slog.DiscardHandler))
	if err := live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	return &masartest.Service{Store: store, Live: live}
}

// named is a topic with a title and an optional alias.
func named(code, title, alias string) *masar.Topic {
	e := topic(code).Entities[0].(*masar.Topic)
	e.Titles.EN.Value = title
	if alias != "" {
		e.OtherNames = []masar.Alias{{Name: alias, Lang: masar.English}}
	}
	return e
}

func write(t *testing.T, store *dgraph.Store, entities ...masar.Entity) dgraph.Changes {
	t.Helper()
	c, err := store.Save(t.Context(), dgraph.Write{Batch: &masar.Batch{Entities: entities}, By: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// contentOf is the title of a topic in the content that its request reads.
func contentOf(ctx context.Context, code string) (string, error) {
	r := loaders.From(ctx)
	place, _ := r.Graph.Find(masar.Ref{Kind: masar.KindTopic, Code: code})
	found, err := loaders.Entities[*masar.Topic](ctx, r, []topology.Entity{place})
	if err != nil {
		return "", err
	}
	return found[0].Titles.EN.Value, nil
}

// asksPinned requests content in every way: as a list, a single record, search hits with highlights, and changes.
const asksPinned = `query ($since: String) {
  snapshot
  topic(code: "pinned") { title(lang: [EN]) { value } aliases { value } version }
  topics(first: 50) { nodes { code title(lang: [EN]) { value } aliases { value } version } }
  search(query: "glacier") { totalCount snapshot edges { node { code title(lang: [EN]) { value } } score highlights { field value } } }
  changes(since: $since, first: 100) { totalCount nodes { sequence code fields } }
}`

// ask sends asksPinned with the changes since a snapshot.
func ask(t *testing.T, api *masartest.API, since int64) masartest.Answer {
	t.Helper()
	return api.Ask(t, asksPinned, map[string]any{"since": fmt.Sprint(since)})
}

// Catches: an answer with the number of one snapshot and the texts or hits of another. The process has not seen the
// write that follows its snapshot.
func TestAWriteDuringARequestMixesNothing(t *testing.T) {
	url := embeddedtest.Shared(t).URL()
	writer := process(t, url)
	write(t, writer.Store, named("mixed", "Moraine before", ""), named("mixed-2", "Fjord before", ""))
	reader := process(t, url)
	for what, operation := range map[string]string{
		"a record": `{ snapshot topic(code: "mixed") { title(lang: [EN]) { value } summary(lang: [EN]) { value } } }`,
		"a list":   `{ snapshot topics(first: 100) { nodes { code title(lang: [EN]) { value } summary(lang: [EN]) { value } } } }`,
		"a search": `{ snapshot search(query: "fjord") { totalCount edges { node { code title(lang: [EN]) { value } } } } }`,
	} {
		for _, options := range []loaders.Options{{}, {WithoutPrefetch: true}} {
			titles := []string{"Moraine", "Fjord"}
			rand.Shuffle(2, func(i, j int) { titles[i], titles[j] = titles[j], titles[i] })
			after := write(t, writer.Store,
				named("mixed", fmt.Sprint(titles[0], " ", rand.Int()), ""), named("mixed-2", fmt.Sprint(titles[1], " ", rand.Int()), ""))
			got := string(reader.API(t, options).Ask(t, operation, nil).Body)
			if !strings.Contains(got, fmt.Sprintf(`{"snapshot":"%d"`, after.Snapshot)) {
				t.Errorf("%s, %+v: not of snapshot %d: %s", what, options, after.Snapshot, got)
			}
			fresh := string(process(t, url).API(t, loaders.Options{}).Ask(t, operation, nil).Body)
			if got != fresh {
				t.Errorf("%s, %+v:\n got %s\nwant %s", what, options, got, fresh)
			}
		}
	}
}

// Catches: two different answers to the same operation on the same snapshot, with a write in between.
func TestAnOperationOnASnapshotHasOneAnswer(t *testing.T) {
	url := embeddedtest.Shared(t).URL()
	writer := process(t, url)
	since := write(t, writer.Store, named("pinned", "Glacier one", "Ice")).Snapshot
	reader := process(t, url)
	api := reader.API(t, loaders.Options{})
	first := ask(t, api, since)
	if snapshotOf(t, first.Body) == "" {
		t.Fatalf("refused: %s", first.Body)
	}
	write(t, writer.Store, named("pinned", "Glacier two", ""))
	second := ask(t, api, since)
	if string(first.Body) != string(second.Body) || second.Reads != 0 {
		t.Errorf("answers differ, with a write in between, after %d reads:\n%s\n%s", second.Reads, first.Body, second.Body)
	}
}

// Catches: a request on an older snapshot that gets a newer revision from the cache, and a restarted request that
// gets the same snapshot.
func TestARequestIsOvertaken(t *testing.T) {
	url := embeddedtest.Shared(t).URL()
	writer := process(t, url)
	code := "overtaken"
	write(t, writer.Store, named(code, "Older", ""))
	reader := process(t, url)
	service, err := loaders.New(reader.Live, reader.Store, resolvers.NewSchema().Schema(), loaders.Options{CacheRecords: 100})
	if err != nil {
		t.Fatal(err)
	}
	begin := func(ctx context.Context) (context.Context, *loaders.Request) {
		t.Helper()
		ctx, request, err := service.Begin(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return ctx, request
	}
	title := func(ctx context.Context) (string, error) { return contentOf(ctx, code) }
	older, olderRequest := begin(t.Context())
	write(t, writer.Store, named(code, "Newer", ""))
	if err := reader.Live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	newer, _ := begin(t.Context())
	if got, err := title(newer); got != "Newer" || err != nil || loaders.Overtaken(newer) {
		t.Errorf("%q, %v", got, err)
	}
	if got, err := title(older); masar.ErrorCode(err) != masar.CodeUnavailable || !loaders.Overtaken(older) {
		t.Errorf("content on the older snapshot: %q, %v", got, err)
	}
	write(t, writer.Store, named(code, "Newest", ""))
	again, request := begin(older)
	if request.Graph == olderRequest.Graph || loaders.Overtaken(again) {
		t.Error("the restarted request has the overtaken snapshot")
	}
	// This request is overtaken as well, because the process has not seen the last write. After a restart it has.
	for range 2 {
		if _, err := title(again); err != nil {
			again, _ = begin(again)
		}
	}
	if got, err := title(again); got != "Newest" && got != "Newer" || err != nil {
		t.Errorf("begun again: %q, %v", got, err)
	}
}

// Catches: with two processes and concurrent writers, any answer that differs by a byte from that of a new process
// whose database was not written to during the read.
func TestEveryAnswerIsThatOfItsSnapshot(t *testing.T) {
	const writers, writes, readers = 2, 25, 2
	url := embeddedtest.Start(t).URL()
	written := map[int64]*masar.Batch{} // by the snapshot of the write
	answers := map[string][]string{}    // by the snapshot that they name
	var lock sync.Mutex
	var writing, reading sync.WaitGroup
	var asked, refused atomic.Int64
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	for w := range writers {
		store, random := process(t, url).Store, rand.New(rand.NewPCG(seed, uint64(w)))
		writing.Go(func() {
			for range writes {
				b := &masar.Batch{Entities: []masar.Entity{someTopic(random, w), someTopic(random, w+writers)}}
				c, err := store.Save(t.Context(), dgraph.Write{Batch: b, By: "test"})
				if err != nil {
					t.Error(err)
					return
				}
				lock.Lock()
				if c.Created+c.Updated > 0 {
					written[c.Snapshot] = b
				}
				lock.Unlock()
				if random.IntN(3) > 0 { // so that readers meet most snapshots, some of them during a write
					for began, answered := time.Now(), asked.Load(); asked.Load() == answered && time.Since(began) < time.Second; {
						time.Sleep(time.Millisecond)
					}
				}
			}
		})
	}
	done := make(chan struct{})
	for i := range readers {
		service := process(t, url)
		kept := service.API(t, loaders.Options{})
		reading.Go(func() {
			for turn := 0; ; turn++ {
				select {
				case <-done:
					return
				default:
				}
				api := kept
				if (turn+i)%2 == 0 { // otherwise long stretches would have no reads
					api = service.API(t, loaders.Options{WithoutPrefetch: turn%3 == 0})
				}
				body := ask(t, api, 0).Body
				if snapshot := snapshotOf(t, body); snapshot != "" {
					lock.Lock()
					answers[snapshot] = append(answers[snapshot], string(body))
					lock.Unlock()
				} else {
					refused.Add(1)
				}
				asked.Add(1)
			}
		})
	}
	writing.Wait()
	close(done)
	reading.Wait()
	t.Logf("%d answers, %d refused", asked.Load(), refused.Load())
	compareWithReplay(t, written, answers)
}

// snapshotOf is the snapshot of an answer; empty if the request failed because of the writers.
func snapshotOf(t *testing.T, body []byte) string {
	var p struct {
		Data   struct{ Snapshot string }
		Errors []json.RawMessage
	}
	if err := json.Unmarshal(body, &p); err != nil {
		t.Errorf("%v in %s", err, body)
	}
	if len(p.Errors) == 0 {
		return p.Data.Snapshot
	}
	for _, e := range p.Errors {
		if !strings.Contains(string(e), string(masar.CodeUnavailable)) {
			t.Errorf("%s", e)
		}
	}
	return ""
}

// someTopic is one of a writer's few topics, with a random title and random aliases.
func someTopic(random *rand.Rand, of int) *masar.Topic {
	titles := []string{"Glacier", "Glacier lake", "Desert", "River", "Desert glacier"}
	aliases := []string{"", "", "Ice", "Sand"}
	code := fmt.Sprintf("random-%d-%d", of, random.IntN(3))
	if of == 0 && random.IntN(3) == 0 {
		code = "pinned"
	}
	return named(code, fmt.Sprint(titles[random.IntN(len(titles))], " ", random.IntN(100)), aliases[random.IntN(len(aliases))])
}

// compareWithReplay repeats the writes on an empty database and compares each answer with that of a new process.
func compareWithReplay(t *testing.T, written map[int64]*masar.Batch, answers map[string][]string) {
	url := embeddedtest.Start(t).URL()
	writer := process(t, url)
	compared := 0
	for snapshot := int64(0); snapshot <= int64(len(written)); snapshot++ {
		if snapshot > 0 {
			if c, err := writer.Store.Save(t.Context(), dgraph.Write{Batch: written[snapshot], By: "test"}); err != nil || c.Snapshot != snapshot {
				t.Fatalf("write %d again: %+v, %v", snapshot, c, err)
			}
		}
		given := answers[fmt.Sprint(snapshot)]
		if len(given) == 0 {
			continue
		}
		want := string(ask(t, process(t, url).API(t, loaders.Options{}), 0).Body)
		for _, got := range given {
			if got != want {
				t.Fatalf("snapshot %d:\n got %s\nwant %s", snapshot, got, want)
			}
		}
		compared += len(given)
	}
	t.Logf("%d answers of %d snapshots", compared, len(answers))
	if len(answers) < len(written)/4 {
		t.Errorf("%d writes, but answers of only %d snapshots: too few to compare", len(written), len(answers))
	}
}
