package embedded

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// DamageError says that the files of a data directory are damaged, and what to do.
type DamageError struct {
	// DataDir is the data directory.
	DataDir string
	// File is the path of the file or directory that is damaged.
	File string
	// What is what is wrong with it, such as "is missing".
	What string
	// Accept is set if what is left can be used once the marker is gone.
	Accept bool
}

// Error names the file, what is wrong with it, and the way back.
func (e *DamageError) Error() string {
	accept := ""
	if e.Accept {
		accept = fmt.Sprintf(", or accept the graph as it is by deleting %s", MarkerPath(e.DataDir))
	}
	return fmt.Sprintf("%s %s: restore a backup, or start anew with --new, which keeps the old files aside%s", e.File, e.What, accept)
}

// Examine reports what is wrong with the files of a data directory, as far as it shows without Dgraph. It changes
// nothing. It is meant for a directory on which no Dgraph runs: a running one changes its files.
func Examine(dataDir string) ([]*DamageError, error) {
	marker, err := ReadMarker(dataDir)
	if damage, ok := errors.AsType[*DamageError](err); ok {
		return []*DamageError{damage}, nil
	}
	if err != nil {
		return nil, err
	}
	return examine(dataDir, marker, stores)
}

// examine looks at the files that a marker speaks for; nil for a directory without a marker. It looks at those of some
// stores only, for a running process changes its own.
func examine(dataDir string, marker *Marker, stores []string) ([]*DamageError, error) {
	if marker != nil && marker.Snapshot == 0 {
		return nil, nil // nothing has been written yet: a start that was cut off may have left anything
	}
	dir := filepath.Join(dataDir, "dgraph")
	var missing []*DamageError
	for _, store := range stores {
		path := filepath.Join(dir, store)
		entries, err := os.ReadDir(path)
		switch {
		case errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0:
			missing = append(missing, &DamageError{DataDir: dataDir, File: path, What: "is missing"})
		case err != nil:
			return nil, err
		}
	}
	if len(missing) == len(stores) && marker == nil {
		return nil, nil // a new directory
	}
	if len(missing) > 0 {
		return missing, nil
	}
	var found []*DamageError
	for _, store := range stores {
		look := examineLogs
		if store == tableStore {
			look = examineTables
		}
		faults, err := look(filepath.Join(dir, store))
		if err != nil {
			return nil, err
		}
		for _, f := range faults {
			found = append(found, &DamageError{DataDir: dataDir, File: f.file, What: f.what})
		}
	}
	return found, nil
}

// fault is a damaged file and what is wrong with it.
type fault struct{ file, what string }

// joined makes one error of damages; nil of none.
func joined(damages []*DamageError) error {
	var all []error
	for _, d := range damages {
		all = append(all, d)
	}
	return errors.Join(all...)
}

// crash matches the lines with which a Go program ends that was not prepared for what it found.
var crash = regexp.MustCompile(`^(panic: |fatal error: )`)

// named matches a path of a file of Dgraph's in a line of its log.
var named = regexp.MustCompile(`(?:^|[\s"':])((?:\S*/)?(?:MANIFEST|KEYREGISTRY|DISCARD|wal\.meta|\d+\.(?:sst|vlog|mem|wal)))\b`)

// signs are what Dgraph says of damaged files, besides crashes.
var signs = []string{"checksum", "MANIFEST", "manifest", "file does not exist for table", "Unable to replay", "Error while creating badger", "unexpected EOF"}

// damageOf takes the end of a process before it was ever ready for damaged files, where its last words say so; else nil.
func damageOf(dataDir string, p *process, words string) *DamageError {
	isDamage := crash.MatchString(words)
	for _, sign := range signs {
		isDamage = isDamage || strings.Contains(words, sign)
	}
	if !isDamage {
		return nil
	}
	store := map[string]string{"zero": "zw", "alpha": "p"}[p.name]
	damage := &DamageError{DataDir: dataDir, File: filepath.Join(dataDir, "dgraph", store), What: "is damaged (see " + p.log + ")"}
	if m := named.FindStringSubmatch(words); m != nil {
		damage.File = m[1]
		if !filepath.IsAbs(damage.File) {
			damage.File = filepath.Join(dataDir, "dgraph", strings.TrimPrefix(damage.File, "./"))
		}
	}
	return damage
}
