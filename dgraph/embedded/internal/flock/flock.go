// Package flock takes locks on files that the system gives back when the last process that holds the file open ends,
// however it ends.
package flock

import "errors"

// ErrHeld says that another holds the lock.
var ErrHeld = errors.New("the lock is held by another")
