package topology_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"masar"
	"masar/answers"
	"masar/scoring"
	"masar/topology"
)

// history is a graph in the database with random writes to it.
type history struct {
	t   *rapid.T
	now masar.Outline
	uid uint64
	// The records of the current write.
	entities, claims, evidence, observations, texts map[uint64]bool
}

func (h *history) next() uint64 { h.uid++; return h.uid }

// someKinds are the kinds of the drawn entities.
var someKinds = []masar.Kind{
	masar.KindSdgGoal, masar.KindSdgTarget, masar.KindInitiative, masar.KindOrganization, masar.KindCountry, masar.KindCountryGroup,
	masar.KindRecommendation, masar.KindDocument,
}

// some draws one of the entities.
func (h *history) some(label string) uint64 {
	return rapid.SampledFrom(h.now.Entities).Draw(h.t, label).UID
}

// document draws a document, or creates the first one.
func (h *history) document() uint64 {
	ref := masar.Ref{Kind: masar.KindDocument, Code: fmt.Sprint("D", rapid.IntRange(1, 4).Draw(h.t, "document"))}
	return h.entity(ref)
}

func (h *history) entity(ref masar.Ref) uint64 {
	at := slices.IndexFunc(h.now.Entities, func(e masar.EntityOutline) bool { return e.Ref == ref })
	if at < 0 {
		at = len(h.now.Entities)
		h.now.Entities = append(h.now.Entities, masar.EntityOutline{UID: h.next(), Ref: ref, Revision: 1})
		h.entities[h.now.Entities[at].UID] = true
	}
	return h.now.Entities[at].UID
}

// writeEntity creates or changes an entity.
func (h *history) writeEntity() {
	code := rapid.SampledFrom([]string{"1", "2", "10", "16.6", "16.10", "A", "B"}).Draw(h.t, "code")
	uid := h.entity(masar.Ref{Kind: rapid.SampledFrom(someKinds).Draw(h.t, "kind"), Code: code})
	e := &h.now.Entities[slices.IndexFunc(h.now.Entities, func(e masar.EntityOutline) bool { return e.UID == uid })]
	e.Revision++
	maybe := func(label string) uint64 {
		if rapid.Bool().Draw(h.t, label) {
			return h.some(label)
		}
		return 0
	}
	e.Parent, e.Home, e.Publishing, e.Groups = maybe("parent"), maybe("home"), maybe("publisher"), nil
	for range rapid.IntRange(0, 2).Draw(h.t, "groups") {
		e.Groups = append(e.Groups, h.some("group"))
	}
	e.Titles, e.IRI = masar.LocalizedText{AR: someTranslation(h.t), EN: someTranslation(h.t)}, rapid.SampledFrom([]string{"", "http://example.org"}).Draw(h.t, "iri")
	e.Traits = nil
	if rapid.Bool().Draw(h.t, "traits") {
		e.Traits = &masar.Traits{BandHigh: rapid.Float64Range(.1, 1).Draw(h.t, "band"), LeastDeveloped: rapid.Bool().Draw(h.t, "least developed"), HeadingOnly: rapid.Bool().Draw(h.t, "heading only")}
	}
	h.entities[uid] = true
}

// writeDocument changes the properties of a document that support depends on.
func (h *history) writeDocument() {
	uid := h.document()
	e := &h.now.Entities[slices.IndexFunc(h.now.Entities, func(e masar.EntityOutline) bool { return e.UID == uid })]
	e.Revision++
	e.Date = rapid.SampledFrom([]string{"", "2015", "2024-05"}).Draw(h.t, "date")
	e.Family = rapid.SampledFrom([]string{"", "F", "G"}).Draw(h.t, "family")
	h.entities[uid] = true
}

func (h *history) writeClaim() {
	status := rapid.SampledFrom([]masar.ClaimStatus{masar.ClaimAccepted, masar.ClaimAccepted, masar.ClaimRejected}).Draw(h.t, "status")
	basis := rapid.SampledFrom(masar.Bases).Draw(h.t, "basis")
	s := masar.ClaimOutline{
		Subject: h.some("subject"), Object: h.some("object"),
		Predicate: rapid.SampledFrom([]masar.Predicate{masar.Advances, masar.Participates}).Draw(h.t, "predicate"),
		Role:      rapid.SampledFrom([]masar.Role{"", masar.RoleFunder}).Draw(h.t, "role"),
	}
	s.Key = hashed[masar.ClaimKey]([]any{s.Subject, s.Predicate, s.Object, s.Role})
	at := slices.IndexFunc(h.now.Claims, func(c masar.ClaimOutline) bool { return c.Key == s.Key })
	if at < 0 {
		at = len(h.now.Claims)
		s.UID = h.next()
		h.now.Claims = append(h.now.Claims, s)
	}
	c := &h.now.Claims[at]
	c.Revision++
	c.Status, c.Basis = status, basis
	h.claims[c.UID] = true
}

func (h *history) writeEvidence() {
	if len(h.now.Claims) == 0 {
		return
	}
	s := masar.EvidenceOutline{
		Claim: rapid.SampledFrom(h.now.Claims).Draw(h.t, "claim").UID, Document: h.document(), Start: rapid.IntRange(0, 2).Draw(h.t, "start"),
	}
	s.Key = hashed[masar.EvidenceKey]([]any{"evidence", s.Claim, s.Document, s.Start})
	at := slices.IndexFunc(h.now.Evidence, func(e masar.EvidenceOutline) bool { return e.Key == s.Key })
	if at < 0 {
		at = len(h.now.Evidence)
		s.UID = h.next()
		h.now.Evidence = append(h.now.Evidence, s)
	}
	e := &h.now.Evidence[at]
	e.Revision++
	e.Stance = rapid.SampledFrom([]masar.Stance{masar.Supports, masar.Supports, masar.Refutes}).Draw(h.t, "stance")
	e.Kind = rapid.SampledFrom(masar.EvidenceKinds).Draw(h.t, "evidence kind")
	e.Directness = rapid.SampledFrom(masar.Directnesses).Draw(h.t, "directness")
	e.Review = rapid.SampledFrom([]masar.Review{masar.ReviewAccepted, masar.ReviewSuggested}).Draw(h.t, "review")
	e.OCRDoubt = rapid.Bool().Draw(h.t, "doubt")
	h.evidence[e.UID] = true
}

func (h *history) writeObservation() {
	s := masar.ObservationOutline{
		Of: h.some("of"), Source: h.document(), Indicator: rapid.SampledFrom([]string{"9.1", "10.1"}).Draw(h.t, "indicator"),
		Year: rapid.IntRange(2020, 2021).Draw(h.t, "year"),
	}
	s.Key = hashed[masar.ObservationKey]([]any{"observation", s.Of, s.Source, s.Indicator, s.Year})
	at := slices.IndexFunc(h.now.Observations, func(o masar.ObservationOutline) bool { return o.Key == s.Key })
	if at < 0 {
		at = len(h.now.Observations)
		s.UID = h.next()
		h.now.Observations = append(h.now.Observations, s)
	}
	h.now.Observations[at].Revision++
	h.now.Observations[at].Value = rapid.Float64Range(0, 1).Draw(h.t, "value")
	h.now.Observations[at].Nature = rapid.SampledFrom(masar.Natures).Draw(h.t, "nature")
	h.observations[h.now.Observations[at].UID] = true
}

func (h *history) writeText() {
	s := masar.TextOutline{Document: h.document(), SHA256: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(h.t, "hash"), Length: 7}
	at := slices.IndexFunc(h.now.Texts, func(x masar.TextOutline) bool { return x.SHA256 == s.SHA256 })
	if at < 0 {
		at = len(h.now.Texts)
		s.UID = h.next()
		h.now.Texts = append(h.now.Texts, s)
	}
	h.now.Texts[at].Revision++
	h.now.Texts[at].Removed = rapid.Bool().Draw(h.t, "removed")
	h.texts[h.now.Texts[at].UID] = true
}

// write writes some records, and returns them, each once, and all records.
func (h *history) write() (written, whole *masar.Outline) {
	h.entities, h.claims, h.evidence = map[uint64]bool{}, map[uint64]bool{}, map[uint64]bool{}
	h.observations, h.texts = map[uint64]bool{}, map[uint64]bool{}
	h.now.Snapshot++
	for range rapid.IntRange(1, 8).Draw(h.t, "records") {
		rapid.SampledFrom([]func(){
			h.writeEntity, h.writeDocument, h.writeClaim, h.writeClaim, h.writeEvidence, h.writeEvidence, h.writeEvidence,
			h.writeObservation, h.writeText,
		}).Draw(h.t, "write")()
	}
	return &masar.Outline{
			Snapshot:     h.now.Snapshot,
			Entities:     these(h.t, h.now.Entities, func(s masar.EntityOutline) bool { return h.entities[s.UID] }),
			Claims:       these(h.t, h.now.Claims, func(s masar.ClaimOutline) bool { return h.claims[s.UID] }),
			Evidence:     these(h.t, h.now.Evidence, func(s masar.EvidenceOutline) bool { return h.evidence[s.UID] }),
			Observations: these(h.t, h.now.Observations, func(s masar.ObservationOutline) bool { return h.observations[s.UID] }),
			Texts:        these(h.t, h.now.Texts, func(s masar.TextOutline) bool { return h.texts[s.UID] }),
		}, &masar.Outline{
			Snapshot: h.now.Snapshot, Entities: slices.Clone(h.now.Entities), Claims: slices.Clone(h.now.Claims),
			Evidence: slices.Clone(h.now.Evidence), Observations: slices.Clone(h.now.Observations), Texts: slices.Clone(h.now.Texts),
		}
}

// these are the written records, in any order.
func these[S any](t *rapid.T, all []S, written func(S) bool) []S {
	kept := slices.DeleteFunc(slices.Clone(all), func(s S) bool { return !written(s) })
	if len(kept) < 2 {
		return kept
	}
	return rapid.Permutation(kept).Draw(t, "order")
}

// inside compares all internal lists of graphs.
var inside = gocmp.Options{
	gocmp.Exporter(func(reflect.Type) bool { return true }), cmpopts.EquateNaNs(), cmpopts.EquateEmpty(), cmpopts.IgnoreTypes(sync.Once{}),
}

// Catches: any difference between a snapshot made by Apply and one made by Build, and an old snapshot that Apply
// changes.
func TestApplyIsBuild(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := &history{t: t, uid: 100, now: masar.Outline{Entities: []masar.EntityOutline{{UID: 1, Ref: masar.Ref{Kind: masar.KindTopic, Code: "T"}, Revision: 1}}}}
		day := asOf
		g, err := topology.Build(&h.now, scoring.DefaultProfile(), day)
		if err != nil {
			t.Fatal(err)
		}
		var graphs, whole []*topology.Graph
		for range rapid.IntRange(1, 5).Draw(t, "writes") {
			written, now := h.write()
			if g, err = g.Apply(written); err != nil {
				t.Fatal(err)
			}
			if rapid.Bool().Draw(t, "another day") {
				day = day.AddDate(rapid.IntRange(-3, 3).Draw(t, "years"), 0, 0)
				if g, err = g.On(day); err != nil {
					t.Fatal(err)
				}
			}
			built, err := topology.Build(now, scoring.DefaultProfile(), day)
			if err != nil {
				t.Fatal(err)
			}
			if rapid.Bool().Draw(t, "searched") { // this builds the links of searches
				g.Degree(0)
			}
			graphs, whole = append(graphs, g), append(whole, built)
		}
		for i := range graphs {
			graphs[i].Degree(0)
			whole[i].Degree(0)
			if diff := gocmp.Diff(whole[i], graphs[i], inside); diff != "" {
				t.Fatalf("after %d writes (-built +applied):\n%s", i+1, diff)
			}
		}
		alike(t, graph{whole[len(whole)-1], t, names(&h.now)}, graph{g, t, names(&h.now)})
	})
}

// alike compares all answers of two graphs, including cursors.
func alike(t rapid.TB, want, got graph) {
	t.Helper()
	wanted := want.listings()
	for i, l := range got.listings() {
		w, err := wanted[i].page(answers.ListArgs{First: new(100)})
		if err != nil {
			t.Fatal(err)
		}
		g, err := l.page(answers.ListArgs{First: new(100)})
		if err != nil {
			t.Fatal(err)
		}
		if diff := gocmp.Diff(w, g); diff != "" || wanted[i].name != l.name {
			t.Errorf("%s and %s (-built +applied):\n%s", wanted[i].name, l.name, diff)
		}
	}
	equal(t, want.Counts(), got.Counts())
	for _, c := range want.allClaims() {
		equal(t, want.Support(c), got.Support(c))
	}
}

// Catches: an invalid write that Apply accepts. It has to fail, so that the whole graph is read again.
func TestApplyRefuses(t *testing.T) {
	s := outline(t, "RECOMMENDATION/R1 ADVANCES SDG_TARGET/16.6 + NEWS D1")
	g := built(t, s)
	c, e, r := s.Claims[0], s.Evidence[0], s.Entities[0]
	for what, refused := range map[string]masar.Outline{
		"refers to entity":          {Claims: []masar.ClaimOutline{{UID: 99, Key: hashed[masar.ClaimKey](1), Subject: 98, Object: r.UID, Predicate: masar.Advances, Basis: masar.Stated, Status: masar.ClaimAccepted}}},
		"refers to claim":           {Evidence: []masar.EvidenceOutline{{UID: 99, Key: hashed[masar.EvidenceKey](1), Claim: 98, Document: r.UID, Stance: masar.Supports, Kind: masar.News, Directness: masar.Named}}},
		"another record":            {Entities: []masar.EntityOutline{{UID: 99, Ref: r.Ref}}},
		"claim " + string(c.Key):    {Claims: []masar.ClaimOutline{{UID: c.UID, Key: c.Key, Subject: c.Object, Object: c.Subject, Predicate: c.Predicate, Basis: c.Basis, Status: c.Status}}},
		"evidence " + string(e.Key): {Evidence: []masar.EvidenceOutline{{UID: e.UID, Key: e.Key, Claim: e.Claim, Document: e.Document, Start: 7, Stance: e.Stance, Kind: e.Kind, Directness: e.Directness}}},
		"which is none of":          {Entities: []masar.EntityOutline{{UID: 99, Ref: masar.Ref{Kind: "PLANET", Code: "P"}}}},
		"is there twice":            {Entities: []masar.EntityOutline{r, r}},
		"no key of 32 hex":          {Claims: []masar.ClaimOutline{{UID: 99, Key: "1", Subject: r.UID, Object: r.UID, Predicate: masar.Advances, Basis: masar.Stated, Status: masar.ClaimAccepted}}},
		"text 1 refers to en":       {Texts: []masar.TextOutline{{UID: 99, SHA256: "1", Document: 98}}},
	} {
		refused.Snapshot = 1
		if _, err := g.Apply(&refused); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("error %v, want one that contains %q", err, what)
		}
	}
	equal(t, "R1", g.follow("SDG_TARGET/16.6", answers.ListArgs{}, in(masar.Advances)))
}

// Catches: an Apply whose time grows with the graph, here of half a million records.
func TestApplyIsQuick(t *testing.T) {
	g := built(t, large(true))
	hub := g.at("SDG_TARGET/SDG_TARGET-0")
	best := time.Hour
	for i := range 5 {
		c := masar.ClaimOutline{
			UID: uint64(1<<40 + i), Key: hashed[masar.ClaimKey](fmt.Sprint("new", i)), Revision: 1, Subject: g.EntityRecord(g.at("DOCUMENT/DOCUMENT-1")).UID,
			Object: g.EntityRecord(hub).UID, Predicate: masar.Advances, Basis: masar.Stated, Status: masar.ClaimAccepted,
		}
		began := time.Now()
		next, err := g.Apply(&masar.Outline{Snapshot: int64(i), Claims: []masar.ClaimOutline{c}})
		if err != nil {
			t.Fatal(err)
		}
		best = min(best, time.Since(began))
		equal(t, many+1, next.Counts()[masar.RecordClaim])
	}
	t.Logf("one claim among %d: %v", many, best)
	if best > 200*time.Millisecond { // generous, for a busy machine
		t.Errorf("it took %v", best)
	}
}
