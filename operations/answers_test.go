package operations_test

import (
	"bytes"
	"testing"

	"masar/dgraph/embedded/embeddedtest"
	"masar/examples"
	"masar/internal/masartest"
	"masar/loaders"
	"masar/operations"
)

func TestMain(m *testing.M) { embeddedtest.Main(m) }

// Catches: an operation whose answer over HTTP differs from the answer in process.
func TestAnswersAreThoseOfHTTP(t *testing.T) {
	api := masartest.Start(t).API(t, loaders.Options{})
	all, err := examples.All()
	if err != nil || len(all) == 0 {
		t.Fatalf("%d examples, %v", len(all), err)
	}
	ask := func(name, document string, variables map[string]any) {
		t.Helper()
		overHTTP := api.Ask(t, document, variables).Body
		inProcess := operations.Encode(api.Operations.Do(t.Context(), operations.Client{Transport: "test"}, operations.Params{Query: document, Variables: variables}))
		if !bytes.Equal(overHTTP, inProcess) {
			t.Errorf("%s: %d bytes over HTTP, %d without:\n%.300s\n%.300s", name, len(overHTTP), len(inProcess), overHTTP, inProcess)
		}
	}
	for _, e := range all {
		ask(e.Name, e.Document, e.Variables)
	}
	ask("a refusal", "{ nothing }", nil)
	ask("a bad argument", "{ sdgGoals(first: 1000) { totalCount } }", nil)
	ask("a number as Go has it", "query($n: Int) { sdgGoals(first: $n) { totalCount } }", map[string]any{"n": 3})
}
