package dgraph_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"masar/dgraph"
	"masar/dgraph/embedded/embeddedtest"
)

// Catches: a call to Dgraph that is not observed, and a failure observed as a success.
func TestCallsAreObserved(t *testing.T) {
	empty(t)
	for addr, fails := range map[string]bool{embeddedtest.Shared(t).URL(): false, nowhere(t): true} {
		var mu sync.Mutex
		seen := map[string]int{}
		store, err := dgraph.Open(t.Context(), at(addr), dgraph.WithoutRules, dgraph.WithObserver(func(_ context.Context, call string, took time.Duration, err error) {
			mu.Lock()
			defer mu.Unlock()
			seen[call]++
			if (err != nil) != fails || took <= 0 {
				t.Errorf("%s: %v after %v", call, err, took)
			}
		}))
		if err != nil {
			t.Fatal(err)
		}
		defer store.Close()
		if _, err := store.Save(context.Background(), by("test", topics(topic("a", "A")))); (err != nil) != fails {
			t.Fatal(err)
		}
		if seen["read"] != int(store.Reads()) || seen["read"] == 0 || !fails && (seen["write"] != 1 || seen["commit"] != 1) {
			t.Errorf("%v, %d reads", seen, store.Reads())
		}
	}
}
