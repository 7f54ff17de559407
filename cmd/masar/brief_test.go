package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"masar/brief"
	"masar/internal/brieftest"
	"masar/internal/masartest"
)

// Catches: a brief by the command that differs from that of the service, a kind of brief or a form that fails, a wrong exit
// code, and a file that is replaced or left half-written. It asks a running service's Dgraph, and then its own.
func TestBriefs(t *testing.T) {
	if testing.Short() {
		t.Skip("starts Dgraph")
	}
	binary, data, dir := masartest.Binary(t), seededDirectory(t), t.TempDir()
	s := serve(t, binary, "--data-dir", data, "--chromium", "none")
	s.awaitReady(t, time.Minute)
	run := func(args ...string) result {
		t.Helper()
		return command(t, binary, append([]string{"brief", "--data-dir", data, "--public-url", "http://" + s.address}, args...)...)
	}
	written := func(name string, args ...string) []byte {
		t.Helper()
		path := filepath.Join(dir, name)
		r := run(append(args, "--output", path)...)
		content, err := os.ReadFile(path)
		if r.code != exitOK || err != nil || !bytes.Contains(r.talk, []byte(name+" written, ")) {
			t.Fatalf("%v: %v %s", args, err, r)
		}
		return content
	}
	for _, of := range []struct {
		address string
		args    []string
	}{
		{"targets/16.6.FORM?lang=en", []string{"targets/16.6", "--lang", "en"}},
		{"targets/16.6.FORM?country=EGY&first=2&quotes=no", []string{"targets/16-6", "--country", "EGY", "--first", "2", "--quotes", "no"}},
		{"countries/EGY.FORM?target=16.6&lang=both", []string{"countries/EGY", "--target", "16.6", "--lang", "both"}},
		{"recommendations/ENACT-KM-01.FORM", []string{"recommendations/ENACT-KM-01"}},
		{"path.FORM?from=COUNTRY:EGY&to=SDG_TARGET:16.6", []string{"path", "--from", "COUNTRY:EGY", "--to", "SDG_TARGET:16.6"}},
	} {
		want := s.text(t, "/api/v1/briefs/"+strings.Replace(of.address, "FORM", "json", 1))
		if r := run(append(of.args, "--format", "json")...); r.code != exitOK || string(r.out) != want {
			t.Errorf("%v: %s\nthe service has %s", of.args, r, want)
		}
	}
	page := run("targets/16.6")
	shown, err := brieftest.HTMLText(page.out)
	if err != nil || page.code != exitOK {
		t.Fatalf("%v %s", err, page)
	}
	text, err := brieftest.WordText(written("brief.docx", "targets/16.6"))
	if difference := brieftest.Difference(text, shown); err != nil || difference != "" {
		t.Errorf("%v: %s", err, difference)
	}
	if r := run("targets/16.6", "--output", filepath.Join(dir, "brief.docx")); r.code != exitFailure || !bytes.Contains(r.talk, []byte("exists")) {
		t.Errorf("a file that exists: %s", r)
	}
	written("brief.docx", "targets/16.6", "--force")
	for _, args := range [][]string{{"targets/16.66"}, {"countries/XXX"}, {"path", "--from", "COUNTRY:XXX", "--to", "COUNTRY:EGY"}} {
		path := filepath.Join(dir, "unknown.docx")
		r := run(append(args, "--output", path)...)
		if _, err := os.Stat(path); r.code != exitNotFound || !bytes.Contains(r.talk, []byte("masar: ")) || err == nil {
			t.Errorf("%v: %s", args, r)
		}
	}
	s.stop(t)
	var b brief.Brief
	if err := json.Unmarshal(written("brief.json", "targets/16.6"), &b); err != nil || b.Subject.Code != "16.6" {
		t.Errorf("with its own Dgraph: %v %+v", err, b.Subject)
	}
}
