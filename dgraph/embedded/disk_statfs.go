//go:build linux || darwin || freebsd || dragonfly

package embedded

import (
	"fmt"
	"os"
	"syscall"
)

// DiskOf is the space of the file system of a directory.
func DiskOf(dir string) (Disk, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return Disk{}, fmt.Errorf("space of %s: %w", dir, err)
	}
	return Disk{Free: uint64(s.Bavail) * uint64(s.Bsize), Total: uint64(s.Blocks) * uint64(s.Bsize)}, nil
}

// identity names a directory so that a copy has another name; empty where the system does not tell.
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
