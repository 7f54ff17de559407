//go:build darwin || freebsd || netbsd || openbsd || dragonfly

package embedded

import "syscall"

// attributes protect a process from Ctrl-C in the terminal: masar first answers running requests and then stops Dgraph
// itself. This system (macOS or BSD) cannot end a process with its parent, as Linux does with Pdeathsig. After a SIGKILL
// of masar, Dgraph continues to run. It still holds the lock of its directory, and the next start reports this.
func attributes() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }
