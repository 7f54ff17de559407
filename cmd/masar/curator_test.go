package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"masar"
	"masar/internal/masartest"
	"masar/seed"
)

const sessionText = "الخدمات الرقمية أساس الثقة.\n\nThe plan names open data.\n"

// sessionFile is the skeleton of sessionText, completed by a curator, with an entry of a claim for each passage.
func sessionFile(t *testing.T, skeleton string, entries ...string) string {
	t.Helper()
	both := func(ar, en string) string { return fmt.Sprintf("{ar: %s, en: %s}", ar, en) }
	const empty = `{ar: "", en: ""}`
	for _, change := range [][2]string{
		{`code: ""`, "code: SESSION-PAGE"}, {`form: ""`, "form: WEB_PAGE"}, {`family: ""`, "family: SESSION/SESSION"},
		{"title: " + empty, "title: " + both("صفحة", "A page")}, {"locator: " + empty, "locator: " + both("الفقرة", "the paragraph")},
		{"summary: " + empty, "summary: " + both("ملخص.", "A summary.")},
	} {
		if !strings.Contains(skeleton, change[0]) {
			t.Fatalf("no %q in the skeleton:\n%s", change[0], skeleton)
		}
		skeleton = strings.ReplaceAll(skeleton, change[0], change[1])
	}
	return skeleton + "claims:\n" + strings.Join(entries, "")
}

// doors is what readers see of the claim and of its second evidence item at each place where it could show.
const doors = `{
  node(id: %[1]q) { ... on Claim { status } }
  item: node(id: %[2]q) { ... on Evidence { reviewState } }
  document(code: "SESSION-PAGE") { claims { totalCount } evidence { totalCount } passages { start } }
  claims(filter: {documents: ["SESSION-PAGE"]}) { totalCount }
  evidencePaths(from: {kind: DOCUMENT, code: "SESSION-PAGE"}, to: {kind: TOPIC, code: "digital-government"}) { paths { length } }
  neighbourhood(of: {kind: DOCUMENT, code: "SESSION-PAGE"}) { links { from { code } } }
  dashboard(filter: {documents: ["SESSION-PAGE"]}) { claims: number(measure: CLAIMS) { value } evidence: number(measure: EVIDENCE) { value } }
  search(query: "SESSION-PAGE", filter: {documents: ["SESSION-PAGE"]}) { totalCount }
  changes(last: 100) { nodes { kind code record { id } } }
}`

// seen summarizes the answer to doors, and the rows.
func (s *running) seen(t *testing.T, claim *masar.Claim, item *masar.Evidence) string {
	t.Helper()
	type total struct{ TotalCount int }
	var answer struct {
		Errors []struct{ Message string }
		Data   struct {
			Node     *struct{ Status string }
			Item     *struct{ ReviewState string }
			Document struct {
				Claims, Evidence total
				Passages         []any
			}
			Claims        total
			EvidencePaths struct{ Paths []any }
			Neighbourhood struct{ Links []any }
			Dashboard     struct{ Claims, Evidence struct{ Value float64 } }
			Search        total
			Changes       struct {
				Nodes []struct {
					Kind, Code string
					Record     *struct{ ID string }
				}
			}
		}
	}
	body := s.get(t, fmt.Sprintf(doors, claim.ID(), item.ID()))
	if err := json.Unmarshal([]byte(body), &answer); err != nil || len(answer.Errors) > 0 {
		t.Fatalf("%v: %s", err, body)
	}
	d := &answer.Data
	node, evidence, change := "none", "none", "none"
	if d.Node != nil {
		node = d.Node.Status
	}
	if d.Item != nil {
		evidence = d.Item.ReviewState
	}
	for _, c := range d.Changes.Nodes {
		if c.Code == string(claim.Key) && c.Record != nil {
			change = "record"
		}
	}
	rows := func(dataset string) int {
		return strings.Count(s.text(t, "/api/v1/rows/"+dataset+".csv?filter="+url.QueryEscape(`{"documents":["SESSION-PAGE"]}`)), "\r\n") - 1
	}
	return fmt.Sprintf("claim %s, item %s, change %s; of the document %d %d %d; list %d, paths %d, links %d, dashboard %.0f %.0f, search %d, rows %d %d",
		node, evidence, change, d.Document.Claims.TotalCount, d.Document.Evidence.TotalCount, len(d.Document.Passages),
		d.Claims.TotalCount, len(d.EvidencePaths.Paths), len(d.Neighbourhood.Links), d.Dashboard.Claims.Value, d.Dashboard.Evidence.Value,
		d.Search.TotalCount, rows("claims"), rows("evidence"))
}

// TestCuratorSession is the work of a curator who has only the binary: a new document, its check, a dry run, a load, the
// retraction of a claim and of an evidence item, and what readers see at each step.
func TestCuratorSession(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("starts Dgraph")
	}
	masarBinary, data, dir := masartest.Binary(t), seededDirectory(t), t.TempDir()
	text, file := filepath.Join(dir, "SESSION-PAGE.txt"), filepath.Join(dir, "SESSION-PAGE.yaml")
	write := func(name, content string) {
		t.Helper()
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := serve(t, masarBinary, "--data-dir", data)
	s.awaitReady(t, time.Minute)
	run := func(code int, args []string, says ...string) string {
		t.Helper()
		r := command(t, masarBinary, args...)
		for _, words := range says {
			if !strings.Contains(string(r.out)+string(r.talk), words) {
				t.Errorf("%v does not say %q: %v", args, words, r)
			}
		}
		if r.code != code {
			t.Errorf("%v: not exit code %d: %v", args, code, r)
		}
		return string(r.out)
	}
	load := func(code int, flags []string, says ...string) {
		t.Helper()
		run(code, append([]string{"seed", "load", file, "--data-dir", data}, flags...), says...)
	}
	claim := masar.Claim{
		Subject:   masar.Ref{Kind: masar.KindDocument, Code: "SESSION-PAGE"},
		Predicate: masar.Concerns, Object: masar.Ref{Kind: masar.KindTopic, Code: "digital-government"},
	}
	claim.Key = claim.NewKey()
	item := masar.Evidence{ClaimKey: claim.Key, Stance: masar.Supports, Passage: masar.Passage{
		Source: claim.Subject, Version: seed.Version(sessionText).SHA256, Start: 29, End: 54,
	}}
	item.Key = item.NewKey()
	const whole = "of the document 1 2 2; list 1, paths 1, links 1, dashboard 1 2, search 1, rows 1 2"
	const without = "change record; of the document 1 1 1; list 1, paths 1, links 1, dashboard 1 1, search 1, rows 1 1"
	const nothing = "of the document 0 0 0; list 0, paths 0, links 0, dashboard 0 0, search 0, rows 0 0"
	shows := func(want string) {
		t.Helper()
		if got := s.seen(t, &claim, &item); got != want {
			t.Errorf("readers see %s, not %s", got, want)
		}
	}
	query := fmt.Sprintf(`{ node(id: %q) { ... on Claim { status retirement { cause reason(lang: [EN]) { value } } evidence { totalCount } } }
  document(code: "SESSION-PAGE") { claims { totalCount } evidence { totalCount } } }`, claim.ID())
	sees := func(want string) {
		t.Helper()
		within(t, 5*time.Second, func() error {
			if got := s.get(t, query); got != want {
				return fmt.Errorf("%s, not %s", got, want)
			}
			return nil
		})
	}

	write(text, sessionText)
	skeleton := run(exitOK, []string{"seed", "new", "--text", text})
	write(file, skeleton)
	run(exitFindings, []string{"seed", "lint", file}, file+":", "document.title.ar: the text is empty")
	const about = "  - claim: DOCUMENT/SESSION-PAGE CONCERNS TOPIC/digital-government\n"
	const first, second = "{passage: p-0-27}", "{passage: p-29-54"
	accepted := about + "    evidence: [" + first + ", " + second + "}]\n"
	write(file, sessionFile(t, skeleton, accepted))
	run(exitOK, []string{"seed", "lint", file, text}, "no faults in "+file)
	sees(`{"data":{"node":null,"document":null}}`)
	load(exitOK, []string{"--dry-run"}, "create  DOCUMENT/SESSION-PAGE", "4 to create, 0 to update", "nothing was written")
	sees(`{"data":{"node":null,"document":null}}`)
	load(exitOK, nil, "created 4, updated 0")
	sees(`{"data":{"node":{"status":"ACCEPTED","retirement":null,"evidence":{"totalCount":2}},"document":{"claims":{"totalCount":1},"evidence":{"totalCount":2}}}}`)
	shows("claim ACCEPTED, item ACCEPTED, change record; " + whole)

	// An evidence item is rejected: it counts and shows nowhere.
	reason := ", reason: {ar: لا يذكره., en: It does not name it.}"
	write(file, sessionFile(t, skeleton, about+"    evidence: ["+first+", "+second+", status: REJECTED"+reason+"}]\n"))
	load(exitOK, []string{"--dry-run"}, "update  EVIDENCE/", `reviewState: "ACCEPTED" -> "REJECTED"`, "0 to create, 1 to update")
	load(exitOK, nil, "created 0, updated 1")
	sees(`{"data":{"node":{"status":"ACCEPTED","retirement":null,"evidence":{"totalCount":1}},"document":{"claims":{"totalCount":1},"evidence":{"totalCount":1}}}}`)
	shows("claim ACCEPTED, item none, " + without)

	// Deprecated, it is found by its ID; if it is harmful, it is not.
	for cause, want := range map[string]string{"OUTDATED": "DEPRECATED", "HARMFUL": "none"} {
		write(file, sessionFile(t, skeleton, about+"    evidence: ["+first+", "+second+", status: DEPRECATED, cause: "+cause+reason+"}]\n"))
		load(exitOK, nil, "created 0, updated 1")
		within(t, 5*time.Second, func() error {
			if got := s.seen(t, &claim, &item); got != "claim ACCEPTED, item "+want+", "+without {
				return errors.New(got)
			}
			return nil
		})
	}

	// The claim is retired: it is found by its ID, with the reason, and in no list.
	retired := func(cause string) string {
		return about + "    status: DEPRECATED\n    cause: " + cause + "\n    reason: {ar: تغيّرت الصفحة., en: The page has changed.}\n    evidence: [" + first + ", " + second + "}]\n"
	}
	write(file, sessionFile(t, skeleton, retired("OUTDATED")))
	load(exitOK, nil, "created 0, updated 2")
	sees(`{"data":{"node":{"status":"DEPRECATED","retirement":{"cause":"OUTDATED","reason":{"value":"The page has changed."}},"evidence":{"totalCount":2}},"document":{"claims":{"totalCount":0},"evidence":{"totalCount":0}}}}`)
	shows("claim DEPRECATED, item ACCEPTED, change record; " + nothing)
	write(file, sessionFile(t, skeleton, retired("HARMFUL")))
	load(exitOK, nil, "created 0, updated 1")
	sees(`{"data":{"node":{"status":"DEPRECATED","retirement":{"cause":"HARMFUL","reason":null},"evidence":{"totalCount":0}},"document":{"claims":{"totalCount":0},"evidence":{"totalCount":0}}}}`)
	shows("claim DEPRECATED, item none, change record; " + nothing)

	// It is rejected: no reader finds it. Accepted again, it is as before.
	write(file, sessionFile(t, skeleton, about+"    status: REJECTED\n    reason: {ar: لا يصح., en: It is wrong.}\n    evidence: ["+first+", "+second+"}]\n"))
	load(exitOK, nil, "updated 1")
	sees(`{"data":{"node":null,"document":{"claims":{"totalCount":0},"evidence":{"totalCount":0}}}}`)
	shows("claim none, item none, change none; " + nothing)
	write(file, sessionFile(t, skeleton, accepted))
	load(exitOK, nil, "updated 1")
	sees(`{"data":{"node":{"status":"ACCEPTED","retirement":null,"evidence":{"totalCount":2}},"document":{"claims":{"totalCount":1},"evidence":{"totalCount":2}}}}`)
	shows("claim ACCEPTED, item ACCEPTED, change record; " + whole)
	run(exitOK, []string{"verify", "--data-dir", data}, "no faults in the graph")

	// Without the file, the graph has four records beyond the seed.
	run(exitOK, []string{"seed", "load", "--dry-run", "--data-dir", data}, "beyond  DOCUMENT/SESSION-PAGE", "left the seed", "0 to create, 0 to update", "4 beyond the seed")
	s.stop(t)
}
