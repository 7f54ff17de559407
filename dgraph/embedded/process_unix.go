//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package embedded

import (
	"errors"
	"syscall"
)

// supported tells whether this system can run a Dgraph of masar's own.
func supported() error { return nil }

// alive tells whether there is a process of that id.
func alive(pid int) bool { return !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) }
