package embedded

import "syscall"

// attributes make a process die with the thread that started it, and keep Ctrl-C in the terminal from it: masar
// drains first and then stops Dgraph itself.
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
