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

// DamageError reports damaged files in a data directory, and the next step.
type DamageError struct {
	// DataDir is the data directory.
	DataDir string
	// File is the path of the damaged file or directory.
	File string
	// What describes the damage, such as "is missing".
	What string
	// Accept reports that the remaining data can be used after the marker is deleted.
	Accept bool
}

// Error names the file, the damage and the way to recover.
func (e *DamageError) Error() string {
	accept := ""
	if e.Accept {
		accept = fmt.Sprintf(", or accept the graph as it is by deleting %s", MarkerPath(e.DataDir))
	}
	return fmt.Sprintf("%s %s: restore a backup, or start anew with --new, which keeps the old files aside%s", e.File, e.What, accept)
}

// Examine reports damaged files in a data directory, as far as this is visible without Dgraph. It changes nothing. No
// Dgraph may run on the directory, because a running one changes its files.
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

// examine checks the files that a marker covers; without a marker, it returns nil. It checks only some stores, because a
// running process changes its own files.
func examine(dataDir string, marker *Marker, stores []string) ([]*DamageError, error) {
	if marker != nil && marker.Snapshot == 0 {
		return nil, nil // nothing has been written yet; an interrupted start can have left any files
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

// fault is a damaged file with a description of the damage.
type fault struct{ file, what string }

// joined combines damages into one error; nil if there are none.
func joined(damages []*DamageError) error {
	var all []error
	for _, d := range damages {
		all = append(all, d)
	}
	return errors.Join(all...)
}

// crash matches the lines with which a Go program ends after a panic or a fatal error.
var crash = regexp.MustCompile(`^(panic: |fatal error: )`)

// named matches the path of a file of Dgraph in a line of its log.
var named = regexp.MustCompile(`(?:^|[\s"':])((?:\S*/)?(?:MANIFEST|KEYREGISTRY|DISCARD|wal\.meta|\d+\.(?:sst|vlog|mem|wal)))\b`)

// signs are Dgraph's messages about damaged files, besides crashes.
var signs = []string{"checksum", "MANIFEST", "manifest", "file does not exist for table", "Unable to replay", "Error while creating badger", "unexpected EOF"}

// damageOf returns a damage error if the last log lines of a process that never became ready report damaged files;
// otherwise nil.
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
