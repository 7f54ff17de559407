package examples_test

import (
	"os"
	"testing"

	"masar/internal/masartest"
	"masar/loaders"
)

// nested is the nested question of docs/performance.md: a target, its recommendations, and for each its challenges, topics,
// cases and evidence.
func nested(tb testing.TB) string {
	tb.Helper()
	text, err := os.ReadFile("../bench/benchmark/questions/nested.graphql")
	if err != nil {
		tb.Fatal(err)
	}
	return string(text)
}

// BenchmarkNested answers the nested question on the seed graph: warm, and with empty caches.
func BenchmarkNested(b *testing.B) {
	service, document := masartest.Start(b), nested(b)
	variables := map[string]any{"code": "16.6", "lang": []string{"EN", "AR"}}
	b.Run("warm", func(b *testing.B) {
		api := service.API(b, loaders.Options{})
		api.Ask(b, document, variables)
		b.ReportAllocs()
		for b.Loop() {
			if reads := api.Ask(b, document, variables).Reads; reads != 0 {
				b.Fatalf("%d reads", reads)
			}
		}
	})
	b.Run("cold", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			api := service.API(b, loaders.Options{})
			api.Ask(b, document, variables)
		}
	})
}
