package operations

import (
	"context"
	"io"
	"log/slog"
	"testing"

	"masar/loaders"
)

// BenchmarkOperation measures what an operation costs besides its resolvers: made anew, and kept. Traces are off.
func BenchmarkOperation(b *testing.B) {
	for name, keep := range map[string]int{"anew": 0, "kept": 1 << 20} {
		b.Run(name, func(b *testing.B) {
			s := newService(b, func(context.Context) error { return nil }, func(o *Options) {
				o.Log = slog.New(slog.NewJSONHandler(io.Discard, nil))
				o.State, o.KeptBytes = func() (loaders.State, error) { return loaders.State{Snapshot: "1", AsOf: "2026-01-01"}, nil }, keep
			})
			b.ReportAllocs()
			for b.Loop() {
				if a := s.Do(b.Context(), Client{Transport: "test"}, Params{Query: "query Q { field }"}); len(a.Errors) > 0 {
					b.Fatal(a.Errors)
				}
			}
		})
	}
}
