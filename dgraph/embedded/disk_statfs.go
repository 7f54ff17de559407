//go:build linux || darwin || freebsd || dragonfly

package embedded

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// readOnly is the flag of a file system that accepts no writes. All these systems have the same number for it.
const readOnly = 1

// DiskOf returns the space of the file system of a directory.
func DiskOf(dir string) (Disk, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return Disk{}, fmt.Errorf("space of %s: %w", dir, err)
	}
	return Disk{Free: uint64(s.Bavail) * uint64(s.Bsize), Total: uint64(s.Blocks) * uint64(s.Bsize), ReadOnly: uint64(s.Flags)&readOnly != 0}, nil
}

// CanWrite returns an error if this user may not read, write and list a directory.
func CanWrite(dir string) error {
	const readWriteSearch = 7
	if err := syscall.Access(dir, readWriteSearch); err != nil && !errors.Is(err, syscall.EROFS) { // see Disk.ReadOnly
		return &os.PathError{Op: "access", Path: dir, Err: err}
	}
	return nil
}

// ownerOf returns the user id of the owner of a file.
func ownerOf(info os.FileInfo) (user int, ok bool) {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, false
	}
	return int(stat.Uid), true
}

// identity returns an identifier of a directory that a copy does not share; empty if the system has none.
func identity(dir string) string {
	info, err := os.Stat(dir)
	if err != nil {
		return ""
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return ""
	}
	return fmt.Sprintf("%d:%d", stat.Dev, stat.Ino)
}
