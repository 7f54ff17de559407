package embedded

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Disk is the space of a file system.
type Disk struct {
	// Free and Total are in bytes. Free is the space available to this user.
	Free, Total uint64
	// ReadOnly reports that the file system accepts no writes.
	ReadOnly bool
}

// Limits of free space below which a disk counts as full or nearly full. A log of Dgraph grows by some megabytes at a
// time.
const (
	fullDisk = 8 << 20
	lowDisk  = 512 << 20
)

// Full reports whether no more data can be written.
func (d Disk) Full() bool { return d.Free < fullDisk }

// Low reports whether the disk is nearly full.
func (d Disk) Low() bool { return d.Free < lowDisk }

// String returns the free space as text.
func (d Disk) String() string { return fmt.Sprintf("%d MB free of %d MB", d.Free>>20, d.Total>>20) }

// Sync writes everything that the Dgraph of a data directory has acknowledged to the disk.
func Sync(dataDir string) error {
	root := filepath.Join(dataDir, "dgraph")
	return filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() {
			err = syncFile(path)
		}
		if path != root && errors.Is(err, fs.ErrNotExist) { // Dgraph removes files while it runs
			return nil
		}
		return err
	})
}

func syncFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
