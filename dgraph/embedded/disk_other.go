//go:build !(linux || darwin || freebsd || dragonfly)

package embedded

import (
	"errors"
	"os"
)

// DiskOf returns no space, because this system does not report it.
func DiskOf(string) (Disk, error) { return Disk{}, errors.ErrUnsupported }

func identity(string) string { return "" }

// CanWrite returns nil, because this system does not report permissions in this way.
func CanWrite(string) error { return nil }

func ownerOf(os.FileInfo) (user int, ok bool) { return 0, false }
