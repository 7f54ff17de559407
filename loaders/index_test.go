package loaders_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"masar"
	"masar/dgraph"
	"masar/dgraph/embedded/embeddedtest"
	"masar/loaders"
)

// Catches entities of an older data directory that search does not find: those stored without terms, or with the terms of
// another analyser. Catches entities that are found by what they were once called, too.
func TestOlderTerms(t *testing.T) {
	process(t, embeddedtest.Shared(t).Addr()) // which applies the schema
	for name, options := range map[string][]dgraph.Option{
		"none":    nil,
		"another": {dgraph.WithAnalyser(func(masar.Entity) string { return "0\n=wrong\twrong" })},
	} {
		older, err := dgraph.Open(t.Context(), "dgraph://"+embeddedtest.Shared(t).Addr(), options...)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(older.Close)
		write(t, older, named("older-"+name, "Peatland "+name, ""))
		service := process(t, embeddedtest.Shared(t).Addr())
		api := service.API(t, loaders.Options{})
		for query, want := range map[string]int{"peatland " + name: 1, "wrong": 0} {
			if got := string(api.Ask(t, `query ($q: String!) { search(query: $q) { match totalCount } }`, map[string]any{"q": query}).Body); !strings.Contains(got, total(want)) {
				t.Errorf("%s: %q: %s", name, query, got)
			}
		}
		write(t, older, named("older-"+name, "Moorland "+name, ""))
		if err := service.Live.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		body := string(api.Ask(t, `{ a: search(query: "moorland") { totalCount } b: search(query: "peatland `+name+`") { match totalCount } }`, nil).Body)
		if !slices.Contains(strings.SplitAfter(body, "}"), `{"data":{"a":{`+total(1)+`}`) || strings.Contains(body, "ALL") {
			t.Errorf("%s: after a write: %s", name, body)
		}
		write(t, older, named("older-"+name, "Done", ""))
	}
}

func total(n int) string { return fmt.Sprintf(`"totalCount":%d`, n) }
