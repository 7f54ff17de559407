package dgraph_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"masar"
	"masar/dgraph"
)

// Catches: a second load of the same seed that writes again or changes the snapshot, so that every server reads the
// graph again.
func TestSaveIsIdempotent(t *testing.T) {
	store := empty(t)
	rapid.Check(t, func(t *rapid.T) {
		b := batch(t, rapid.StringMatching(`[a-z]{12}`).Draw(t, "name"))
		first := save(t, store, b)
		for range 2 {
			expect(t, save(t, store, b), dgraph.Changes{Unchanged: len(records(b)), Snapshot: first.Snapshot})
		}
	})
}

// Catches: a change of one record that touches others, a wrong revision or snapshot, and a new order of a set that
// counts as a change.
func TestSaveCounts(t *testing.T) {
	store := empty(t)
	a, b := topic("a", "A"), topic("b", "B")
	doc := &masar.Document{
		Header: masar.Header{Kind: masar.KindDocument, Code: "d"}, Languages: []masar.Language{masar.Arabic, masar.English},
	}
	c := claim(doc.Ref(), masar.Concerns, a.Ref(), "")
	all := &masar.Batch{Entities: []masar.Entity{a, b, doc}, Claims: []*masar.Claim{c}}
	expect(t, save(t, store, all), dgraph.Changes{Created: 4, Snapshot: 1})

	b.Titles.EN.Value = "B, too"
	expect(t, save(t, store, all), dgraph.Changes{Updated: 1, Unchanged: 3, Snapshot: 2})
	expect(t, save(t, store, topics(b, topic("c", "C"))), dgraph.Changes{Created: 1, Unchanged: 1, Snapshot: 3})

	slices.Reverse(doc.Languages)
	expect(t, save(t, store, all), dgraph.Changes{Unchanged: 4, Snapshot: 3})
	expect(t, save(t, store, &masar.Batch{}), dgraph.Changes{Snapshot: 3})
	// The store counts revisions itself and ignores that of the batch.
	b.Revision = 77
	expect(t, save(t, store, all), dgraph.Changes{Unchanged: 4, Snapshot: 3})

	revisions := map[string]int{}
	for _, e := range everything(t, store).Entities {
		revisions[e.Head().Code] = e.Head().Revision
	}
	equal(t, "revisions", map[string]int{"a": 1, "b": 2, "c": 1, "d": 1}, revisions)
}

// Catches: an update that leaves old values behind, in any field of any record type: emptied values, edges and their
// reverse, nested nodes, the ends of a claim.
func TestUpdateLeavesNothingBehind(t *testing.T) {
	store := empty(t)
	topic := topic("elsewhere", "E")
	whole, bare := &masar.Batch{Entities: []masar.Entity{topic}}, &masar.Batch{}
	parts := 0
	for i, spec := range masar.RecordSpecs {
		record := spec.New(fmt.Sprint("r", i), 0)
		parts += fill(t, reflect.ValueOf(record).Elem(), topic.Ref())
		bared := spec.New(fmt.Sprint("r", i), 0)
		if c, ok := record.(*masar.Claim); ok { // the triple is part of its key
			c.Subject, c.Predicate, c.Object, c.Role = topic.Ref(), masar.Concerns, topic.Ref(), masar.RoleFunder
			c.Key = c.NewKey()
			bared = &masar.Claim{Key: c.Key, Subject: c.Subject, Predicate: c.Predicate, Object: c.Object, Role: c.Role}
		}
		whole.Add(record)
		bare.Add(bared)
	}
	whole.Evidence[0].ClaimKey, bare.Evidence[0].ClaimKey = whole.Claims[0].Key, whole.Claims[0].Key
	save(t, store, whole)
	if n := count(t, "has(position)"); n != parts || parts != 2*len(dgraph.NestedFields()) {
		t.Fatalf("%d nested nodes, want %d, of %d fields", n, parts, len(dgraph.NestedFields()))
	}
	expect(t, save(t, store, bare), dgraph.Changes{Updated: len(masar.RecordSpecs), Snapshot: 2})

	// Only the predicates of every record remain.
	left := map[string][]string{}
	for _, p := range predicates(t) {
		type node struct{ XID string }
		found := ask[struct{ Q []node }](t, `{ q(func: has(<`+p+`>)) @filter(NOT type(Change) AND NOT type(Snapshot) AND NOT eq(xid, "TOPIC/elsewhere")) { xid uid } }`)
		for _, n := range found.Q {
			if n.XID != "" || !strings.HasPrefix(p, "dgraph.") && p != "schema_version" { // nodes of Dgraph, and of the version
				left[n.XID] = append(left[n.XID], p)
			}
		}
	}
	want := map[string][]string{}
	for r := range bare.Records() {
		head := []string{"by", "dgraph.type", "digest", "line", "revision", "xid"}
		switch r.(type) {
		case masar.Entity:
			head = append(head, "code", "kind")
		case *masar.Claim:
			head = append(head, "subject", "predicate", "object", "role")
		case *masar.Evidence:
			head = append(head, "claim")
		case *masar.SourceText:
			head = slices.DeleteFunc(append(head, "sha256"), func(p string) bool { return p == "line" })
		}
		want[xid(r)] = append(head, zeros(reflect.TypeOf(r).Elem())...)
		slices.Sort(want[xid(r)])
	}
	equal(t, "predicates that are left", want, left)
}

// zeros are the predicates that even an empty record has, because zero differs from null.
func zeros(of reflect.Type) []string {
	return map[reflect.Type][]string{
		reflect.TypeFor[masar.Recommendation](): {"number", "maturity_band_low", "maturity_band_high"},
		reflect.TypeFor[masar.Evidence]():       {"passage_start", "passage_end"},
		reflect.TypeFor[masar.Observation]():    {"year", "value", "passage_start", "passage_end"},
		reflect.TypeFor[masar.SourceText]():     {"length"},
	}[of]
}

// fill sets every field of a record except its key, and gives two items to every list of nested nodes. It returns the
// number of nested nodes.
func fill(t *testing.T, v reflect.Value, to masar.Ref) (parts int) {
	t.Helper()
	for i := range v.NumField() {
		f, at := v.Type().Field(i), v.Field(i)
		if slices.Contains(keys, f.Name) && f.Type != reflect.TypeFor[masar.EvidenceKind]() || f.Name == "SHA256" && v.Type() == reflect.TypeFor[masar.SourceText]() {
			continue
		}
		switch p := at.Addr().Interface().(type) {
		case *masar.Ref:
			*p = to
			continue
		case *[]masar.Ref:
			*p = []masar.Ref{to}
			continue
		}
		switch at.Kind() {
		case reflect.String:
			at.SetString("x")
		case reflect.Int:
			at.SetInt(7)
		case reflect.Float64:
			at.SetFloat(.5)
		case reflect.Bool:
			at.SetBool(true)
		case reflect.Struct:
			parts += fill(t, at, to)
		case reflect.Slice:
			at.Set(reflect.MakeSlice(at.Type(), 2, 2))
			for j := range at.Len() {
				if at.Index(j).Kind() == reflect.String {
					at.Index(j).SetString(fmt.Sprint("x", j))
					continue
				}
				fill(t, at.Index(j), to)
				parts++
			}
		default:
			t.Fatalf("no value of type %s", at.Type())
		}
	}
	return parts
}

// Catches: a batch that is partly written, and a fault of the batch reported as INTERNAL.
func TestSaveAllOrNothing(t *testing.T) {
	store := empty(t)
	save(t, store, topics(topic("known", "K")))
	before := everything(t, store)
	ruled := withRules(t)
	absent := masar.Ref{Kind: masar.KindTopic, Code: "absent"}
	known := masar.Ref{Kind: masar.KindTopic, Code: "known"}
	orphan := topic("orphan", "O")
	orphan.Parent = absent
	astray := topic("astray", "A")
	astray.Parent = masar.Ref{Kind: "SNAPSHOT", Code: "graph"}
	mislabelled := topic("m", "M")
	mislabelled.Kind = masar.KindCountry
	strange := topic("s", "S")
	strange.Kind = "SNAPSHOT"
	mute := topic("mute", "\xff")
	loose := claim(known, masar.Concerns, known, "")
	loose.Key = "0123"
	unheard := claim(known, "DGRAPH.TYPE", known, "")
	for _, c := range []struct {
		name  string
		batch *masar.Batch
		says  string
	}{
		{"an edge to nothing", topics(orphan), "TOPIC/absent"},
		{"an edge to what is no record", topics(astray), "SNAPSHOT/graph"},
		{"a claim about nothing", &masar.Batch{Claims: []*masar.Claim{claim(known, masar.Concerns, absent, "")}}, "TOPIC/absent"},
		{"evidence for nothing", &masar.Batch{Evidence: []*masar.Evidence{{Key: "e", ClaimKey: "none"}}}, "CLAIM_NOT_FOUND"},
		{"a part that refers to nothing", &masar.Batch{Entities: []masar.Entity{&masar.Output{
			Header: masar.Header{Kind: masar.KindOutput, Code: "o"}, History: []masar.OutputState{{Source: absent}},
		}}}, "TOPIC/absent"},
		{"two contents of one record", topics(topic("twice", "1"), topic("twice", "2")), "TOPIC/twice"},
		{"a record of another kind", topics(mislabelled), "COUNTRY/m"},
		{"a record of no kind", topics(strange), "SNAPSHOT/s"},
		{"a record without a key", &masar.Batch{Observations: []*masar.Observation{{Of: known}}}, "OBSERVATION/"},
		{"bytes that are no text", topics(mute), "TOPIC/mute"},
		{"no number", &masar.Batch{Observations: []*masar.Observation{{Key: "o", Value: math.NaN()}}}, "OBSERVATION/o"},
		{"Dgraph's star in a list", &masar.Batch{Entities: []masar.Entity{&masar.Document{
			Header: masar.Header{Kind: masar.KindDocument, Code: "d"}, Languages: []masar.Language{"_STAR_ALL"},
		}}}, "DOCUMENT/d"},
		{"another claim's key", &masar.Batch{Claims: []*masar.Claim{loose}}, "CLAIM/0123"},
		{"an unknown predicate", &masar.Batch{Claims: []*masar.Claim{unheard}}, "DGRAPH.TYPE"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.batch.Entities = append([]masar.Entity{topic("new", "N")}, c.batch.Entities...)
			changes, err := ruled.Save(context.Background(), by("test", c.batch))
			if masar.ErrorCode(err) != masar.CodeBadInput || !strings.Contains(faultsIn(err), c.says) || !reflect.DeepEqual(changes, dgraph.Changes{}) {
				t.Errorf("the write returned %+v and %v: %s", changes, err, faultsIn(err))
			}
			equal(t, "the graph", before, everything(t, store))
		})
	}
}

// Catches: one name for two blank nodes, which merges two records, if a batch contains a record twice.
func TestSaveTheSameTwiceInABatch(t *testing.T) {
	store := empty(t)
	b := topics(topic("a", "A"), topic("a", "A"), topic("b", "B"), topic("c", "C"), topic("a", "A"))
	expect(t, save(t, store, b), dgraph.Changes{Created: 3, Snapshot: 1})
	if got := everything(t, store); len(got.Entities) != 3 {
		t.Errorf("%d records, want 3", len(got.Entities))
	}
}

// Catches: blank nodes that are expected to last from one mutation to the next. The batch takes several mutations,
// with edges between its first and last records and nested nodes far from theirs.
func TestSaveLargeBatch(t *testing.T) {
	store := empty(t)
	b := &masar.Batch{}
	const n = 1500
	for i := range n {
		e := topic("t"+string(rune('a'+i%26))+hex.EncodeToString([]byte{byte(i >> 8), byte(i)}), strings.Repeat("x", 10))
		e.OtherNames = []masar.Alias{{Name: "first", Lang: masar.English}, {Name: "second", Lang: masar.Arabic}}
		b.Entities = append(b.Entities, e)
	}
	for i, e := range b.Entities {
		e.Head().Parent = b.Entities[n-1-i].Head().Ref()
	}
	expect(t, save(t, store, b), dgraph.Changes{Created: n, Snapshot: 1})
	want := withRevision(b, 1)
	equal(t, "the records", want, records(&everything(t, store).Batch))

	for _, e := range b.Entities {
		e.Head().OtherNames = e.Head().OtherNames[1:]
	}
	expect(t, save(t, store, b), dgraph.Changes{Updated: n, Snapshot: 2})
	equal(t, "the records", withRevision(b, 2), records(&everything(t, store).Batch))
	if parts := count(t, "has(position)"); parts != n {
		t.Errorf("%d parts, want %d", parts, n)
	}
}

// Catches: changes that do not say what was written, when and how.
func TestSaveRecordsChanges(t *testing.T) {
	store := empty(t)
	began := time.Now().Add(-time.Second)
	a, b := topic("a", "A"), topic("b", "B")
	save(t, store, topics(a, b))
	a.ExactMatch = "http://example.org"
	save(t, store, topics(a, b))
	save(t, store, topics(a, b))
	type change struct {
		Sequence            int
		At                  time.Time
		Action, Changed, By string
		Fields              []string
	}
	got := ask[struct{ Q []change }](t, `{ q(func: type(Change), orderasc: sequence) { sequence at action changed fields by } }`).Q
	for i := range got {
		if at := got[i].At; at.Before(began) || at.After(time.Now().Add(time.Second)) {
			t.Errorf("a change at %v", at)
		}
		got[i].At = time.Time{}
		slices.Sort(got[i].Fields)
	}
	slices.SortStableFunc(got, func(x, y change) int { return strings.Compare(x.Action+x.Changed, y.Action+y.Changed) })
	equal(t, "changes", []change{
		{Sequence: 1, Action: "CREATED", Changed: "TOPIC/a", By: "test"},
		{Sequence: 1, Action: "CREATED", Changed: "TOPIC/b", By: "test"},
		{Sequence: 2, Action: "UPDATED", Changed: "TOPIC/a", By: "test", Fields: []string{"exact_match"}},
	}, got)
}

// Catches: a source text that is cut, normalized or rejected, also above gRPC's default limit of 4 MiB.
func TestSaveSourceText(t *testing.T) {
	store := empty(t)
	doc := &masar.Document{Header: masar.Header{Kind: masar.KindDocument, Code: "d"}}
	for _, size := range []int{1 << 20, 6 << 20} {
		unit := "الحكومة الرقمية\n\t\"digital\" \\ \u200f🇪🇬\u0000 "
		words := strings.Repeat(unit, size/len(unit)+1)
		sum := sha256.Sum256([]byte(words))
		source := &masar.SourceText{SHA256: hex.EncodeToString(sum[:]), Length: len([]rune(words)), Document: doc.Ref(), Text: words}
		b := &masar.Batch{Entities: []masar.Entity{doc}, Texts: []*masar.SourceText{source}}
		save(t, store, b)
		source.Revision = 1
		got, _ := readBack(t, store, b)[xid(source)].(*masar.SourceText)
		if got == nil || *got != *source {
			t.Errorf("a text of %d bytes was read back changed", len(words))
		}
		if changes := save(t, store, b); changes.Unchanged != 2 {
			t.Errorf("a text of %d bytes was written again: %+v", len(words), changes)
		}
	}
}

// Catches: a schema that Dgraph reads differently from what is written, or that does harm when it is applied again;
// and a type that lacks a predicate of its records, which expand() in DQL then omits.
func TestApplySchemaAgain(t *testing.T) {
	store := empty(t)
	b := everywhere(func() string { return "word" })
	save(t, store, b)
	type node map[string]any
	const schema = "schema { type index reverse tokenizer list upsert lang }"
	before := ask[node](t, schema)
	if err := store.ApplySchema(context.Background()); err != nil {
		t.Fatal(err)
	}
	equal(t, "the schema", before, ask[node](t, schema))
	expect(t, save(t, store, b), dgraph.Changes{Unchanged: len(records(b)), Snapshot: 1})

	held := map[string][]string{} // by xid
	for _, p := range predicates(t) {
		if strings.HasPrefix(p, "dgraph.") || edges[p] {
			continue
		}
		for _, n := range ask[struct{ Q []node }](t, `{ q(func: has(<`+p+`>)) @filter(has(xid) AND NOT type(Snapshot)) { key: xid } }`).Q {
			held[n["key"].(string)] = append(held[n["key"].(string)], p)
		}
	}
	expanded := map[string][]string{}
	for _, n := range ask[struct{ Q []node }](t, `{ q(func: has(xid)) @filter(NOT type(Snapshot)) { expand(_all_) { uid } } }`).Q {
		expanded[n["xid"].(string)] = slices.Sorted(maps.Keys(n))
	}
	equal(t, "what an expansion shows", held, expanded)
}

// edges are the predicates of the direct edges, which belong to no type.
var edges = func() map[string]bool {
	names := map[string]bool{}
	for _, p := range masar.Predicates {
		names[strings.ToLower(string(p))] = true
	}
	return names
}()

// predicates are the names of all predicates of the schema.
func predicates(t *testing.T) []string {
	t.Helper()
	type predicate struct{ Predicate string }
	var names []string
	for _, p := range ask[struct{ Schema []predicate }](t, "schema {}").Schema {
		names = append(names, p.Predicate)
	}
	slices.Sort(names)
	return names
}
