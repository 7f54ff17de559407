package loaders_test

import (
	"testing"
	"time"

	"masar"
	"masar/dgraph"
	"masar/loaders"
	"masar/resolvers"
	"masar/topology"
)

// Catches: a payload without its mutation's write, and a snapshot that changes for its earlier holders.
func TestRefreshShowsOwnWrites(t *testing.T) {
	store, live := follower(t, loaders.LiveOptions{Interval: time.Hour, MaxStale: time.Hour})
	if err := live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	service, err := loaders.New(live, store, resolvers.NewSchema().Schema(), loaders.Options{CacheRecords: 10})
	if err != nil {
		t.Fatal(err)
	}
	ctx, begun, err := service.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	written := topic("refreshed")
	if _, err := store.Save(ctx, dgraph.Write{Batch: written, By: "test"}); err != nil {
		t.Fatal(err)
	}
	sees := func(r *loaders.Request) bool {
		_, found := r.Graph.Find(masar.Ref{Kind: masar.KindTopic, Code: "refreshed"})
		return found
	}
	if loaders.From(ctx) != begun || sees(begun) {
		t.Error("the request changed its snapshot without Refresh")
	}
	if err := loaders.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
	now := loaders.From(ctx)
	if !sees(now) || sees(begun) {
		t.Errorf("write visible after Refresh: %t, before: %t", sees(now), sees(begun))
	}
	place, _ := now.Graph.Find(masar.Ref{Kind: masar.KindTopic, Code: "refreshed"})
	if e, err := loaders.Entities[*masar.Topic](ctx, now, []topology.Entity{place}); err != nil || e[0].Titles.EN.Value != "Topic" {
		t.Errorf("%+v, %v", e, err)
	}
}
