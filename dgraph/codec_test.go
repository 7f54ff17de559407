package dgraph_test

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"masar"
	"masar/dgraph"
)

// Catches: a field that is not written, not read, or changed on the way; a text that Dgraph interprets; values that
// an update leaves behind.
func TestRecordsComeBack(t *testing.T) {
	store := empty(t)
	round := 0
	rapid.Check(t, func(t *rapid.T) {
		round++
		first := batch(t, fmt.Sprint(round))
		if changes := save(t, store, first); changes.Created != len(records(first)) || changes.Updated != 0 {
			t.Fatalf("the first write: %+v", changes)
		}
		equal(t, "as first written", withRevision(first, 1), readBack(t, store, first))

		second := batch(t, fmt.Sprint(round))
		changed := len(records(second)) - save(t, store, first).Unchanged
		if changed != 0 {
			t.Fatalf("writing the same batch again changed %d records", changed)
		}
		changes := save(t, store, second)
		got := readBack(t, store, second)
		for xid, want := range records(second) {
			head := reflect.ValueOf(got[xid]).Elem().FieldByName("Revision")
			if !head.IsValid() {
				continue
			}
			if revision := int(head.Int()); revision != 1 && revision != 2 {
				t.Fatalf("%s has revision %d after %+v", xid, revision, changes)
			}
			reflect.ValueOf(want).Elem().FieldByName("Revision").Set(head)
		}
		equal(t, "as written anew", records(second), got)
	})
}

// readBack reads the records of a batch from the database.
func readBack(t rapid.TB, store *dgraph.Store, b *masar.Batch) map[string]masar.Record {
	t.Helper()
	outline, err := store.Outline(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	wanted := records(b)
	uids := map[masar.RecordType][]uint64{}
	want := func(of masar.RecordType, key string, uid uint64) {
		if _, ok := wanted[string(of)+"/"+key]; ok {
			uids[of] = append(uids[of], uid)
		}
	}
	for _, e := range outline.Entities {
		want(masar.RecordType(e.Ref.Kind), e.Ref.Code, e.UID)
	}
	for _, c := range outline.Claims {
		want(masar.RecordClaim, string(c.Key), c.UID)
	}
	for _, e := range outline.Evidence {
		want(masar.RecordEvidence, string(e.Key), e.UID)
	}
	for _, o := range outline.Observations {
		want(masar.RecordObservation, string(o.Key), o.UID)
	}
	for _, x := range outline.Texts {
		want(masar.RecordText, x.SHA256, x.UID)
	}
	found, err := store.Content(context.Background(), uids)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]masar.Record{}
	for _, r := range found {
		all[xid(r)] = r
	}
	return all
}

// withRevision returns the records of a batch at a revision.
func withRevision(b *masar.Batch, revision int64) map[string]masar.Record {
	all := records(b)
	for _, r := range all {
		if f := reflect.ValueOf(r).Elem().FieldByName("Revision"); f.IsValid() {
			f.SetInt(revision)
		}
	}
	return all
}

// batch is a batch with one random record of every type. Its keys contain name.
func batch(t *rapid.T, name string) *masar.Batch {
	b := &masar.Batch{}
	g := generator{t: t}
	for _, kind := range masar.Kinds {
		e := masar.NewEntity(kind)
		e.Head().Kind, e.Head().Code = kind, name+" \"}{\\/$v0 "+string(kind)
		b.Entities = append(b.Entities, e)
		g.refs = append(g.refs, e.Head().Ref())
	}
	for _, e := range b.Entities {
		g.fill(reflect.ValueOf(e).Elem())
	}

	c := &masar.Claim{}
	g.fill(reflect.ValueOf(c).Elem())
	// The triple is part of the claim's identity, so it is not random.
	c.Subject, c.Object, c.Predicate, c.Role = g.refs[0], g.refs[1], masar.Participates, masar.RoleFunder
	c.Key = c.NewKey()

	e := &masar.Evidence{Key: masar.EvidenceKey("evidence " + name), ClaimKey: c.Key}
	g.fill(reflect.ValueOf(e).Elem())
	o := &masar.Observation{Key: masar.ObservationKey("observation " + name)}
	g.fill(reflect.ValueOf(o).Elem())
	x := &masar.SourceText{}
	g.fill(reflect.ValueOf(x).Elem())
	x.SHA256 = "sha " + name

	b.Claims, b.Evidence = []*masar.Claim{c}, []*masar.Evidence{e}
	b.Observations, b.Texts = []*masar.Observation{o}, []*masar.SourceText{x}
	return b
}

// generator fills records at random, in the form in which they are read back: sets are sorted, an empty list is nil,
// texts without an origin
// are EDITORIAL, and a passage without a source is none.
type generator struct {
	t    *rapid.T
	refs []masar.Ref // what a record may refer to
}

// keys are the fields that make up a record's key, or that the store sets.
var keys = []string{"Kind", "Code", "Key", "ClaimKey", "Revision"}

func (g generator) fill(v reflect.Value) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.Anonymous {
			g.fill(v.Field(i))
			continue
		}
		if slices.Contains(keys, f.Name) && f.Type != reflect.TypeFor[masar.EvidenceKind]() {
			continue
		}
		g.value(v.Field(i))
	}
}

func (g generator) value(v reflect.Value) {
	switch p := v.Addr().Interface().(type) {
	case *masar.LocalizedText:
		*p = masar.LocalizedText{AR: g.words(), EN: g.words()}
		return
	case *masar.Date:
		if *p = (masar.Date{EDTF: text.Draw(g.t, "date")}); p.EDTF != "" {
			p.Basis = masar.Basis(text.Draw(g.t, "basis"))
		}
		return
	case *masar.Ref:
		*p = rapid.SampledFrom(append(g.refs, masar.Ref{})).Draw(g.t, "ref")
		return
	case *[]masar.Ref:
		*p = rapid.SliceOfNDistinct(rapid.SampledFrom(g.refs), 0, 5, rapid.ID).Draw(g.t, "refs")
		slices.SortFunc(*p, masar.Ref.Compare)
		*p = filled(*p)
		return
	case *[]masar.Language:
		*p = nil
		for _, s := range g.set() {
			*p = append(*p, masar.Language(s))
		}
		return
	case *[]string:
		*p = g.set()
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(text.Draw(g.t, "text"))
	case reflect.Int:
		v.SetInt(rapid.Int64Range(-1<<53, 1<<53).Draw(g.t, "int"))
	case reflect.Float64:
		v.SetFloat(rapid.Float64().Draw(g.t, "float"))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(g.t, "bool"))
	case reflect.Struct:
		g.fill(v)
		if zero, ok := v.Interface().(interface{ IsZero() bool }); ok && zero.IsZero() { // such as a passage without a source
			v.SetZero()
		}
	case reflect.Slice:
		n := rapid.IntRange(0, 4).Draw(g.t, "parts")
		v.SetZero()
		for i := range n {
			v.Set(reflect.Append(v, reflect.Zero(v.Type().Elem())))
			g.fill(v.Index(i))
		}
	default:
		g.t.Fatalf("no value of type %s", v.Type())
	}
}

// set is a sorted list of texts, as Dgraph holds a set; nil if empty.
func (g generator) set() []string {
	return slices.Sorted(slices.Values(rapid.SliceOfNDistinct(text.Filter(func(s string) bool { return s != "" && s != "_STAR_ALL" }), 0, 5, rapid.ID).Draw(g.t, "set")))
}

func (g generator) words() masar.Translation {
	w := masar.Translation{Value: text.Draw(g.t, "words")}
	if w.Value != "" {
		w.Origin = rapid.SampledFrom([]masar.TextOrigin{
			"", masar.OriginPublished, masar.OriginTranslated, masar.OriginSource,
		}).Draw(g.t, "origin")
	}
	return w
}

// filled is the list; nil if it is empty.
func filled[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return list
}

// text draws texts of all kinds: empty, ordinary in both languages, hostile, and any other valid UTF-8.
var text = rapid.OneOf(
	rapid.Just(""),
	rapid.SampledFrom([]string{"الحكومة الرقمية", "digital government", "حكومةٌ رَقْميّة ١٢٣", "ﻻ"}),
	rapid.SampledFrom(hostile),
	rapid.String().Filter(utf8.ValidString),
)

// hostile are texts that would do harm or be changed if they were interpreted.
var hostile = []string{
	`"`, `\`, "\\\"", `'`, "line one\nline two\r\n\ttabbed", "nul\x00byte", "\x01\x1f\x7f", " ", "   spaces   ",
	"\u202eabc\u202c", "\u200f\u200e\u2066\u2069", "\ufeffbom", "\uffff", "\ufffd", "\u2028\u2029", "\U000e0001", "🇪🇬👩‍👩‍👧", "e\u0301 é",
	"uid(0x1)", "uid(0x1) and more", " u id(", "val(x)", "val(", "uid(", "_:blank", "0x1", "*", "_STAR_ALL", "<0x1> <xid> \"a\" .",
	"[1, 2]", "[16.6]", "[]", "[\"a\", \"b\"]", "{}", `{"uid": "0x1"}`, `{"type":"Point","coordinates":[1,2]}`,
	"1", "-0", "1e400", "true", "null", "2020-01-01", "2020-01-01T00:00:00Z",
	"$v0", "$xid", `")) { uid } } #`, "}} drop", `") { uid } all(func: has(xid)) { xid } x(func: eq(xid, "`, "@filter(has(xid))", "name@ar", "a|b",
	"CLAIM/0", "SNAPSHOT/graph", "~subject", "dgraph.type", "<script>", "&amp;", "%00%s%d", "/../", "http://example.org/?a=b#c",
}
