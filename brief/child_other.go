//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package brief

import (
	"os"
	"syscall"
)

func attributes() *syscall.SysProcAttr { return nil }

// end kills a process. This system has no groups of processes.
func end(pid int) error {
	p, err := os.FindProcess(pid)
	if err != nil {
		return err
	}
	return p.Kill()
}
