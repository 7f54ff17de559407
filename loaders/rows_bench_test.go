package loaders_test

import (
	"context"
	"runtime"
	"testing"

	"masar"
	"masar/bench"
	"masar/exchange"
	"masar/loaders"
	"masar/scoring"
	"masar/topology"
)

// BenchmarkClaimRows exports the claims of a generated graph whose records are all cached. It measures computing and
// writing, without the database, and the memory in use.
func BenchmarkClaimRows(b *testing.B) {
	outline := bench.Generate(7, 100_000)
	g, err := topology.Build(outline, scoring.DefaultProfile(), day)
	if err != nil {
		b.Fatal(err)
	}
	records, refs := map[uint64]masar.Record{}, map[uint64]masar.Ref{}
	for _, e := range outline.Entities {
		refs[e.UID] = e.Ref
		entity := masar.NewEntity(e.Ref.Kind)
		*entity.Head() = masar.Header{Kind: e.Ref.Kind, Code: e.Ref.Code, Revision: 1, Titles: masar.LocalizedText{
			AR: masar.Translation{Value: "عنوان بطول ما يكون عليه عادةً " + e.Ref.Code}, EN: masar.Translation{Value: "A title as long as they tend to be " + e.Ref.Code},
		}}
		if d, is := entity.(*masar.Document); is {
			d.Date = masar.Date{EDTF: e.Date}
		}
		records[e.UID] = entity
	}
	for _, c := range outline.Claims {
		records[c.UID] = &masar.Claim{Key: c.Key, Subject: refs[c.Subject], Predicate: c.Predicate, Object: refs[c.Object], Basis: c.Basis, Status: c.Status, Role: c.Role, Revision: c.Revision}
	}
	source, err := loaders.KeptRows(g, records)
	if err != nil {
		b.Fatal(err)
	}
	for _, format := range exchange.Formats {
		b.Run(format.Name, func(b *testing.B) {
			b.ReportAllocs()
			var out gauge
			for b.Loop() {
				out = gauge{before: held()}
				table, err := exchange.Find("claims").Open(b.Context(), source, exchange.Query{})
				if err != nil {
					b.Fatal(err)
				}
				if err := format.Write(context.Background(), &out, exchange.Find("claims"), table, 0, table.Total, exchange.Options{}); err != nil {
					b.Fatal(err)
				}
			}
			b.SetBytes(out.bytes)
			b.ReportMetric(float64(out.most-out.before)/(1<<20), "MB-held")
		})
	}
}

// gauge counts what is written, and looks now and then at how much memory is held.
type gauge struct {
	bytes        int64
	before, most uint64
}

func (g *gauge) Write(p []byte) (int, error) {
	if g.bytes>>22 != (g.bytes+int64(len(p)))>>22 {
		g.most = max(g.most, held())
	}
	g.bytes += int64(len(p))
	return len(p), nil
}

func held() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
