package dgraph_test

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"masar"
	"masar/dgraph"
)

// outline reads the whole Outline.
func outline(t rapid.TB, store *dgraph.Store) *masar.Outline {
	t.Helper()
	s, err := store.Outline(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Catches: a field of the Outline that is not read or belongs to another record, and an edge to the wrong node.
func TestOutlineIsWhatWasSaved(t *testing.T) {
	store := empty(t)
	written := int64(0)
	rapid.Check(t, func(rt *rapid.T) {
		clear(t, store)
		b := batch(rt, "r")
		save(rt, store, b)
		equal(rt, "the outline", outlineOf(b, 1, uids(t)), inOrder(outline(rt, store)))
		written++
	})
	if written == 0 {
		t.Error("nothing was written")
	}
}

// uids are the nodes of all records, by xid, read without the store.
func uids(t *testing.T) map[string]uint64 {
	t.Helper()
	all := map[string]uint64{}
	for _, n := range ask[struct{ Q []struct{ UID, XID string } }](t, `{ q(func: has(xid)) { uid xid } }`).Q {
		var uid uint64
		if _, err := fmt.Sscanf(n.UID, "0x%x", &uid); err != nil {
			t.Fatal(err)
		}
		all[n.XID] = uid
	}
	return all
}

// outlineOf is the expected Outline of a batch of new records.
func outlineOf(b *masar.Batch, snapshot int64, uids map[string]uint64) *masar.Outline {
	at := func(r masar.Ref) uint64 { return uids[r.String()] }
	s := &masar.Outline{Snapshot: snapshot}
	for _, e := range b.Entities {
		h := e.Head()
		es := masar.EntityOutline{UID: at(h.Ref()), Ref: h.Ref(), Revision: 1, Titles: asStored(h.Titles), IRI: h.ExactMatch, Parent: at(h.Parent)}
		switch e := e.(type) {
		case *masar.Organization:
			es.Home = at(e.Home)
		case *masar.Country:
			for _, g := range e.Groups {
				es.Groups = append(es.Groups, at(g))
			}
			es.Traits = &masar.Traits{IncomeGroup: e.IncomeGroup, LeastDeveloped: e.LeastDeveloped, OfficialLanguages: e.OfficialLanguages}
		case *masar.Recommendation:
			es.Traits = &masar.Traits{BandLow: e.MaturityBand.Low, BandHigh: e.MaturityBand.High, HeadingOnly: e.HeadingOnly}
		case *masar.Challenge:
			es.Traits = &masar.Traits{}
			for _, g := range e.ProxyIndicators {
				es.Traits.ProxyIndicators = append(es.Traits.ProxyIndicators, masar.ProxyIndicator{Indicator: g.Indicator, Worst: g.Worst, Best: g.Best})
			}
		case *masar.Activity:
			es.Date = e.Date.EDTF
		case *masar.Output:
			es.Date = e.Date.EDTF
		case *masar.Document:
			es.Publishing, es.Family, es.Date = at(e.Publishing), e.Family, e.Date.EDTF
		}
		if es.Traits != nil && es.Traits.IsZero() {
			es.Traits = nil
		}
		s.Entities = append(s.Entities, es)
	}
	for _, c := range b.Claims {
		s.Claims = append(s.Claims, masar.ClaimOutline{
			UID: uids[xid(c)], Key: c.Key, Revision: 1, Subject: at(c.Subject), Object: at(c.Object),
			Predicate: c.Predicate, Basis: c.Basis, Status: c.Status, Role: c.Role,
		})
	}
	for _, e := range b.Evidence {
		s.Evidence = append(s.Evidence, masar.EvidenceOutline{
			UID: uids[xid(e)], Key: e.Key, Revision: 1, Claim: uids["CLAIM/"+string(e.ClaimKey)], Stance: e.Stance, Kind: e.Kind,
			Directness: e.Directness, Review: e.Review, OCRDoubt: e.Passage.OCRDoubt, Document: at(e.Passage.Source), Start: e.Passage.Start,
		})
	}
	for _, o := range b.Observations {
		s.Observations = append(s.Observations, masar.ObservationOutline{
			UID: uids[xid(o)], Key: o.Key, Revision: 1, Of: at(o.Of), Source: at(o.Source), Indicator: o.Indicator, Year: o.Year,
			Value: o.Value, Nature: o.Nature, Vintage: o.Vintage,
		})
	}
	for _, x := range b.Texts {
		s.Texts = append(s.Texts, masar.TextOutline{UID: uids[xid(x)], Document: at(x.Document), SHA256: x.SHA256, Length: x.Length, Revision: 1, Removed: x.Length == 0})
	}
	return inOrder(s)
}

// asStored is a text without the origin EDITORIAL, which is not stored.
func asStored(text masar.LocalizedText) masar.LocalizedText {
	for _, in := range []*masar.Translation{&text.AR, &text.EN} {
		if in.Origin == masar.OriginEditorial {
			in.Origin = ""
		}
	}
	return text
}

// inOrder sorts the records of an Outline by node.
func inOrder(s *masar.Outline) *masar.Outline {
	for _, e := range s.Entities {
		slices.Sort(e.Groups)
	}
	slices.SortFunc(s.Entities, func(a, b masar.EntityOutline) int { return cmp.Compare(a.UID, b.UID) })
	slices.SortFunc(s.Claims, func(a, b masar.ClaimOutline) int { return cmp.Compare(a.UID, b.UID) })
	slices.SortFunc(s.Evidence, func(a, b masar.EvidenceOutline) int { return cmp.Compare(a.UID, b.UID) })
	slices.SortFunc(s.Observations, func(a, b masar.ObservationOutline) int { return cmp.Compare(a.UID, b.UID) })
	slices.SortFunc(s.Texts, func(a, b masar.TextOutline) int { return cmp.Compare(a.UID, b.UID) })
	return s
}

// Catches: an error or a nil Outline for an empty graph.
func TestOutlineOfNothing(t *testing.T) {
	store := empty(t)
	equal(t, "the outline", &masar.Outline{}, outline(t, store))
}

// Catches: a page that is skipped or read twice, for numbers of records around the page size.
func TestOutlinePages(t *testing.T) {
	store := empty(t)
	store.SetOutlinePage(3)
	b := &masar.Batch{}
	for i := range 8 {
		equal(t, fmt.Sprint("the outline of ", i), outlineOf(b, int64(i), uids(t)), inOrder(outline(t, store)))
		b.Entities = append(b.Entities, topic(fmt.Sprint("t", i), "T"))
		save(t, store, b)
	}
}

// Catches: an Outline that mixes several moments. Another client writes all record types between any two queries.
func TestOutlineIsOfOneMoment(t *testing.T) {
	server := newGate(t, client(t))
	store, other := open(t, server.addr), empty(t)
	store.SetOutlinePage(2)
	b := &masar.Batch{}
	grow := func(n int) {
		doc := &masar.Document{Header: masar.Header{Kind: masar.KindDocument, Code: fmt.Sprint("d", n)}}
		c := claim(doc.Ref(), masar.SameAs, doc.Ref(), "")
		b.Entities = append(b.Entities, doc)
		b.Claims = append(b.Claims, c)
		b.Evidence = append(b.Evidence, &masar.Evidence{Key: masar.EvidenceKey(fmt.Sprint("e", n)), ClaimKey: c.Key})
		b.Observations = append(b.Observations, &masar.Observation{Key: masar.ObservationKey(fmt.Sprint("o", n)), Of: doc.Ref()})
		b.Texts = append(b.Texts, &masar.SourceText{SHA256: fmt.Sprint("s", n), Document: doc.Ref()})
		save(t, other, b)
	}
	grow(0)
	grow(1)
	grow(2)
	before := inOrder(outline(t, other))

	writes := 0
	server.watch(func(rpc context.Context, n int, _ call, pass func(context.Context) error) error {
		if n > 0 {
			grow(3 + n)
			writes++
		}
		return pass(rpc)
	})
	got := inOrder(outline(t, store))
	if writes < 10 {
		t.Fatalf("only %d writes between the queries", writes)
	}
	equal(t, "the outline", before, got)
	server.watch(nil)
	equal(t, "the next outline", inOrder(outline(t, other)), inOrder(outline(t, store)))
}

// Catches: a best-effort read, which may miss the latest write.
func TestReadsAreStrict(t *testing.T) {
	server := newGate(t, client(t))
	store := open(t, server.addr)
	clear(t, store)
	server.watch(nil)
	b := topics(topic("a", "A"))
	for i := range 50 {
		b.Entities[0].Head().ExactMatch = fmt.Sprint(i)
		save(t, store, b)
		if got, _ := readBack(t, store, b)["TOPIC/a"].(*masar.Topic); got == nil || got.ExactMatch != fmt.Sprint(i) {
			t.Fatalf("the read misses write %d: %+v", i, got)
		}
	}
	for _, c := range server.seen() {
		if c.query != nil && c.query.BestEffort {
			t.Fatalf("a best-effort read: %s", c.query.Query)
		}
	}
}

// Catches: one read per record type, content of another record, and content for a node that is no record.
func TestContent(t *testing.T) {
	store := empty(t)
	b := all()
	save(t, store, b)
	withRevision(b, 1)
	at := uids(t)
	part := ask[struct{ Q []struct{ UID string } }](t, `{ q(func: has(position)) { uid } }`).Q
	var partUID uint64
	if _, err := fmt.Sscanf(part[0].UID, "0x%x", &partUID); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	content := func(uids map[masar.RecordType][]uint64) map[uint64]masar.Record {
		t.Helper()
		before := store.Reads()
		found, err := store.Content(ctx, uids)
		if err != nil {
			t.Fatal(err)
		}
		if n := store.Reads() - before; n != 1 {
			t.Errorf("%d reads for %d types", n, len(uids))
		}
		return found
	}

	everyType := map[masar.RecordType][]uint64{}
	want := map[uint64]masar.Record{}
	for xid, r := range records(b) {
		of := r.Identity().Type
		everyType[of] = append(everyType[of], at[xid])
		want[at[xid]] = r
	}
	if len(everyType) != len(masar.RecordTypes) {
		t.Fatalf("the batch has %d record types", len(everyType))
	}
	equal(t, "every sort", want, content(everyType))

	equal(t, "nothing", map[uint64]masar.Record{}, content(nil))
	equal(t, "no sort", map[uint64]masar.Record{}, content(map[masar.RecordType][]uint64{"NONE": {at["TOPIC/x"]}}))
	topicUID := at["TOPIC/x"]
	equal(t, "what is and what is not there", map[uint64]masar.Record{topicUID: want[topicUID]}, content(map[masar.RecordType][]uint64{
		masar.RecordType(masar.KindTopic): {0, 1, topicUID, 0xfffffff, math.MaxUint64, topicUID, partUID},
		masar.RecordClaim:                 {0xfffffff},
	}))
	equal(t, "records of other sorts", map[uint64]masar.Record{}, content(map[masar.RecordType][]uint64{
		masar.RecordType(masar.KindTopic): {at["DOCUMENT/x"], at["SNAPSHOT/graph"]},
		masar.RecordClaim:                 {topicUID, at["SNAPSHOT/graph"]},
		masar.RecordText:                  {topicUID},
	}))
}

// all is a small batch with a record of every type.
func all() *masar.Batch {
	b := &masar.Batch{}
	for _, kind := range masar.Kinds {
		e := masar.NewEntity(kind)
		e.Head().Kind, e.Head().Code = kind, "x"
		e.Head().OtherNames = []masar.Alias{{Name: "n", Lang: masar.English}}
		b.Entities = append(b.Entities, e)
	}
	c := claim(b.Entities[0].Head().Ref(), masar.Concerns, b.Entities[1].Head().Ref(), "")
	b.Claims = []*masar.Claim{c}
	b.Evidence = []*masar.Evidence{{Key: "x", ClaimKey: c.Key}}
	b.Observations = []*masar.Observation{{Key: "x", Value: 1e-9}}
	b.Texts = []*masar.SourceText{{SHA256: "x", Text: "x"}}
	return b
}
