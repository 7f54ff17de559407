//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package brief

import "syscall"

// end kills a process and its children: all processes of its group.
func end(pid int) error { return syscall.Kill(-pid, syscall.SIGKILL) }
