package dgraph_test

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/dgraph-io/dgo/v230/protos/api"
	"golang.org/x/sync/errgroup"

	"masar/dgraph"
)

var update = flag.Bool("update", false, "write the fixture of the stored format anew")

// format is a file of the fixture of a version: what Dgraph held under it.
func format(version int, name string) string {
	return filepath.Join("testdata", "format", strconv.Itoa(version), name)
}

// Catches: a change of the schema without a migration. A directory of an older version would not be brought along, and one
// of this version not be refused by an older masar.
func TestSchemaHasItsVersion(t *testing.T) {
	if *update {
		writeFormat(t)
	}
	kept, err := os.ReadFile(format(dgraph.SchemaVersion, "schema.dql"))
	if err != nil {
		t.Fatalf("%v: write it with -update", err)
	}
	if string(kept) != dgraph.Declarations() {
		t.Errorf("the schema differs from that of version %d: add a migration to migrations in migrate.go, then run this test with -update. "+
			"If no masar with version %[1]d was released, -update alone is enough.", dgraph.SchemaVersion)
	}
}

// Catches: a graph of any earlier version that is lost, changed or unreadable after it has been brought to this version.
func TestOlderFormats(t *testing.T) {
	for version := 1; version <= dgraph.SchemaVersion; version++ {
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			store := older(t, version)
			before := ask[any](t, "schema {}")
			var refused *dgraph.VersionError
			err := store.CheckSchema(t.Context())
			if isOld := version < dgraph.SchemaVersion; isOld != errors.As(err, &refused) || isOld && refused.Graph != version || !isOld && err != nil {
				t.Errorf("a command that reads is told %v", err)
			}
			equal(t, "the schema, after a look", before, ask[any](t, "schema {}"))

			var both errgroup.Group // as two processes that are upgraded
			for range 2 {
				both.Go(func() error { return store.ApplySchema(t.Context()) })
			}
			if err := both.Wait(); err != nil {
				t.Fatal(err)
			}
			if err := store.CheckSchema(t.Context()); err != nil {
				t.Error(err)
			}
			got := recordsOf(t, store)
			if *update {
				writeFile(t, format(version, "records.json"), got)
			}
			want, err := os.ReadFile(format(version, "records.json"))
			if err != nil {
				t.Fatal(err)
			}
			equal(t, "the records", string(want), got)
			for _, p := range predicates(t) {
				if !strings.HasPrefix(p, "dgraph.") && !strings.Contains(dgraph.Declarations(), "\n"+p+": ") {
					t.Errorf("the predicate %s is left over", p)
				}
			}
		})
	}
}

// Catches: an older masar that reads or writes a graph of a newer one, or takes it back to its own schema.
func TestNewerVersionIsRefused(t *testing.T) {
	store := empty(t)
	save(t, store, topics(topic("a", "A")))
	newer := dgraph.SchemaVersion + 1
	node := ask[struct{ Q []struct{ UID string } }](t, "{ q(func: has(schema_version)) { uid } }").Q[0].UID
	mutate(t, fmt.Sprintf("<%s> <schema_version> \"%d\" .", node, newer))
	if err := raw(t).Alter(t.Context(), &api.Operation{Schema: "code: string @index(hash) ."}); err != nil {
		t.Fatal(err)
	}
	before := ask[any](t, "schema {}")
	for what, do := range map[string]func(context.Context) error{
		"ApplySchema": store.ApplySchema,
		"CheckSchema": store.CheckSchema,
		"Snapshot":    func(ctx context.Context) error { _, err := store.Snapshot(ctx); return err },
		"Save": func(ctx context.Context) error {
			_, err := store.Save(ctx, by("test", topics(topic("b", "B"))))
			return err
		},
		"Outline": func(ctx context.Context) error { _, err := store.Outline(ctx); return err },
	} {
		var refused *dgraph.VersionError
		if err := do(t.Context()); !errors.As(err, &refused) || refused.Graph != newer || !strings.Contains(err.Error(),
			fmt.Sprintf("has schema version %d, and this masar knows versions up to %d", newer, dgraph.SchemaVersion)) {
			t.Errorf("%s: %v", what, err)
		}
	}
	equal(t, "the schema", before, ask[any](t, "schema {}"))
	if n := count(t, `eq(xid, "TOPIC/b")`); n != 0 {
		t.Error("a record was written")
	}
}

// Catches: a graph that was emptied and counts as new, and a new one, or one whose making was cut off, that counts as
// emptied.
func TestEmptiedGraph(t *testing.T) {
	store := empty(t)
	emptied := func(what string, want bool) {
		t.Helper()
		if state, err := store.State(t.Context()); err != nil || state.Emptied != want {
			t.Errorf("%s: %+v, %v", what, state, err)
		}
	}
	emptied("a new graph", false)
	save(t, store, topics(topic("a", "A")))
	emptied("a graph", false)
	mutateDel(t, "snapshot")
	emptied("a graph without its counter", true)
	if err := raw(t).Alter(t.Context(), &api.Operation{DropOp: api.Operation_DATA}); err != nil {
		t.Fatal(err)
	}
	emptied("a graph whose data was dropped", true)
	dropAll(t)
	emptied("a Dgraph of which all was dropped", false)
	if err := raw(t).Alter(t.Context(), &api.Operation{Schema: "schema_version: int @index(int) @upsert ."}); err != nil {
		t.Fatal(err)
	}
	emptied("a graph whose making was cut off", false)
	if err := store.ApplySchema(t.Context()); err != nil {
		t.Fatal(err)
	}
	emptied("a graph that was made after that", false)
}

// older is a store on the Dgraph that the tests share, with what Dgraph held under a version.
func older(t *testing.T, version int) *dgraph.Store {
	t.Helper()
	store := empty(t)
	dropAll(t)
	declarations, err := os.ReadFile(format(version, "schema.dql"))
	if err != nil {
		t.Fatal(err)
	}
	if err := raw(t).Alter(t.Context(), &api.Operation{Schema: string(declarations)}); err != nil {
		t.Fatal(err)
	}
	graph, err := os.ReadFile(format(version, "graph.rdf"))
	if err != nil {
		t.Fatal(err)
	}
	mutate(t, string(graph))
	return store
}

// mutate writes N-Quads past the store.
func mutate(t *testing.T, quads string) {
	t.Helper()
	if _, err := raw(t).NewTxn().Mutate(t.Context(), &api.Mutation{SetNquads: []byte(quads), CommitNow: true}); err != nil {
		t.Fatal(err)
	}
}

// mutateDel deletes all values of a predicate past the store.
func mutateDel(t *testing.T, predicate string) {
	t.Helper()
	for _, n := range ask[struct{ Q []struct{ UID string } }](t, "{ q(func: has("+predicate+")) { uid } }").Q {
		del := fmt.Sprintf("<%s> <%s> * .", n.UID, predicate)
		if _, err := raw(t).NewTxn().Mutate(t.Context(), &api.Mutation{DelNquads: []byte(del), CommitNow: true}); err != nil {
			t.Fatal(err)
		}
	}
}

// recordsOf are all records of a graph, as JSON.
func recordsOf(t *testing.T, store *dgraph.Store) string {
	t.Helper()
	contents := everything(t, store)
	for _, f := range contents.Faults {
		t.Errorf("%s: %s", f.Record, f.Code)
	}
	text, err := json.MarshalIndent(map[string]any{"records": contents.Batch, "edges": contents.Edges, "linked": contents.Linked, "snapshot": contents.Snapshot}, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text) + "\n"
}

// writeFormat writes the fixture of this version: a record of each type with a value in each field, and a change of one.
func writeFormat(t *testing.T) {
	t.Helper()
	store := empty(t)
	n := 0
	save(t, store, everywhere(func() string { n++; return fmt.Sprint("word ", n) }))
	writeFile(t, format(dgraph.SchemaVersion, "schema.dql"), dgraph.Declarations())
	writeFile(t, format(dgraph.SchemaVersion, "graph.rdf"), held(t))
}

func writeFile(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// held is all that Dgraph holds, as N-Quads.
func held(t *testing.T) string {
	t.Helper()
	kinds := map[string]string{"dgraph.type": "string"}
	for _, s := range ask[struct {
		Schema []struct{ Predicate, Type string }
	}](t, "schema {}").Schema {
		if !strings.HasPrefix(s.Predicate, "dgraph.") {
			kinds[s.Predicate] = s.Type
		}
	}
	var lines []string
	for _, predicate := range slices.Sorted(maps.Keys(kinds)) {
		selection := predicate
		if kinds[predicate] == "uid" {
			selection += " { uid }"
		}
		for _, node := range ask[struct{ Q []map[string]any }](t, "{ q(func: has("+predicate+")) { uid "+selection+" } }").Q {
			values, isList := node[predicate].([]any)
			if !isList {
				values = []any{node[predicate]}
			}
			for _, v := range values {
				lines = append(lines, fmt.Sprintf("%s <%s> %s .\n", blank(node["uid"]), predicate, object(v)))
			}
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}

func blank(uid any) string { return "_:u" + strings.TrimPrefix(uid.(string), "0x") }

// object writes a value or an edge as the object of an N-Quad.
func object(v any) string {
	switch v := v.(type) {
	case map[string]any:
		return blank(v["uid"])
	case float64:
		return strconv.Quote(strconv.FormatFloat(v, 'f', -1, 64))
	}
	return strconv.Quote(fmt.Sprint(v))
}
