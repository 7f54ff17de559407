package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"masar"
	"masar/dgraph"
	"masar/dgraph/embedded"
	"masar/internal/masartest"
	"masar/search"
	"masar/seed"
)

// Catches: a seed load that overwrites a curator's change, counts it as its own, or reports it although the seed has not
// changed; one that does not list it, or that exits with 0, although the seed has changed. Also catches a decision without author and reason in the API.
func TestSeedLoadLeavesAloneWhatOthersWrote(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("starts Dgraph")
	}
	masarBinary, data := masartest.Binary(t), seededDirectory(t)
	s := serve(t, masarBinary, "--data-dir", data)
	s.awaitReady(t, time.Minute)
	graph, err := seed.Read(seed.Files)
	if err != nil {
		t.Fatal(err)
	}
	claim := *graph.Claims[0]
	claim.Status = masar.ClaimRejected
	saveAs(t, data, dgraph.Write{Batch: &masar.Batch{Claims: []*masar.Claim{&claim}}, By: "amal", Reason: "The passage says otherwise.",
		Expect: map[masar.RecordRef]int{claim.Identity(): 1}})

	run := func(code int, begins, ends, says string, args ...string) result {
		t.Helper()
		r := command(t, masarBinary, append(args, "--data-dir", data)...)
		if r.code != code || !strings.HasPrefix(string(r.out), begins) || !strings.HasSuffix(string(r.out), ends) || !bytes.Contains(r.talk, []byte(says)) {
			t.Errorf("%v: not exit code %d with %q ... %q, and %q: %v", args, code, begins, ends, says, r)
		}
		return r
	}
	run(exitOK, "created 0, updated 0, unchanged ", ", curated 1, kept 0; snapshot 2\n", "", "seed", "load")
	run(exitOK, "0 to create, 0 to update, ", " unchanged, 1 curated, 0 to keep, 0 beyond the seed; nothing was written\n", "", "seed", "load", "--dry-run")
	want := fmt.Sprintf(`{"data":{"node":null,"changes":{"nodes":[{"code":"%s","by":"amal","reason":"The passage says otherwise."}]}}}`, claim.Key)
	query := fmt.Sprintf(`{ node(id: %q) { ... on Claim { status version } } changes(since: "1") { nodes { code by reason } } }`, claim.ID())
	within(t, 5*time.Second, func() error {
		if got := s.get(t, query); got != want {
			return fmt.Errorf("%s", got)
		}
		return nil
	})

	egypt := masar.Ref{Kind: masar.KindCountry, Code: "EGY"}
	at := slices.IndexFunc(graph.Entities, func(e masar.Entity) bool { return e.Head().Ref() == egypt })
	graph.Entities[at].Head().Titles.EN.Value = "Egypt of a curator"
	saveAs(t, data, dgraph.Write{Batch: &masar.Batch{Entities: graph.Entities[at : at+1]}, By: "amal"})
	changed := copySeed(t, func(name string, content []byte) []byte {
		if name != "common/countries.yaml" {
			return content
		}
		return bytes.Replace(content, []byte("en: Egypt"), []byte("en: Egypt the Beautiful"), 1)
	})
	for range 2 {
		run(exitFindings, "kept COUNTRY EGY, last written by amal\ncreated 0, updated 0, unchanged ", ", curated 1, kept 1; snapshot 3\n",
			"1 record not overwritten", "seed", "load", "--dir", changed)
	}
	run(exitFindings, `keep  COUNTRY/EGY  last written by amal; title.en: "Egypt of a curator" -> "Egypt the Beautiful"`+"\n0 to create, 0 to update, ",
		" unchanged, 1 curated, 1 to keep, 0 beyond the seed; nothing was written\n", "1 record would not be overwritten", "seed", "load", "--dry-run", "--dir", changed)
	var told loaded
	r := run(exitFindings, "{", "}\n", "", "seed", "load", "--dir", changed, "--output", "json")
	if err := json.Unmarshal(r.out, &told); err != nil || told.Curated != 1 || len(told.Kept) != 1 || told.Kept[0] != (kept{masar.RecordType(masar.KindCountry), "EGY", "amal"}) {
		t.Errorf("%v: %s", err, r)
	}

	// A text of the seed that was removed stays removed.
	run(exitOK, "", "removed 1; snapshot 4\n", "", "sources", "remove", "--document", "REFERENCES-ITU")
	run(exitOK, "created 0, updated 0, unchanged ", ", curated 3, kept 0; snapshot 4\n", "", "seed", "load")
	run(exitOK, "", "", "", "verify")
}

// saveAs writes to the graph of a running service in a data directory.
func saveAs(t *testing.T, data string, write dgraph.Write) {
	t.Helper()
	address, err := embedded.Find(data)
	if err != nil {
		t.Fatal(err)
	}
	store, err := dgraph.Open(t.Context(), address, dgraph.WithAnalyser(search.Pack))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if changes, err := store.Save(t.Context(), write); err != nil || changes.Updated != 1 {
		t.Fatalf("%+v: %v", changes, err)
	}
}

// get returns the answer to a query as text.
func (s *running) get(t *testing.T, query string) string {
	t.Helper()
	r, err := http.Get("http://" + s.address + "/graphql?query=" + url.QueryEscape(query))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(body))
}
