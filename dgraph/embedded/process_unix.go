//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package embedded

import (
	"errors"
	"syscall"
)

// supported reports whether this system can run a Dgraph of masar's own.
func supported() error { return nil }

// alive reports whether there is a process of that id.
func alive(pid int) bool { return !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) }
