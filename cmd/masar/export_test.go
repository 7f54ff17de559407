package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/xuri/excelize/v2"

	"masar/exchange"
	"masar/exchange/linked"
	"masar/internal/masartest"
)

// Catches: a format that the command does not write, or writes differently from the service; a compressed file with other content;
// tables without their description; a directory with files that is overwritten; a file that is left half written.
func TestExportFormats(t *testing.T) {
	binary, dir := masartest.Binary(t), t.TempDir()
	data := seededDirectory(t)
	s := serve(t, binary, "--data-dir", data, "--as-of", "2025-01-01")
	s.awaitReady(t, startTime)
	defer s.stop(t)
	export := func(args ...string) result {
		return command(t, binary, append([]string{"export", "--data-dir", data}, args...)...)
	}
	must := func(r result) []byte {
		t.Helper()
		if r.code != exitOK {
			t.Fatal(r)
		}
		return r.out
	}
	for _, f := range linked.Formats {
		args := []string{"--format", f.Name}
		if f.Computed {
			args = append(args, "--as-of", "2025-01-01")
		}
		out := must(export(args...))
		if served := s.text(t, "/export/"+f.File); string(out) != served {
			t.Errorf("%s: the command writes %d bytes, and the service %d", f.Name, len(out), len(served))
		}
		t.Logf("%s: %d bytes", f.File, len(out))
	}
	packed := filepath.Join(dir, "graph.nq")
	must(export("--format", "nquads", "-o", packed+".zst", "--base-iri", "https://masar.example.org"))
	must(export("--format", "nquads", "-o", packed+".gz", "--base-iri", "https://masar.example.org/"))
	z, err := zstd.NewReader(bytes.NewReader(read(t, packed+".zst")))
	if err != nil {
		t.Fatal(err)
	}
	one, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	g, err := gzip.NewReader(bytes.NewReader(read(t, packed+".gz")))
	if err != nil {
		t.Fatal(err)
	}
	two, err := io.ReadAll(g)
	if err != nil || !bytes.Equal(one, two) || !bytes.HasPrefix(one, []byte("<https://masar.example.org/id/SDG_GOAL/1> ")) {
		t.Errorf("%v: %.80s", err, one)
	}
	var graph struct {
		Nodes []struct {
			Data []struct {
				Key  string `xml:"key,attr"`
				Text string `xml:",chardata"`
			} `xml:"data"`
		} `xml:"graph>node"`
	}
	if err := xml.Unmarshal(must(export("--format", "graphml", "--lang", "ar")), &graph); err != nil || len(graph.Nodes) == 0 || !strings.ContainsRune(graph.Nodes[0].Data[0].Text, 'ا') {
		t.Errorf("%v %+v", err, graph.Nodes[0])
	}

	tables := filepath.Join(dir, "tables")
	must(export("--format", "csv", "-o", tables, "--crate", "--as-of", "2025-01-01"))
	var crate struct {
		Graph []struct {
			ID     string `json:"@id"`
			Type   string `json:"@type"`
			SHA256 string `json:"sha256"`
		} `json:"@graph"`
	}
	if err := json.Unmarshal(read(t, filepath.Join(tables, "ro-crate-metadata.json")), &crate); err != nil {
		t.Fatal(err)
	}
	files := 0
	for _, f := range crate.Graph {
		if f.Type != "File" {
			continue
		}
		files++
		if sum := sha256.Sum256(read(t, filepath.Join(tables, f.ID))); hex.EncodeToString(sum[:]) != f.SHA256 {
			t.Errorf("%s has another hash than in the crate", f.ID)
		}
	}
	if files != len(exchange.Whole())+1 {
		t.Errorf("%d files in the crate", files)
	}
	if claims := read(t, filepath.Join(tables, "claims.csv")); string(claims) != s.text(t, "/api/v1/rows/claims.csv") {
		t.Error("claims.csv differs from the service's")
	}
	if r := export("--format", "csv", "-o", tables); r.code != exitFailure || !strings.Contains(string(r.talk), "is not empty") {
		t.Errorf("over a directory with files: %s", r)
	}

	book := filepath.Join(dir, "masar.xlsx")
	must(export("--format", "xlsx", "-o", book))
	for name, rightToLeft := range map[string]bool{book: false, filepath.Join(dir, "masar.ar.xlsx"): true} {
		w, err := excelize.OpenFile(name)
		if err != nil {
			t.Fatal(err)
		}
		sheets := w.GetSheetList()
		if len(sheets) != len(exchange.Whole()) {
			t.Errorf("%s: the sheets %q", name, sheets)
		}
		for _, sheet := range sheets {
			view, err := w.GetSheetView(sheet, 0)
			rows, err2 := w.GetRows(sheet)
			if err != nil || err2 != nil || *view.RightToLeft != rightToLeft || len(rows) < 2 {
				t.Errorf("%s, %s: %v %v, %d rows", name, sheet, err, err2, len(rows))
			}
		}
		w.Close()
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			t.Errorf("%s is left", e.Name())
		}
	}
}
