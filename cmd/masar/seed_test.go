package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
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

// Catches: a seed load that overwrites a curator's decision, does not list it, exits with 0 or counts it as a change. Also
// catches a decision without author and reason in the API.
func TestSeedLoadLeavesAloneWhatOthersWrote(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("starts Dgraph")
	}
	masarBinary, data := masartest.Binary(t), t.TempDir()
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

	left := fmt.Sprintf("kept CLAIM %s, last written by amal\ncreated 0, updated 0, unchanged ", claim.Key)
	r := command(t, masarBinary, "seed", "load", "--data-dir", data)
	if r.code != exitFindings || !strings.HasPrefix(string(r.out), left) || !strings.HasSuffix(string(r.out), ", kept 1; snapshot 2\n") ||
		!bytes.Contains(r.talk, []byte("1 record not overwritten")) {
		t.Error(r)
	}
	var told loaded
	r = command(t, masarBinary, "seed", "load", "--data-dir", data, "--output", "json")
	if err := json.Unmarshal(r.out, &told); err != nil || r.code != exitFindings || len(told.Kept) != 1 ||
		told.Kept[0] != (kept{masar.RecordClaim, string(claim.Key), "amal"}) {
		t.Errorf("%v: %s", err, r)
	}
	want := fmt.Sprintf(`{"data":{"node":null,"changes":{"nodes":[{"code":"%s","by":"amal","reason":"The passage says otherwise."}]}}}`, claim.Key)
	query := fmt.Sprintf(`{ node(id: %q) { ... on Claim { status version } } changes(since: "1") { nodes { code by reason } } }`, claim.ID())
	within(t, 5*time.Second, func() error {
		if got := s.get(t, query); got != want {
			return fmt.Errorf("%s", got)
		}
		return nil
	})
	if r := command(t, masarBinary, "verify", "--data-dir", data); r.code != 0 {
		t.Error(r)
	}
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
