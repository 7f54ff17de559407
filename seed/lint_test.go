package seed

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

const lintDir = "testdata/lint"

// TestLint changes the valid seed of testdata/lint/valid.txtar in one way for each other file of the folder.
//
// The first line of a case is "faults: N". -update does not change it, so that an update cannot hide another number of
// faults. The files of the case are added to the valid seed or replace its files. A file X.diff changes X: lines with
// "-" must occur once and are removed, and lines with "+" take their place, or are appended if none is removed. The
// file "want" has the faults.
func TestLint(t *testing.T) {
	cases, err := filepath.Glob(filepath.Join(lintDir, "*.txtar"))
	if err != nil || len(cases) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, name := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var stated int
			if _, err := fmt.Sscanf(string(ar.Comment), "faults: %d\n", &stated); err != nil {
				t.Fatalf("the first line is not \"faults: N\": %v", err)
			}
			graph, err := Read(apply(t, validSeed(t), ar))
			faults, _ := errors.AsType[Faults](err)
			if (graph == nil) != (len(faults) > 0) {
				t.Errorf("a graph %t and %d faults", graph != nil, len(faults))
			}
			if len(faults) != stated {
				t.Errorf("%d faults, but the case states %d", len(faults), stated)
			}
			var got string
			if err != nil {
				got = err.Error() + "\n"
			}
			i := slices.IndexFunc(ar.Files, func(f txtar.File) bool { return f.Name == "want" })
			if i < 0 {
				ar.Files, i = append(ar.Files, txtar.File{Name: "want"}), len(ar.Files)
			}
			if *update {
				ar.Files[i].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(ar.Files[i].Data), got); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

// validSeed is a small seed without faults.
func validSeed(t testing.TB) fstest.MapFS {
	t.Helper()
	ar, err := txtar.ParseFile(filepath.Join(lintDir, "valid.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	return apply(t, fstest.MapFS{}, ar)
}

// apply applies a case's changes to a seed.
func apply(t testing.TB, fsys fstest.MapFS, ar *txtar.Archive) fstest.MapFS {
	t.Helper()
	for _, f := range ar.Files {
		name, isDiff := strings.CutSuffix(f.Name, ".diff")
		switch {
		case f.Name == "want":
		case isDiff:
			fsys[name] = &fstest.MapFile{Data: patch(t, fsys[name].Data, f.Data)}
		default:
			fsys[name] = &fstest.MapFile{Data: f.Data}
		}
	}
	return fsys
}

// patch applies a .diff. A run of "-" lines with the "+" lines after it is one change.
func patch(t testing.TB, data, diff []byte) []byte {
	t.Helper()
	var before, after strings.Builder
	flush := func() {
		switch old := before.String(); {
		case old == "":
			data = append(bytes.Clone(data), after.String()...)
		case strings.Count("\n"+string(data), "\n"+old) != 1:
			t.Fatalf("%q does not occur exactly once", old)
		default:
			data = []byte(strings.TrimPrefix(strings.Replace("\n"+string(data), "\n"+old, "\n"+after.String(), 1), "\n"))
		}
		before.Reset()
		after.Reset()
	}
	for line := range strings.Lines(string(diff)) {
		switch {
		case strings.HasPrefix(line, "-"):
			if after.Len() > 0 {
				flush()
			}
			before.WriteString(line[1:])
		case strings.HasPrefix(line, "+"):
			after.WriteString(line[1:])
		default:
			t.Fatalf("%q begins with neither - nor +", line)
		}
	}
	flush()
	return data
}

// yamlFiles yields the YAML files of a seed with their paths, in order.
func yamlFiles(t testing.TB, fsys fs.FS) iter.Seq2[string, []byte] {
	t.Helper()
	found := map[string][]byte{}
	for _, folder := range folders {
		err := fs.WalkDir(fsys, folder, func(name string, d fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) && name == folder { // a seed may lack a folder
				return nil
			}
			if err != nil || d.IsDir() {
				return err
			}
			found[name], err = fs.ReadFile(fsys, name)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return func(yield func(string, []byte) bool) {
		for _, name := range slices.Sorted(maps.Keys(found)) {
			if !yield(name, found[name]) {
				return
			}
		}
	}
}
