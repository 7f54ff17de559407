package topology

import (
	"fmt"
	"math"
	"testing"
	"time"

	"masar"
	"masar/scoring"
)

// vector makes a graph of claims in a chain. Their net support is given, as in the model's examples, not computed.
func vector(t *testing.T, steps ...claimOf) *Graph {
	t.Helper()
	outline := &masar.Outline{}
	uids := map[string]uint64{}
	entity := func(code string) uint64 {
		if uids[code] == 0 {
			uids[code] = uint64(len(uids) + 1)
			outline.Entities = append(outline.Entities, masar.EntityOutline{UID: uids[code], Ref: masar.Ref{Kind: masar.KindTopic, Code: code}})
		}
		return uids[code]
	}
	nets := map[masar.ClaimKey]float64{}
	for i, s := range steps {
		key := masar.ClaimKey(fmt.Sprintf("%032x", i))
		nets[key] = s.net
		outline.Claims = append(outline.Claims, masar.ClaimOutline{
			UID: uint64(1<<20 + i), Key: key, Subject: entity(s.from), Object: entity(s.to), Predicate: s.is,
			Basis: masar.Stated, Status: masar.ClaimAccepted,
		})
	}
	g, err := Build(outline, scoring.DefaultProfile(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	for key, net := range nets {
		c, _ := g.FindClaim(key)
		g.nets[c] = net
	}
	return g
}

type claimOf struct {
	from string
	is   masar.Predicate
	to   string
	net  float64
}

// Catches: a score that differs from the model's example.
func TestScoresAreTheModels(t *testing.T) {
	hub := func(degree int) []claimOf {
		steps := []claimOf{{"a", masar.PartOf, "hub", 1}, {"hub", masar.Produces, "b", 1}} // .9·.8·.9 = .648
		for i := range degree - len(steps) {
			steps = append(steps, claimOf{fmt.Sprint("leaf-", i), masar.Concerns, "hub", 0})
		}
		return steps
	}
	for _, test := range []struct {
		name     string
		steps    []claimOf
		from, to string
		want     float64
	}{
		{"one direct ADVANCES", []claimOf{{"a", masar.Advances, "b", .2925}}, "a", "b", .6462},
		{
			"message 5, webinar, ENACT, 16.6",
			[]claimOf{{"ENACT-KM-05", masar.IssuedIn, "webinar", .3025}, {"webinar", masar.PartOf, "ENACT", .3025}, {"ENACT", masar.ContributesTo, "16.6", .2716}},
			"ENACT-KM-05", "16.6", .1769,
		},
		{"two hops through what is no hub", hub(25), "a", "b", .648},
		{"two hops through a hub of degree 500", hub(500), "a", "b", .1622},
	} {
		t.Run(test.name, func(t *testing.T) {
			g := vector(t, test.steps...)
			from, _ := g.Find(masar.Ref{Kind: masar.KindTopic, Code: test.from})
			to, _ := g.Find(masar.Ref{Kind: masar.KindTopic, Code: test.to})
			got, err := g.Paths(t.Context(), from, to, PathQuery{})
			if err != nil || len(got.Paths) != 1 {
				t.Fatalf("%d paths, %v", len(got.Paths), err)
			}
			if score := got.Paths[0].Score; math.Abs(score-test.want) > .00005+1e-12 {
				t.Errorf("score %.6f, want %.4f as in the model", score, test.want)
			}
		})
	}
}

// Catches: equal scores that differ by rounding, so that their paths would not be ordered by code.
func TestEqualProductsCostTheSame(t *testing.T) {
	for _, equal := range [][2][]float64{
		{{.9, .4}, {.6, .6}}, {{.8, .5}, {1, .4}}, {{.3, 1}, {.6, .5}}, {{.9, .8, .7}, {.7, .9, .8}}, {{.5}, {.5, 1}},
	} {
		var sums [2]int64
		for i, factors := range equal {
			for _, f := range factors {
				sums[i] += decimalCost(f)
			}
		}
		if sums[0] != sums[1] {
			t.Errorf("%v costs %d, %v costs %d", equal[0], sums[0], equal[1], sums[1])
		}
	}
	for _, f := range []float64{1, .9, .45, .125, .3} {
		if got, want := decimalCost(f), cost(f); max(got-want, want-got) > 16 {
			t.Errorf("the cost of %v is %d by its prime factors, but %d as a whole", f, got, want)
		}
	}
	if decimalCost(1) != 0 || cost(.5) != decimalCost(.5) {
		t.Error("the cost of 1 is not 0, or that of .5 is wrong")
	}
}
