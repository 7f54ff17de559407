package dgraph_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"masar"
	"masar/dgraph"
	"masar/dgraph/embedded/embeddedtest"
)

// withRules is a store on the shared Dgraph, with validation.
func withRules(t *testing.T) *dgraph.Store {
	t.Helper()
	store, err := dgraph.Open(context.Background(), "dgraph://"+embeddedtest.Shared(t).Addr())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	return store
}

// faultsIn lists the faults of an error, sorted, one per line.
func faultsIn(err error) string {
	typed, _ := errors.AsType[*masar.Error](err)
	if typed == nil {
		return ""
	}
	findings, _ := typed.Details["faults"].([]masar.Finding)
	return listed(findings)
}

func listed(findings []masar.Finding) string {
	var lines []string
	for _, f := range findings {
		lines = append(lines, fmt.Sprint(f.Record, " ", f.Path, " ", f.Code, f.Args))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// spoilers are functions that each break one rule in the small graph.
var spoilers = []func(*masar.Batch){
	func(b *masar.Batch) { b.Entities[0].Head().Titles = masar.LocalizedText{} },
	func(b *masar.Batch) { b.Entities[0].Head().Summaries.AR.Value = "" },
	func(b *masar.Batch) { b.Entities[2].Head().Parent = b.Entities[1].Head().Ref() },
	func(b *masar.Batch) { b.Entities[0].Head().Parent = b.Entities[2].Head().Ref() },
	func(b *masar.Batch) { b.Entities[1].(*masar.Document).Family = "" },
	func(b *masar.Batch) { b.Entities[1].(*masar.Document).Form = "BOOK" },
	func(b *masar.Batch) { b.Entities[1].(*masar.Document).Date.EDTF = "2024/2023" },
	func(b *masar.Batch) { b.Entities[1].(*masar.Document).Versions[0].Length = 2 },
	func(b *masar.Batch) { b.Claims[0].Basis = masar.Inferred },
	func(b *masar.Batch) { b.Claims[0].Status = "LOST" },
	func(b *masar.Batch) { b.Evidence[0].Review = masar.ReviewRejected },
	func(b *masar.Batch) { b.Evidence[0].Passage.SHA256 = "ABC" },
	func(b *masar.Batch) { b.Evidence[0].Passage.Locators.EN.Value = "" },
}

// Catches: a write and a check of the whole graph that find different faults, whether the referenced records are in
// the batch or in the graph; and an invalid batch that is partly written.
func TestSaveAndCheckAgree(t *testing.T) {
	loose := empty(t)
	strict := withRules(t)
	for round := range uint64(6) {
		random := rand.New(rand.NewPCG(round, 0))
		clear(t, loose)
		if round%2 == 0 {
			save(t, loose, few())
		}
		b := few()
		chosen := random.Perm(len(spoilers))[:1+random.IntN(4)]
		for _, i := range chosen {
			spoilers[i](b)
		}
		before := everything(t, loose)
		_, err := strict.Save(context.Background(), by("test", b))
		if masar.ErrorCode(err) != masar.CodeBadInput {
			t.Fatalf("%v: the write said %v", chosen, err)
		}
		equal(t, "the graph after a write that was refused", before, everything(t, loose))
		save(t, loose, b)
		all := everything(t, loose)
		equal(t, fmt.Sprint("faults of ", chosen), listed(masar.ValidateBatch(&all.Batch, masar.NewIndex(&all.Batch))), faultsIn(err))
	}
}

// Catches: a rule that looks at the batch only and misses parents, claims, documents and evidence in the graph.
func TestSaveSeesTheGraph(t *testing.T) {
	empty(t)
	store := withRules(t)
	sound := few()
	if _, err := store.Save(context.Background(), by("test", sound)); err != nil {
		t.Fatalf("%v: %s", err, faultsIn(err))
	}
	for name, c := range map[string]struct {
		batch *masar.Batch
		want  string // part of the only fault; empty for none
	}{
		"a claim alone":                   {&masar.Batch{Claims: sound.Claims}, ""},
		"a piece of evidence alone":       {&masar.Batch{Evidence: sound.Evidence}, ""},
		"an entity below one that exists": {topics(sound.Entities[2].(*masar.Topic)), ""},
		"a circle through the graph": {func() *masar.Batch {
			e := *sound.Entities[0].(*masar.Topic)
			e.Parent = sound.Entities[2].Head().Ref()
			return topics(&e)
		}(), "PARENT_CYCLE"},
		"a claim without evidence": {&masar.Batch{Claims: []*masar.Claim{
			claim(sound.Entities[0].Head().Ref(), masar.Concerns, sound.Entities[2].Head().Ref(), ""),
		}}, "CLAIM_NO_EVIDENCE"},
		"an inference from evidence that states it": {func() *masar.Batch {
			c := *sound.Claims[0]
			c.Basis, c.Rationales = masar.Inferred, sound.Entities[0].Head().Titles
			return &masar.Batch{Claims: []*masar.Claim{&c}}
		}(), "DIRECTNESS_TOO_HIGH"},
		"the same, once its evidence is inferred too": {func() *masar.Batch {
			c, e := *sound.Claims[0], *sound.Evidence[0]
			c.Basis, c.Rationales = masar.Inferred, sound.Entities[0].Head().Titles
			e.Directness = masar.CuratorsReading
			return &masar.Batch{Claims: []*masar.Claim{&c}, Evidence: []*masar.Evidence{&e}}
		}(), ""},
		"no number": {&masar.Batch{Entities: []masar.Entity{&masar.Challenge{
			Header:          masar.Header{Kind: masar.KindChallenge, Code: "c", Titles: sound.Entities[0].Head().Titles, Summaries: sound.Entities[0].Head().Summaries},
			ProxyIndicators: []masar.ProxyIndicator{{Indicator: "none", Worst: math.Inf(1), Best: 1, Rationales: sound.Entities[0].Head().Titles}},
		}}}, "NUMBER_NOT_FINITE"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := store.Save(context.Background(), by("test", c.batch))
			if (err == nil) != (c.want == "") || !strings.Contains(faultsIn(err), c.want) {
				t.Errorf("%v: %s", err, faultsIn(err))
			}
		})
	}
}
