package dgraph_test

import (
	"context"
	"fmt"
	"testing"

	"masar/dgraph"
	"masar/dgraph/embedded"
	"masar/dgraph/embedded/embeddedtest"
)

// BenchmarkSave measures what a small write costs that survives a loss of power, and one that survives crashes only.
func BenchmarkSave(b *testing.B) {
	for name, fast := range map[string]bool{"power-loss": false, "crash": true} {
		b.Run(name, func(b *testing.B) {
			server := embeddedtest.Start(b, func(o *embedded.Options) { o.FastWrites = fast })
			store, err := dgraph.Open(b.Context(), server.URL(), dgraph.WithoutRules)
			if err != nil {
				b.Fatal(err)
			}
			defer store.Close()
			if err := store.ApplySchema(b.Context()); err != nil {
				b.Fatal(err)
			}
			n := 0
			for b.Loop() {
				n++
				if _, err := store.Save(context.Background(), by("bench", topics(topic(fmt.Sprint("t", n), "word")))); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
