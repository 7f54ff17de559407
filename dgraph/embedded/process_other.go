//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package embedded

import (
	"fmt"
	"runtime"
	"syscall"
)

func supported() error {
	return fmt.Errorf("masar cannot run its own Dgraph on %s: name a running one with --dgraph ADDRESS", runtime.GOOS)
}

func attributes() *syscall.SysProcAttr { return nil }

func alive(int) bool { return true }
