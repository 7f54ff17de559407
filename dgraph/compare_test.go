package dgraph_test

import (
	"strings"
	"testing"

	"masar"
	"masar/dgraph"
	"masar/dgraph/embedded/embeddedtest"
)

// Catches: a comparison that writes, that misses a record, or that differs from what a load of the seed then does.
func TestCompareIsALoadThatWritesNothing(t *testing.T) {
	store := empty(t)
	same, changed, edited, missing := topic("same", "Same"), topic("changed", "Changed"), topic("edited", "Edited"), topic("missing", "Missing")
	curated := topic("curated", "Curated")
	for _, w := range []dgraph.Write{
		by(masar.SeedAuthor, topics(same, changed, curated)), by("curator", topics(edited, topic("curated", "Curated, too"))),
	} {
		if _, err := store.Save(t.Context(), w); err != nil {
			t.Fatal(err)
		}
	}
	changed.Titles.EN.Value, edited.Titles.EN.Value = "Changed, too", "Edited, too"
	batch := topics(same, changed, edited, curated, missing)
	want := []dgraph.Difference{
		{Record: changed.Identity()},
		{Record: edited.Identity(), By: "curator"},
		{Record: curated.Identity(), By: "curator", Curated: true},
		{Record: missing.Identity(), Missing: true},
	}
	for range 2 { // the first comparison has not changed anything
		got, err := store.Compare(t.Context(), batch)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "differences", want, got)
	}
	changes, err := store.Save(t.Context(), by(masar.SeedAuthor, batch))
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "changes", dgraph.Changes{Created: 1, Updated: 1, Unchanged: 1, Curated: 1, Kept: []dgraph.Kept{{Record: edited.Identity(), By: "curator"}}, Snapshot: 3}, changes)
	left, err := store.Compare(t.Context(), batch)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "differences after the load", want[1:3], left)
}

// Catches: a host that is down and reported to answer, or the reverse, and leaders that are not found.
func TestAskHosts(t *testing.T) {
	url := embeddedtest.Shared(t).URL()
	name, _, _ := strings.Cut(strings.TrimPrefix(url, "dgraph://"), "?")
	store := open(t, strings.Replace(url, name, name+",127.0.0.1:1", 1))
	hosts := store.AskHosts(t.Context())
	if len(hosts) != 2 {
		t.Fatalf("%+v", hosts)
	}
	if up := hosts[0]; up.Name != name || up.Err != nil || up.Latency <= 0 || up.Version == "" || up.Leaders == nil || up.Leaders.Zero == "" || up.Leaders.Alphas["1"] == "" {
		t.Errorf("%+v, leaders %+v", up, up.Leaders)
	}
	if down := hosts[1]; down.Name != "127.0.0.1:1" || masar.ErrorCode(down.Err) != masar.CodeUnavailable {
		t.Errorf("%+v", down)
	}
	if store.Encryption() != dgraph.Verified {
		t.Errorf("encryption %v", store.Encryption())
	}
	for options, want := range map[string]dgraph.Encryption{"": dgraph.Plaintext, "?sslmode=require": dgraph.Unverified} {
		if got := open(t, "dgraph://127.0.0.1:1"+options).Encryption(); got != want {
			t.Errorf("%q: encryption %v, want %v", options, got, want)
		}
	}
}

// Catches: a cluster without a leader that is reported to have one, and an error of Dgraph that is taken for a state.
func TestReadLeaders(t *testing.T) {
	got, err := dgraph.ReadLeaders([]byte(`{
		"groups": {"1": {"members": {"1": {"addr": "a:7080"}, "2": {"addr": "b:7080", "leader": true}}}, "2": {"members": {"3": {"addr": "c:7080"}}}},
		"zeros": {"1": {"addr": "z:5080", "leader": false}}}`))
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "leaders", &dgraph.Leaders{Alphas: map[string]string{"1": "b:7080", "2": ""}}, got)
	for _, answer := range []string{`{"errors": [{"message": "no accessJwt available"}]}`, `not found`} {
		if got, err := dgraph.ReadLeaders([]byte(answer)); err == nil {
			t.Errorf("%s: %+v", answer, got)
		}
	}
}
