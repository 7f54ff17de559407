package dgraph_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"masar"
	"masar/dgraph"
	"masar/dgraph/embedded/embeddedtest"
)

// BenchmarkOutline measures reading the whole Outline, and reading one write's changes to it.
func BenchmarkOutline(b *testing.B) {
	const topicsInAll, claimsOfEach = 1000, 10
	store, err := dgraph.Open(context.Background(), embeddedtest.Start(b).URL(), dgraph.WithoutRules)
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	if err := store.ApplySchema(b.Context()); err != nil {
		b.Fatal(err)
	}
	all := &masar.Batch{}
	for i := range topicsInAll {
		all.Entities = append(all.Entities, topic(fmt.Sprint("t", i), "Topic"))
	}
	for i := range topicsInAll * claimsOfEach {
		from, to := all.Entities[i%topicsInAll], all.Entities[(i%topicsInAll+1+i/topicsInAll)%topicsInAll]
		c := claim(from.Head().Ref(), masar.Elaborates, to.Head().Ref(), "")
		e := &masar.Evidence{
			ClaimKey: c.Key, Stance: masar.Supports, Kind: masar.News, Directness: masar.Named, Review: masar.ReviewAccepted,
			Passage: masar.Passage{Source: from.Head().Ref(), Start: i, End: i + 1},
		}
		e.Key = e.NewKey()
		all.Claims, all.Evidence = append(all.Claims, c), append(all.Evidence, e)
	}
	records := len(all.Entities) + len(all.Claims) + len(all.Evidence)
	began := time.Now()
	if _, err := store.Save(b.Context(), by("test", all)); err != nil {
		b.Fatal(err)
	}
	b.Logf("%d records written in %v", records, time.Since(began))
	all.Claims[0].Status = masar.ClaimRejected
	if _, err := store.Save(b.Context(), by("test", &masar.Batch{Claims: all.Claims[:1]})); err != nil {
		b.Fatal(err)
	}
	b.Run("whole", func(b *testing.B) {
		for b.Loop() {
			if _, err := store.Outline(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*records), "µs/record")
	})
	for snapshot, what := range []string{"all records changed", "one changed"} {
		b.Run(what, func(b *testing.B) {
			for b.Loop() {
				if _, complete, err := now(b, store).OutlineSince(b.Context(), int64(snapshot)); err != nil || !complete {
					b.Fatal(complete, err)
				}
			}
		})
	}
}
