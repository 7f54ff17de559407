package dump

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"masar"
	"masar/dgraph"
)

// The files of a backup.
const (
	graphFile    = "graph.jsonl.zst"
	textsFile    = "texts.jsonl.zst"
	manifestFile = "manifest.json"
	hashFile     = "manifest.json.sha256"
	partialDir   = ".partial"
)

// backupFormat and backupVersion name the format of a backup.
const (
	backupFormat  = "masar-backup"
	backupVersion = 1
)

// Manifest describes a backup. It has no time and no place, so that backups of equal graphs are equal.
type Manifest struct {
	Format  string `json:"format"`
	Version int    `json:"version"`
	// Program is the version of masar, and Schema that of the graph's schema.
	Program string `json:"program"`
	Schema  int    `json:"schema"`
	// Snapshot and Changes are the counters of the graph.
	Snapshot int64 `json:"snapshot"`
	Changes  int64 `json:"changes"`
	// Counts are the numbers of records and changes by type.
	Counts map[masar.RecordType]int `json:"counts"`
	Files  []ManifestFile           `json:"files"`
}

// ManifestFile is a file of a backup.
type ManifestFile struct {
	Name string `json:"name"`
	// Bytes is the size of the file, and SHA256 its hash, in hex.
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
	// Lines is the hash of its unpacked lines, in hex.
	Lines string `json:"lines"`
}

// WriteBackup writes a backup of the graph at a moment into a directory that is missing or empty. The files are written to a
// directory in it, and renamed when all are on the disk, the manifest last. A directory without a manifest is no backup.
// report receives the faults of records; nil reads lines only.
func WriteBackup(ctx context.Context, at *dgraph.Moment, dir, program string, report func(masar.Finding)) (m *Manifest, err error) {
	if err := mustBeEmpty(dir); err != nil {
		return nil, err
	}
	partial := filepath.Join(dir, partialDir)
	if err := os.MkdirAll(partial, 0o700); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(partial)) }()
	m = &Manifest{
		Format: backupFormat, Version: backupVersion, Program: program, Schema: dgraph.SchemaVersion,
		Snapshot: at.Snapshot(), Changes: at.Changes(), Counts: map[masar.RecordType]int{},
	}
	for _, part := range backupParts() {
		if err := m.add(ctx, at, partial, part, report); err != nil {
			return nil, err
		}
	}
	if err := m.write(partial); err != nil {
		return nil, err
	}
	for _, name := range []string{graphFile, textsFile, hashFile, manifestFile} {
		if err := os.Rename(filepath.Join(partial, name), filepath.Join(dir, name)); err != nil {
			return nil, err
		}
	}
	return m, syncDir(dir)
}

// mustBeEmpty reports a directory that has files.
func mustBeEmpty(dir string) error {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case len(entries) == 0:
		return nil
	}
	key := "error.backup.not_empty"
	if _, err := os.Stat(filepath.Join(dir, manifestFile)); errors.Is(err, fs.ErrNotExist) && entries[0].Name() == partialDir {
		key = "error.backup.unfinished"
	}
	return masar.NewError(masar.CodeNotEmpty, key, masar.Args{"dir": dir})
}

// backupPart is a file of a backup with its records.
type backupPart struct {
	name    string
	types   []masar.RecordType
	history bool
}

func backupParts() []backupPart {
	graph := backupPart{name: graphFile, history: true}
	for _, t := range masar.RecordTypes {
		if t != masar.RecordText {
			graph.types = append(graph.types, t)
		}
	}
	return []backupPart{graph, {name: textsFile, types: []masar.RecordType{masar.RecordText}}}
}

// add writes a file of the backup.
func (m *Manifest) add(ctx context.Context, at *dgraph.Moment, dir string, part backupPart, report func(masar.Finding)) error {
	f, err := os.OpenFile(filepath.Join(dir, part.name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	counted := &countedHash{sum: sha256.New()}
	var summary *Summary
	err = fill(f, "", func(to io.Writer) error {
		packed, err := packed(part.name, io.MultiWriter(to, counted))
		if err != nil {
			return err
		}
		summary, err = export(ctx, at, packed, Options{Profile: Full, Report: report, TempDir: dir}, part.types, part.history)
		return errors.Join(err, packed.Close())
	})
	if err != nil {
		return err
	}
	for t, n := range summary.Counts {
		m.Counts[t] += n
	}
	m.Files = append(m.Files, ManifestFile{part.name, counted.bytes, hex.EncodeToString(counted.sum.Sum(nil)), summary.SHA256})
	return nil
}

// countedHash counts and hashes bytes.
type countedHash struct {
	bytes int64
	sum   interface {
		io.Writer
		Sum([]byte) []byte
	}
}

// Write implements io.Writer.
func (c *countedHash) Write(b []byte) (int, error) {
	c.bytes += int64(len(b))
	return c.sum.Write(b)
}

// write writes the manifest and its hash.
func (m *Manifest) write(dir string) error {
	content, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return err
	}
	content = append(content, '\n')
	sum := sha256.Sum256(content)
	for name, content := range map[string][]byte{manifestFile: content, hashFile: fmt.Appendf(nil, "%x  %s\n", sum, manifestFile)} {
		f, err := os.OpenFile(filepath.Join(dir, name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		err = fill(f, "", func(to io.Writer) error { _, err := to.Write(content); return err })
		if err != nil {
			return err
		}
	}
	return syncDir(dir)
}

// Backup is a backup whose hashes have been checked.
type Backup struct {
	Manifest
	// Hash identifies it: the SHA-256 of the manifest, in hex.
	Hash string
	dir  string
}

// refuse is an error about a backup, by the key of its message.
func refuse(key, dir string, args masar.Args) *masar.Error {
	if args == nil {
		args = masar.Args{}
	}
	args["dir"] = dir
	return masar.NewError(masar.CodeBackup, "error.backup."+key, args)
}

// OpenBackup reads the manifest of a backup and checks the hash of every file. The error has code BACKUP_INVALID for a directory
// that is no backup, for an unfinished or damaged one, and for one of another format or a newer schema.
func OpenBackup(dir string) (*Backup, error) {
	if _, err := os.Stat(dir); err != nil {
		return nil, err
	}
	content, err := os.ReadFile(filepath.Join(dir, manifestFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, noManifest(dir, err)
	}
	if err != nil {
		return nil, err
	}
	b := &Backup{dir: dir, Hash: fmt.Sprintf("%x", sha256.Sum256(content))}
	if json.Unmarshal(content, &b.Manifest) != nil || b.Format != backupFormat {
		return nil, refuse("foreign", dir, nil)
	}
	if b.Version != backupVersion || b.Schema > dgraph.SchemaVersion {
		return nil, refuse("newer", dir, masar.Args{"program": b.Program})
	}
	noted, err := os.ReadFile(filepath.Join(dir, hashFile))
	if err != nil {
		return nil, damaged(dir, hashFile, err)
	}
	if string(noted) != b.Hash+"  "+manifestFile+"\n" {
		return nil, damaged(dir, manifestFile, nil)
	}
	for _, f := range b.Manifest.Files {
		if err := b.check(f); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// noManifest is the error for a directory without a manifest. An interrupted backup leaves other files.
func noManifest(dir string, cause error) error {
	for _, name := range []string{partialDir, graphFile, textsFile, hashFile} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			return refuse("interrupted", dir, nil)
		}
	}
	return refuse("none", dir, nil).Because(cause)
}

// damaged is the error for a file that is missing or differs from its hash.
func damaged(dir, name string, cause error) error {
	if errors.Is(cause, fs.ErrNotExist) {
		return refuse("missing", dir, masar.Args{"file": name}).Because(cause)
	}
	return refuse("damaged", dir, masar.Args{"file": name})
}

// check compares a file with its size and hash.
func (b *Backup) check(f ManifestFile) error {
	if f.Name != graphFile && f.Name != textsFile {
		return refuse("foreign", b.dir, nil)
	}
	file, err := os.Open(filepath.Join(b.dir, f.Name))
	if err != nil {
		return damaged(b.dir, f.Name, err)
	}
	defer file.Close()
	counted := &countedHash{sum: sha256.New()}
	if _, err := io.Copy(counted, file); err != nil {
		return err
	}
	if counted.bytes != f.Bytes || hex.EncodeToString(counted.sum.Sum(nil)) != f.SHA256 {
		return damaged(b.dir, f.Name, nil)
	}
	return nil
}

// Files returns the files to restore.
func (b *Backup) Files() []File {
	var files []File
	for _, f := range b.Manifest.Files {
		files = append(files, OpenFile(filepath.Join(b.dir, f.Name)))
	}
	return files
}

// Check reads all files and checks that a restore can read them.
func (b *Backup) Check() error {
	for i, f := range b.Files() {
		found, err := f.Check()
		if err != nil {
			return err
		}
		if found.SHA256 != b.Manifest.Files[i].Lines {
			return damaged(b.dir, b.Manifest.Files[i].Name, nil)
		}
	}
	return nil
}

// Compare exports a graph again and compares it with the backup. It returns the name of the first file that differs; empty if
// all are equal. report receives the faults of records.
func (b *Backup) Compare(ctx context.Context, at *dgraph.Moment, report func(masar.Finding)) (string, error) {
	for i, part := range backupParts() {
		summary, err := export(ctx, at, io.Discard, Options{Profile: Full, Report: report}, part.types, part.history)
		if err != nil {
			return "", err
		}
		if i >= len(b.Manifest.Files) || summary.SHA256 != b.Manifest.Files[i].Lines {
			return part.name, nil
		}
	}
	return "", nil
}
