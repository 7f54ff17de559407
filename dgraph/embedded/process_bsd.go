//go:build darwin || freebsd || netbsd || openbsd || dragonfly

package embedded

import "syscall"

// attributes keep Ctrl-C in the terminal from a process: masar drains first and then stops Dgraph itself. Here, and on
// macOS above all, the system cannot be asked to end a process with its parent (Linux has Pdeathsig for that): after a
// SIGKILL of masar Dgraph runs on. It still holds the lock of its directory, and the next start says so.
func attributes() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }
