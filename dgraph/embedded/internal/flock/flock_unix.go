//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package flock

import (
	"errors"
	"os"
	"syscall"
)

// Lock takes the lock on an open file, and waits for it.
func Lock(f *os.File) error { return lock(f, syscall.LOCK_EX) }

// Try takes the lock on an open file, or fails at once with [ErrHeld].
func Try(f *os.File) error { return lock(f, syscall.LOCK_EX|syscall.LOCK_NB) }

// TryShared is Try for one that only looks: many may hold the lock so, but none beside the one that took it by Try.
func TryShared(f *os.File) error { return lock(f, syscall.LOCK_SH|syscall.LOCK_NB) }

func lock(f *os.File, how int) error {
	for {
		err := syscall.Flock(int(f.Fd()), how)
		switch {
		case err == nil:
			return nil
		case errors.Is(err, syscall.EINTR):
		case errors.Is(err, syscall.EWOULDBLOCK):
			return ErrHeld
		default:
			return &os.PathError{Op: "lock", Path: f.Name(), Err: err}
		}
	}
}
