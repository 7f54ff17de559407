package examples_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"masar/dgraph/embedded/embeddedtest"
	"masar/examples"
	"masar/internal/masartest"
	"masar/loaders"
)

var update = flag.Bool("update", false, "rewrite the golden answers")

func TestMain(m *testing.M) { embeddedtest.Main(m) }

// each runs a test on every example.
func each(t *testing.T, test func(t *testing.T, op examples.Operation)) {
	t.Helper()
	operations, err := examples.All()
	if err != nil {
		t.Fatal(err)
	}
	if len(operations) == 0 {
		t.Fatal("there are no examples")
	}
	for _, op := range operations {
		t.Run(op.Name, func(t *testing.T) { test(t, op) })
	}
}

// Catches: an example that fails, and any change of its answer on the seed graph.
func TestAnswers(t *testing.T) {
	api := masartest.Start(t).API(t, loaders.Options{})
	each(t, func(t *testing.T, op examples.Operation) {
		answer := api.Ask(t, op.Document, op.Variables)
		var told struct{ Errors []any }
		if err := json.Unmarshal(answer.Body, &told); err != nil {
			t.Fatal(err)
		}
		if told.Errors != nil {
			t.Fatalf("errors: %v", told.Errors)
		}
		got, golden := answer.Indented(t), op.Name+".json"
		if *update {
			if err := os.WriteFile(golden, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := gocmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("the answer has changed (-update rewrites %s):\n%s", golden, diff)
		}
	})
}

// inMemory are the examples that show of entities no more than their heads, which are in memory.
var inMemory = map[string]bool{
	"policymaker/action-plan": true, "researcher/compare-initiatives": true, "dashboard/overview": true, "dashboard/gap-map": true,
}

// Catches: a field that the read-ahead misses (a second read), content that is not cached (a read when warm), and a read for
// what is in memory.
func TestOneReadWhenColdNoneWhenWarm(t *testing.T) {
	service := masartest.Start(t)
	each(t, func(t *testing.T, op examples.Operation) {
		api := service.API(t, loaders.Options{})
		want := int64(1)
		if inMemory[op.Name] {
			want = 0
		}
		if cold := api.Ask(t, op.Document, op.Variables).Reads; cold != want {
			t.Errorf("cold it took %d reads of Dgraph, want %d", cold, want)
		}
		if warm := api.Ask(t, op.Document, op.Variables).Reads; warm != 0 {
			t.Errorf("warm it took %d reads of Dgraph, want none", warm)
		}
	})
}

// flat are the examples for which batching needs as few reads as read-ahead does, because all that they read is on one level.
// Changes have a query of their own.
var flat = map[string]bool{"researcher/claims-by-filter": true, "researcher/search": true, "dashboard/changes": true,
	"policymaker/tailored-recommendations": true}

// Catches: an answer that depends on read-ahead, which must only save time.
func TestReadingAheadChangesNoAnswer(t *testing.T) {
	service := masartest.Start(t)
	each(t, func(t *testing.T, op examples.Operation) {
		with := service.API(t, loaders.Options{}).Ask(t, op.Document, op.Variables)
		without := service.API(t, loaders.Options{WithoutPrefetch: true}).Ask(t, op.Document, op.Variables)
		if !bytes.Equal(with.Body, without.Body) {
			t.Errorf("the answers differ:\n%s", gocmp.Diff(string(with.Body), string(without.Body)))
		}
		if without.Reads < with.Reads || without.Reads == with.Reads && !flat[op.Name] && !inMemory[op.Name] {
			t.Errorf("without the read-ahead it took %d reads, with it %d: the comparison shows nothing", without.Reads, with.Reads)
		}
	})
}
