//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package flock

import (
	"errors"
	"os"
)

// Lock fails: this system has no such locks.
func Lock(f *os.File) error {
	return &os.PathError{Op: "lock", Path: f.Name(), Err: errors.ErrUnsupported}
}

// Try fails: this system has no such locks.
func Try(f *os.File) error { return Lock(f) }

// TryShared fails: this system has no such locks.
func TryShared(f *os.File) error { return Lock(f) }
