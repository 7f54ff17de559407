package embedded

import "syscall"

// attributes make a process end with the thread that started it, and protect it from Ctrl-C in the terminal: masar first
// answers running requests and then stops Dgraph itself.
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
