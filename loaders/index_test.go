package loaders_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"masar"
	"masar/dgraph"
	"masar/dgraph/embedded/embeddedtest"
	"masar/loaders"
	"masar/search"
)

// Catches entities of an older data directory that search does not find: those stored without terms, or with the terms of
// another analyser. Catches terms that a start does not store anew, and ones that it stores as if the entity had changed.
// Catches entities that are found by what they were once called, too.
func TestOlderTerms(t *testing.T) {
	process(t, embeddedtest.Shared(t).URL()) // which applies the schema
	for name, options := range map[string][]dgraph.Option{
		"none":    nil,
		"another": {dgraph.WithAnalyser(func(masar.Entity) string { return "0\n=wrong\twrong" })},
	} {
		older, err := dgraph.Open(t.Context(), embeddedtest.Shared(t).URL(), options...)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(older.Close)
		write(t, older, named("older-"+name, "Peatland "+name, ""))
		service := process(t, embeddedtest.Shared(t).URL())
		if _, ok := search.Unpack(stored(t, service.Store, "older-"+name)); ok {
			t.Errorf("%s: readers waited for the terms to be stored", name)
		}
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() { defer close(ended); service.Live.Run(ctx) }()
		for deadline := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
			terms, ok := search.Unpack(stored(t, service.Store, "older-"+name))
			if ok && slices.Contains(terms[search.Titles], "="+name) {
				break
			}
			if time.Now().After(deadline) {
				t.Fatalf("%s: a start leaves the terms %v", name, terms)
			}
		}
		stop()
		<-ended
		expected := named("older-"+name, "Peatland "+name, "")
		if changes := write(t, service.Store, expected); changes.Unchanged != 1 || changes.Snapshot != service.Live.Held().Sequence() {
			t.Errorf("%s: the entity as it was is written as %+v", name, changes)
		}
		api := service.API(t, loaders.Options{})
		for query, want := range map[string]int{"peatland " + name: 1, "wrong": 0} {
			if got := string(api.Ask(t, `query ($q: String!) { search(query: $q) { match totalCount } }`, map[string]any{"q": query}).Body); !strings.Contains(got, total(want)) {
				t.Errorf("%s: %q: %s", name, query, got)
			}
		}
		write(t, older, named("older-"+name, "Moorland "+name, ""))
		if err := service.Live.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		body := string(api.Ask(t, `{ a: search(query: "moorland") { totalCount } b: search(query: "peatland `+name+`") { match totalCount } }`, nil).Body)
		if !slices.Contains(strings.SplitAfter(body, "}"), `{"data":{"a":{`+total(1)+`}`) || strings.Contains(body, "ALL") {
			t.Errorf("%s: after a write: %s", name, body)
		}
		write(t, older, named("older-"+name, "Done", ""))
	}
}

// stored are the terms that are stored with a topic.
func stored(t *testing.T, store *dgraph.Store, code string) string {
	t.Helper()
	outline, err := store.Outline(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range outline.Entities {
		if e.Ref.Code == code {
			return e.Terms
		}
	}
	t.Fatalf("no topic %s", code)
	return ""
}

func total(n int) string { return fmt.Sprintf(`"totalCount":%d`, n) }
