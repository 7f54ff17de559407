package dgraph_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/dgraph-io/dgo/v230/protos/api"
	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"masar"
	"masar/dgraph"
	"masar/dgraph/embedded"
	"masar/dgraph/embedded/embeddedtest"
)

// few is a small graph that breaks no invariant: a document about a topic with a broader topic.
func few() *masar.Batch {
	words := func(s string) masar.LocalizedText {
		return masar.LocalizedText{AR: masar.Translation{Value: "ع " + s}, EN: masar.Translation{Value: s}}
	}
	header := func(kind masar.Kind, code string) masar.Header {
		return masar.Header{Kind: kind, Code: code, Titles: words(code), Summaries: words("about " + code)}
	}
	hash := strings.Repeat("ab", 32)
	document := &masar.Document{
		Header: header(masar.KindDocument, "DOC"), Form: masar.DocumentNews, Languages: []masar.Language{masar.Arabic}, Family: "F",
		EvidenceKind: masar.News, Versions: []masar.DocumentVersion{{SHA256: hash, Length: 9}},
	}
	broad, narrow := &masar.Topic{Header: header(masar.KindTopic, "broad")}, &masar.Topic{Header: header(masar.KindTopic, "narrow")}
	narrow.Parent = broad.Ref()
	claim := &masar.Claim{
		Subject: document.Ref(), Predicate: masar.Concerns, Object: narrow.Ref(), Basis: masar.Stated, Status: masar.ClaimAccepted,
	}
	claim.Key = claim.NewKey()
	evidence := &masar.Evidence{
		ClaimKey: claim.Key, Stance: masar.Supports, Kind: masar.News, Directness: masar.Named, Review: masar.ReviewAccepted,
		Summaries: words("it says so"),
		Passage: masar.Passage{
			Source: document.Ref(), Version: hash, Start: 1, End: 4, SHA256: hash, Lang: masar.Arabic, Locators: words("line 1"),
		},
	}
	evidence.Key = evidence.NewKey()
	return &masar.Batch{
		Entities: []masar.Entity{broad, document, narrow}, Claims: []*masar.Claim{claim}, Evidence: []*masar.Evidence{evidence},
	}
}

// Catches: a check that misses a fault in the database, or reports a fault that is not there.
func TestEverything(t *testing.T) {
	ctx := context.Background()
	server := embeddedtest.Start(t)
	store, err := dgraph.Open(ctx, server.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if err := store.ApplySchema(ctx); err != nil {
		t.Fatal(err)
	}
	batch := few()
	if _, err := store.Save(ctx, by("test", batch)); err != nil {
		t.Fatal(err)
	}
	check := func() (*masar.Contents, []string) {
		contents, err := store.Everything(ctx)
		if err != nil {
			t.Fatal(err)
		}
		var found []string
		for _, f := range masar.Check(contents) {
			found = append(found, strings.TrimSpace(fmt.Sprint(f.Code, " ", f.Record, " ", f.Path)))
		}
		return contents, found
	}

	contents, found := check()
	if len(found) > 0 {
		t.Errorf("findings in a valid graph: %v", found)
	}
	for _, e := range batch.Entities {
		e.Head().Revision = 1
	}
	batch.Claims[0].Revision, batch.Evidence[0].Revision = 1, 1
	slices.SortFunc(contents.Entities, func(a, b masar.Entity) int { return cmp.Compare(a.Head().Code, b.Head().Code) })
	slices.SortFunc(batch.Entities, func(a, b masar.Entity) int { return cmp.Compare(a.Head().Code, b.Head().Code) })
	if diff := gocmp.Diff(*batch, contents.Batch, cmpopts.IgnoreTypes(masar.Authorship{})); diff != "" {
		t.Errorf("read back (-want +got):\n%s", diff)
	}
	edge := masar.DirectEdge{Subject: batch.Claims[0].Subject, Predicate: masar.Concerns, Object: batch.Claims[0].Object}
	if !slices.Equal(contents.Edges, []masar.DirectEdge{edge}) || !contents.Linked[batch.Claims[0].Key] || contents.Snapshot != 1 {
		t.Errorf("%+v", contents)
	}

	spoil(t, server, `
		upsert {
			query {
				document as var(func: eq(xid, "DOCUMENT/DOC"))
				broad as var(func: eq(xid, "TOPIC/broad"))
				narrow as var(func: eq(xid, "TOPIC/narrow"))
			}
			mutation {
				delete {
					uid(document) <concerns> * .
					uid(document) <title_ar> * .
				}
				set {
					uid(broad) <concerns> uid(narrow) .
					uid(broad) <code> "broader" .
					uid(narrow) <parent> _:nothing .
					_:nothing <code> "nothing" .
					_:stranger <xid> "TOPIC/stranger" .
				}
			}
		}`)
	_, found = check()
	for _, want := range []string{
		"NODE_CODE TOPIC/broad",
		"NODE_TYPE TOPIC/stranger",
		"EDGE_DANGLING TOPIC/narrow", "NODE_LINE TOPIC/narrow", "NODE_LINE DOCUMENT/DOC",
		"NODE_DIGEST TOPIC/broad", "NODE_DIGEST TOPIC/narrow", "NODE_DIGEST DOCUMENT/DOC",
		"TEXT_ONE_LANGUAGE DOCUMENT/DOC title.ar",
		"EDGE_UNFOUNDED TOPIC/broad CONCERNS TOPIC/narrow",
		"EDGE_MISSING DOCUMENT/DOC CONCERNS TOPIC/narrow",
	} {
		i := slices.Index(found, want)
		if i < 0 {
			t.Errorf("no finding %q", want)
			continue
		}
		found = slices.Delete(found, i, i+1)
	}
	if len(found) > 0 {
		t.Errorf("unexpected findings: %v", found)
	}
}

// spoil writes invalid data directly to Dgraph.
func spoil(t *testing.T, server *embedded.Server, mutation string) {
	t.Helper()
	if _, err := embeddedtest.Post(t.Context(), server, "/mutate?commitNow=true", "application/rdf", mutation); err != nil {
		t.Fatal(err)
	}
}

// Catches: a line that differs from the record's predicates without "masar verify" seeing it: another value, another type,
// and none.
func TestVerifyComparesLines(t *testing.T) {
	store := empty(t)
	save(t, store, topics(topic("a", "A")))
	contents, err := store.Everything(t.Context())
	if err != nil || len(contents.Faults) > 0 {
		t.Fatalf("%+v, %v", contents, err)
	}
	line, err := masar.Line(contents.Entities[0])
	if err != nil {
		t.Fatal(err)
	}
	for name, other := range map[string]string{
		"another value": strings.Replace(string(line), `"A"`, `"B"`, 1), "another type": strings.Replace(string(line), "TOPIC", "COUNTRY", 1), "none": "_STAR_ALL",
	} {
		mutation := &api.Mutation{CommitNow: true}
		quad := &api.NQuad{Subject: fmt.Sprintf("0x%x", uids(t)["TOPIC/a"]), Predicate: "line", ObjectValue: &api.Value{Val: &api.Value_DefaultVal{DefaultVal: other}}}
		if mutation.Set = []*api.NQuad{quad}; name == "none" {
			mutation.Set, mutation.Del = nil, mutation.Set
		}
		if _, err := raw(t).NewTxn().Mutate(t.Context(), mutation); err != nil {
			t.Fatal(err)
		}
		contents, err := store.Everything(t.Context())
		if err != nil || len(contents.Faults) != 1 || contents.Faults[0].Code != masar.FaultNodeLine {
			t.Errorf("%s: %+v, %v", name, contents.Faults, err)
		}
	}
}
