package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"masar"
	"masar/internal/masartest"
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

// TestCuratorSession is the work of a curator who has only the binary: a new document, its check, a dry run, a load, the
// retraction of a claim and of an evidence item, and what readers see at each step.
func TestCuratorSession(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("starts Dgraph")
	}
	masarBinary, data, dir := masartest.Binary(t), t.TempDir(), t.TempDir()
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

	// An evidence item is rejected: it counts and shows nowhere.
	reason := ", reason: {ar: لا يذكره., en: It does not name it.}"
	write(file, sessionFile(t, skeleton, about+"    evidence: ["+first+", "+second+", status: REJECTED"+reason+"}]\n"))
	load(exitOK, []string{"--dry-run"}, "update  EVIDENCE/", `reviewState: "ACCEPTED" -> "REJECTED"`, "0 to create, 1 to update")
	load(exitOK, nil, "created 0, updated 1")
	sees(`{"data":{"node":{"status":"ACCEPTED","retirement":null,"evidence":{"totalCount":1}},"document":{"claims":{"totalCount":1},"evidence":{"totalCount":1}}}}`)

	// The claim is retired: it is found by its ID, with the reason, and in no list.
	retired := func(cause string) string {
		return about + "    status: DEPRECATED\n    cause: " + cause + "\n    reason: {ar: تغيّرت الصفحة., en: The page has changed.}\n    evidence: [" + first + ", " + second + "}]\n"
	}
	write(file, sessionFile(t, skeleton, retired("OUTDATED")))
	load(exitOK, nil, "created 0, updated 2")
	sees(`{"data":{"node":{"status":"DEPRECATED","retirement":{"cause":"OUTDATED","reason":{"value":"The page has changed."}},"evidence":{"totalCount":2}},"document":{"claims":{"totalCount":0},"evidence":{"totalCount":0}}}}`)
	write(file, sessionFile(t, skeleton, retired("HARMFUL")))
	load(exitOK, nil, "created 0, updated 1")
	sees(`{"data":{"node":{"status":"DEPRECATED","retirement":{"cause":"HARMFUL","reason":null},"evidence":{"totalCount":0}},"document":{"claims":{"totalCount":0},"evidence":{"totalCount":0}}}}`)

	// It is rejected: no reader finds it. Accepted again, it is as before.
	write(file, sessionFile(t, skeleton, about+"    status: REJECTED\n    reason: {ar: لا يصح., en: It is wrong.}\n    evidence: ["+first+", "+second+"}]\n"))
	load(exitOK, nil, "updated 1")
	sees(`{"data":{"node":null,"document":{"claims":{"totalCount":0},"evidence":{"totalCount":0}}}}`)
	write(file, sessionFile(t, skeleton, accepted))
	load(exitOK, nil, "updated 1")
	sees(`{"data":{"node":{"status":"ACCEPTED","retirement":null,"evidence":{"totalCount":2}},"document":{"claims":{"totalCount":1},"evidence":{"totalCount":2}}}}`)
	run(exitOK, []string{"verify", "--data-dir", data}, "no faults in the graph")

	// Without the file, the graph has four records beyond the seed.
	run(exitOK, []string{"seed", "load", "--dry-run", "--data-dir", data}, "beyond  DOCUMENT/SESSION-PAGE", "left the seed", "0 to create, 0 to update", "4 beyond the seed")
	s.stop(t)
}
