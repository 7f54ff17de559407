//go:build linux || darwin || freebsd || dragonfly

package embedded

import (
	"fmt"
	"os"
	"syscall"
)

// DiskOf returns the space of the file system of a directory.
func DiskOf(dir string) (Disk, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return Disk{}, fmt.Errorf("space of %s: %w", dir, err)
	}
	return Disk{Free: uint64(s.Bavail) * uint64(s.Bsize), Total: uint64(s.Blocks) * uint64(s.Bsize)}, nil
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
