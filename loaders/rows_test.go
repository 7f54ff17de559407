package loaders_test

import (
	"testing"
	"time"

	"masar"
	"masar/dgraph"
	"masar/exchange"
	"masar/loaders"
	"masar/resolvers"
)

// rowsService creates a service that exports rows.
func rowsService(t *testing.T, store *dgraph.Store, live *loaders.Live) *loaders.Service {
	t.Helper()
	service, err := loaders.New(live, store, resolvers.NewSchema().Schema(), loaders.Options{CacheRecords: 1000})
	if err != nil {
		t.Fatal(err)
	}
	return service
}

func retitled(title string) *masar.Batch {
	words := masar.LocalizedText{AR: masar.Translation{Value: "وثيقة"}, EN: masar.Translation{Value: title}}
	return &masar.Batch{Entities: []masar.Entity{&masar.Document{
		Header: masar.Header{Kind: masar.KindDocument, Code: "in-rows", Titles: words, Summaries: words}, Form: masar.DocumentNews,
		Languages: []masar.Language{masar.Arabic}, Family: "F", EvidenceKind: masar.News,
	}}}
}

// titleIn is the title of the only document in a source.
func titleIn(t *testing.T, source exchange.Source) string {
	t.Helper()
	documents, err := source.Documents(nil)
	if err != nil {
		t.Fatal(err)
	}
	all, err := documents.Read(t.Context(), 0, documents.Total)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		if d.Code == "in-rows" {
			return d.Titles.EN.Value
		}
	}
	t.Fatal("the source has no document")
	return ""
}

// Catches: rows with records newer than their snapshot, and a snapshot older than the database's.
func TestRowsAreOfOneSnapshot(t *testing.T) {
	writer, _ := follower(t, loaders.LiveOptions{})
	store, live := follower(t, loaders.LiveOptions{Interval: time.Hour, MaxStale: time.Hour})
	service := rowsService(t, store, live)
	save := func(title string) {
		t.Helper()
		if _, err := writer.Save(t.Context(), dgraph.Write{Batch: retitled(title), By: "test"}); err != nil {
			t.Fatal(err)
		}
	}
	newest := func() exchange.Source {
		t.Helper()
		source, err := service.Rows()
		if err != nil {
			t.Fatal(err)
		}
		return source
	}
	settled := func(source exchange.Source) exchange.Source {
		t.Helper()
		s, err := source.Settle(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	save("First")
	if err := live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	before := newest()
	reading := settled(before)
	if reading.Snapshot() != before.Snapshot() {
		t.Errorf("settled at snapshot %s, want %s", reading.Snapshot(), before.Snapshot())
	}
	save("Second") // while the rows of the first snapshot are being read
	after := settled(before)
	if after.Snapshot() == before.Snapshot() || newest().Snapshot() != after.Snapshot() {
		t.Errorf("settled at snapshot %s, want the process's %s", after.Snapshot(), newest().Snapshot())
	}
	for range 2 { // the second time from the cache
		if got := titleIn(t, after); got != "Second" {
			t.Errorf("the newer snapshot returns %q", got)
		}
		if got := titleIn(t, reading); got != "First" {
			t.Errorf("the older snapshot returns %q", got)
		}
	}
	if documents, err := before.Documents(nil); err == nil {
		if _, err := documents.Read(t.Context(), 0, documents.Total); err == nil {
			t.Error("reading without Settle succeeds")
		}
	}
}

// Catches: rows that wait for ever, or that come from memory, while the database is unreachable.
func TestRowsWhileTheStoreIsGone(t *testing.T) {
	store, live := follower(t, loaders.LiveOptions{Interval: time.Hour, MaxStale: time.Hour})
	if err := live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	source, err := rowsService(t, store, live).Rows()
	if err != nil {
		t.Fatal(err)
	}
	store.Close()
	if _, err := source.Settle(t.Context()); err == nil {
		t.Error("settled without a store")
	}
}
