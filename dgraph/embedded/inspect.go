package embedded

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Present reports files that every graph has and that are missing from a data directory, and an unreadable marker. It
// changes nothing. Unlike [Examine], it can be used while Dgraph runs. A directory without a graph has nothing missing.
func Present(dataDir string) ([]*DamageError, error) {
	if _, err := ReadMarker(dataDir); err != nil {
		damage, ok := errors.AsType[*DamageError](err)
		if !ok {
			return nil, err
		}
		return []*DamageError{damage}, nil
	}
	if !Filled(dataDir) {
		return nil, nil
	}
	var missing []*DamageError
	for _, store := range stores {
		for _, name := range []string{"", essential(store)} {
			path := filepath.Join(dataDir, "dgraph", store, name)
			_, err := os.Stat(path)
			if errors.Is(err, fs.ErrNotExist) {
				missing = append(missing, &DamageError{DataDir: dataDir, File: path, What: "is missing"})
				break
			}
			if err != nil {
				return nil, err
			}
		}
	}
	return missing, nil
}

// essential returns the name of a file that a store has from its first start on.
func essential(store string) string {
	if store == tableStore {
		return "MANIFEST"
	}
	return "wal.meta"
}

// DamagedTables returns the damaged tables of the graph in a data directory. It reads all tables, with the Dgraph in this
// binary, and changes nothing. No Dgraph may run on the directory.
func DamagedTables(ctx context.Context, dataDir string) ([]*DamageError, error) {
	dataDir, err := filepath.Abs(dataDir)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	files, err := damagedTables(ctx, "", []string{"dgraph"}, filepath.Join(dataDir, "dgraph"))
	if err != nil {
		return nil, err
	}
	var found []*DamageError
	for _, file := range files {
		found = append(found, &DamageError{DataDir: dataDir, File: file, What: "is damaged: a checksum does not match"})
	}
	return found, nil
}

// TablesSize returns the size of the graph's tables in a data directory, in bytes. Dgraph writes new tables before it
// deletes the tables that they replace.
func TablesSize(dataDir string) (int64, error) {
	files, err := filepath.Glob(filepath.Join(dataDir, "dgraph", tableStore, "*.sst"))
	if err != nil {
		return 0, err
	}
	size := int64(0)
	for _, file := range files {
		info, err := os.Stat(file)
		switch {
		case errors.Is(err, fs.ErrNotExist): // Dgraph has just deleted it
		case err != nil:
			return 0, err
		default:
			size += info.Size()
		}
	}
	return size, nil
}

// PermissionFault is a wrong owner or mode of a file in a data directory.
type PermissionFault struct {
	// File is the path.
	File string
	// What describes the fault, such as "can be read by other users (mode 0755)".
	What string
	// Owner is the user id that should own the file; -1 if the owner is right.
	Owner int
	// Mode is the mode that the file should have; 0 if the mode is right.
	Mode fs.FileMode
}

// Permissions reports files of a data directory that other users can read or change, and those with another owner than
// the directory. It changes nothing, and does not follow links.
func Permissions(dataDir string) ([]PermissionFault, error) {
	dataDir, err := filepath.EvalSymlinks(dataDir)
	if err != nil {
		return nil, err
	}
	top, err := os.Stat(dataDir)
	if err != nil {
		return nil, err
	}
	owner, known := ownerOf(top)
	var found []PermissionFault
	err = filepath.WalkDir(dataDir, func(path string, entry fs.DirEntry, err error) error {
		var info fs.FileInfo
		if err == nil {
			info, err = entry.Info()
		}
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil // Dgraph has just deleted it
		case err != nil:
			return err
		case info.Mode()&fs.ModeSymlink != 0:
			return nil
		}
		if user, ok := ownerOf(info); ok && known && user != owner {
			found = append(found, PermissionFault{File: path, What: fmt.Sprintf("belongs to user %d, and the data directory to user %d", user, owner), Owner: owner})
		}
		if mode := private(dataDir, path); mode != 0 && info.Mode().Perm()&^mode != 0 {
			found = append(found, PermissionFault{File: path, What: fmt.Sprintf("is open to other users (mode %04o)", info.Mode().Perm()), Owner: -1, Mode: mode})
		}
		return nil
	})
	return found, err
}

// private returns the widest mode of a file that must be private; 0 for other files. What is below a private directory
// needs no mode of its own, except for keys.
func private(dataDir, path string) fs.FileMode {
	name, err := filepath.Rel(filepath.Join(dataDir, "dgraph"), path)
	if err != nil {
		return 0
	}
	switch {
	case name == "." || name == certificateDir:
		return 0o700
	case filepath.Dir(name) == certificateDir && filepath.Ext(name) == ".key":
		return 0o600
	}
	return 0
}
