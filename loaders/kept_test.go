package loaders_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"masar/dgraph"
	"masar/internal/graphfile"
	"masar/loaders"
)

// Catches: a file that is used although it is damaged or of another graph, a start that fails because of it, and a file
// that is not replaced.
func TestAFileThatDoesNotCount(t *testing.T) {
	store, _ := follower(t, loaders.LiveOptions{})
	if _, err := store.Save(t.Context(), dgraph.Write{Batch: topic("kept"), By: "test"}); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "outline")
	file := graphfile.New(path)
	whole, how, _ := startWith(t, store, file)
	good, err := os.ReadFile(path)
	if err != nil || how != "whole" {
		t.Fatal(how, err)
	}
	damaged := func(at int) []byte {
		b := append([]byte{}, good...)
		b[at] ^= 1
		return b
	}
	kept := func(change func(*graphfile.Kept)) []byte {
		if err := os.WriteFile(path, good, 0o600); err != nil {
			t.Fatal(err)
		}
		k, err := file.Read()
		if err != nil || k == nil {
			t.Fatal(k, err)
		}
		change(k)
		k.Outline.Entities = nil // so that its use shows
		if err := file.Write(k); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for name, c := range map[string]struct {
		content []byte
		warns   bool
	}{
		"empty":                   {nil, true},
		"cut":                     {good[:len(good)-1], true},
		"cut in its hash":         {good[:20], true},
		"another hash":            {damaged(0), true},
		"another byte":            {damaged(len(good) / 2), true},
		"another last byte":       {damaged(len(good) - 1), true},
		"another file":            {[]byte(strings.Repeat("text", 100)), true},
		"of another write":        {kept(func(k *graphfile.Kept) { k.Write += "0" }), false},
		"of a later snapshot":     {kept(func(k *graphfile.Kept) { k.Outline.Snapshot++ }), false},
		"of an impossible number": {kept(func(k *graphfile.Kept) { k.Outline.Snapshot = -1 }), false},
	} {
		t.Run(name, func(t *testing.T) {
			if err := os.WriteFile(path, c.content, 0o600); err != nil {
				t.Fatal(err)
			}
			started, how, log := startWith(t, store, file)
			if how != "whole" {
				t.Errorf("read as %s, want whole", how)
			}
			if warned := strings.Contains(log, "cannot use the kept graph"); warned != c.warns {
				t.Errorf("warned: %t, want %t: %s", warned, c.warns, log)
			}
			if diff := differences(whole.Held(), started.Held()); diff != "" {
				t.Errorf("(-before +started):\n%s", diff)
			}
			if again, how, _ := startWith(t, store, file); how != "kept" || differences(whole.Held(), again.Held()) != "" {
				t.Errorf("the next start reads as %s, want kept", how)
			}
		})
	}
}

// Catches: a start that fails because its file cannot be written.
func TestAFileThatCannotBeWritten(t *testing.T) {
	store, _ := follower(t, loaders.LiveOptions{})
	if _, err := store.Save(t.Context(), dgraph.Write{Batch: topic("not-kept"), By: "test"}); err != nil {
		t.Fatal(err)
	}
	_, how, log := startWith(t, store, graphfile.New(filepath.Join(t.TempDir(), "missing", "outline")))
	if how != "whole" || !strings.Contains(log, "cannot keep the graph") {
		t.Errorf("read as %s: %s", how, log)
	}
}

// Catches: a start that reads more of the database because the graph is larger.
func TestAKeptGraphSavesReads(t *testing.T) {
	store, _ := follower(t, loaders.LiveOptions{})
	file := graphfile.New(filepath.Join(t.TempDir(), "outline"))
	if _, err := store.Save(t.Context(), dgraph.Write{Batch: topic("reads"), By: "test"}); err != nil {
		t.Fatal(err)
	}
	startWith(t, store, file)
	before := store.Reads()
	startWith(t, store, file)
	// The counter before and after, the identity of the write, and texts for the search terms, which this store does not keep.
	if reads := store.Reads() - before; reads > 4 {
		t.Errorf("%d reads, want at most 4", reads)
	}
}
