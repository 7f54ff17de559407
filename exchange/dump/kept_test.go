package dump_test

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"masar"
	"masar/dgraph"
	"masar/dgraph/embedded/embeddedtest"
	"masar/exchange/dump"
	"masar/seed"
)

var update = flag.Bool("update", false, "write the backup of this version of the schema, if it is missing")

// keptBackup is the backup that is kept of a version of the schema.
func keptBackup(schema int) string { return filepath.Join("testdata", "backups", strconv.Itoa(schema)) }

// firstBackup is the version of the schema of the first backups.
const firstBackup = 5

// Catches: a backup of an earlier version, since the first one, that this version cannot restore, or restores with a loss; a version of which no
// backup is kept.
func TestKeptBackups(t *testing.T) {
	if testing.Short() {
		t.Skip("starts Dgraph")
	}
	if _, err := os.Stat(keptBackup(dgraph.SchemaVersion)); *update && errors.Is(err, fs.ErrNotExist) {
		keepBackup(t)
	}
	for schema := firstBackup; schema <= dgraph.SchemaVersion; schema++ {
		t.Run(strconv.Itoa(schema), func(t *testing.T) {
			backup, err := dump.OpenBackup(keptBackup(schema))
			if err != nil {
				t.Fatalf("%v: if the schema is new, keep a backup of it with -update", err)
			}
			must(t, backup.Check())
			store := open(t, embeddedtest.Start(t))
			must(t, dump.Restore(t.Context(), store, backup.Hash, backup.Files(), nil))
			faultless(t, store)
			differs, err := backup.Compare(t.Context(), now(t, store), func(f masar.Finding) { t.Errorf("%+v", f) })
			if err != nil || differs != "" {
				t.Errorf("%s differs: %v", differs, err)
			}
		})
	}
}

// keepBackup keeps a backup of a small graph with a history.
func keepBackup(t *testing.T) {
	t.Helper()
	store := open(t, embeddedtest.Start(t))
	must(t, store.ApplySchema(t.Context()))
	graph, err := seed.Read(os.DirFS(filepath.Join("..", "..", "internal", "masartest", "testdata", "disputed")))
	must(t, err)
	_, err = seed.Load(t.Context(), store, graph)
	must(t, err)
	rejected := *graph.Claims[0]
	rejected.Status = masar.ClaimRejected
	_, err = store.Save(t.Context(), dgraph.Write{Batch: &masar.Batch{Claims: []*masar.Claim{&rejected}}, By: "amal", Reason: "ليس في المصدر"})
	must(t, err)
	_, err = dump.WriteBackup(t.Context(), now(t, store), keptBackup(dgraph.SchemaVersion), "fixture", nil)
	must(t, err)
}
