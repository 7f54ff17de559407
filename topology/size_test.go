package topology_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"masar"
	"masar/answers"
	"masar/scoring"
	"masar/topology"
)

// large is a graph of 100,000 claims, ten per recommendation, each with one evidence item if evidence is set.
func large(evidence bool) *masar.Outline {
	s := &masar.Outline{}
	uid := uint64(0)
	next := func() uint64 { uid++; return uid }
	entities := func(kind masar.Kind, n int) []uint64 {
		uids := make([]uint64, n)
		for i := range uids {
			uids[i] = next()
			s.Entities = append(s.Entities, masar.EntityOutline{
				UID: uids[i], Ref: masar.Ref{Kind: kind, Code: fmt.Sprint(kind, "-", i)}, Revision: 1, Date: "2024", Family: fmt.Sprint("F", i%100),
			})
		}
		return uids
	}
	targets, documents := entities(masar.KindSdgTarget, 169), entities(masar.KindDocument, 500)
	recommendations := entities(masar.KindRecommendation, many/10+1)
	for i := range many {
		c := masar.ClaimOutline{
			UID: next(), Key: hashed[masar.ClaimKey](i), Revision: 1, Subject: recommendations[i/10], Object: targets[i*7%len(targets)],
			Predicate: masar.Advances, Basis: masar.Bases[i%2], Status: masar.ClaimAccepted,
		}
		s.Claims = append(s.Claims, c)
		if evidence {
			s.Evidence = append(s.Evidence, masar.EvidenceOutline{
				UID: next(), Key: hashed[masar.EvidenceKey](-i - 1), Revision: 1, Claim: c.UID, Stance: masar.Supports, Kind: masar.EvidenceKinds[i%len(masar.EvidenceKinds)],
				Directness: masar.Named, Review: masar.ReviewAccepted, Document: documents[i%len(documents)], Start: i,
			})
		}
	}
	return s
}

const many = 100_000

// held is the heap memory of a graph, in bytes.
func held(tb testing.TB, s *masar.Outline) float64 {
	tb.Helper()
	before := heap()
	g, err := topology.Build(s, scoring.DefaultProfile(), asOf)
	if err != nil {
		tb.Fatal(err)
	}
	after := heap()
	runtime.KeepAlive(g)
	runtime.KeepAlive(s)
	return float64(after) - float64(before)
}

func heap() uint64 {
	runtime.GC()
	runtime.GC() // the first call only queues what has finalizers
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// perClaim measures the memory for each claim and each evidence item.
func perClaim(tb testing.TB) (claim, evidence float64) {
	tb.Helper()
	bare := large(false)
	claims := held(tb, bare)
	bare.Claims = nil
	entities := held(tb, bare)
	full := held(tb, large(true))
	return (claims - entities) / many, (full - claims) / many
}

// Catches: a graph that needs too much memory. Ten million claims with one evidence item each have to fit into 1.1
// GB.
func TestMemory(t *testing.T) {
	claim, evidence := perClaim(t)
	t.Logf("%.0f bytes per claim, %.0f bytes per evidence item", claim, evidence)
	if claim+evidence > 115 {
		t.Errorf("%.0f bytes per claim and %.0f per evidence item are too many", claim, evidence)
	}
}

// Catches: in a large graph, a list with a wrong count or order, or one that takes quadratic time.
func TestLargeGraph(t *testing.T) {
	g := built(t, large(true))
	began := time.Now()
	p, err := g.Claims(topology.None, answers.ListArgs{Last: new(1)})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, many, p.Total)
	equal(t, many, g.Counts()[masar.RecordClaim])
	hub := g.at("SDG_TARGET/SDG_TARGET-0")
	all := g.all(masar.KindRecommendation)
	equal(t, many/10+1, len(all))
	seen, args := 0, answers.ListArgs{First: new(100), OrderBy: by(answers.OrderBySupport, answers.Descending)}
	for last := 1.; ; {
		p, err := g.Follow(hub, []topology.Step{in(masar.Advances)}, nil, args)
		if err != nil {
			t.Fatal(err)
		}
		for _, it := range p.Items {
			net := g.Support(it.Via[0]).Net
			if net > last {
				t.Fatalf("support of %v comes after %v", net, last)
			}
			seen, last, args.After = seen+1, net, new(it.Cursor)
		}
		if !p.HasNext {
			equal(t, p.Total, seen)
			break
		}
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("it took %v", took)
	}
}

func BenchmarkBuild(b *testing.B) {
	s := large(true)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := topology.Build(s, scoring.DefaultProfile(), asOf); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/many, "ns/claim")
	b.StopTimer()
	claim, evidence := perClaim(b)
	b.ReportMetric(claim, "bytes/claim")
	b.ReportMetric(evidence, "bytes/evidence")
}

// BenchmarkFollow reads a page from the middle of a list with hundreds of claims.
func BenchmarkFollow(b *testing.B) {
	g := built(b, large(true))
	hub, steps := g.at("SDG_TARGET/SDG_TARGET-0"), []topology.Step{in(masar.Advances)}
	args := answers.ListArgs{First: new(100), OrderBy: by(answers.OrderBySupport, answers.Descending)}
	p, err := g.Follow(hub, steps, nil, args)
	if err != nil {
		b.Fatal(err)
	}
	args.After = &p.Items[99].Cursor
	b.ReportAllocs()
	for b.Loop() {
		if _, err := g.Follow(hub, steps, nil, args); err != nil {
			b.Fatal(err)
		}
	}
}
