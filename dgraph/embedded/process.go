package embedded

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
)

// process is one of Dgraph's two processes. A nil process has never been started.
type process struct {
	name   string
	log    string
	cmd    *exec.Cmd
	exited chan struct{} // closed when the process has ended
	err    error         // the reason for its end; read it after exited is closed
}

// done is closed when the process has ended.
func (p *process) done() <-chan struct{} {
	if p == nil {
		return nil
	}
	return p.exited
}

func (p *process) running() bool {
	if p == nil {
		return false
	}
	select {
	case <-p.exited:
		return false
	default:
		return true
	}
}

// epitaph describes the end of a process, with the last lines of its log.
func (p *process) epitaph() error {
	if p.cmd.ProcessState != nil && p.cmd.ProcessState.ExitCode() < 0 { // ended by a signal, so that it could not log a reason
		return fmt.Errorf("%s was ended from outside (%w): by hand, or by the system when memory is short", p.name, p.err)
	}
	how := "exit status 0"
	if p.err != nil {
		how = p.err.Error()
	}
	return fmt.Errorf("%s ended (%s): %s (its whole log is %s)", p.name, how, lastWords(p.log), p.log)
}

// stop asks the process to end, and kills it if the context ends first.
func (p *process) stop(ctx context.Context) error {
	if !p.running() {
		return nil
	}
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("stop %s (process %d): %w", p.name, p.cmd.Process.Pid, err)
	}
	select {
	case <-p.exited:
		return nil
	case <-ctx.Done():
	}
	p.cmd.Process.Kill()
	<-p.exited
	return fmt.Errorf("%s did not stop in time and was killed: nothing that was written is lost, "+
		"but its next start takes longer", p.name)
}

// nursery starts processes from one thread that lives until the nursery is closed. On Linux, a process that ends with its
// parent ends with the thread that started it, and Go ends and moves threads at any time.
type nursery struct{ births chan func() }

func newNursery() *nursery {
	n := &nursery{births: make(chan func())}
	go func() {
		runtime.LockOSThread() // never unlocked: the thread ends with this function
		for birth := range n.births {
			birth()
		}
	}()
	return n
}

func (n *nursery) close() { close(n.births) }

// start runs a program in a directory, with its output in DIR/NAME.log and a memory limit in megabytes. Without a
// program, it runs the program of this process, even if its file has been replaced.
func (n *nursery) start(name, dir string, lock *os.File, executable string, memory int, args []string) (*process, error) {
	p := &process{name: name, log: filepath.Join(dir, name+".log"), exited: make(chan struct{})}
	log, err := os.OpenFile(p.log, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	if executable, err = program(executable); err != nil {
		return nil, err
	}
	p.cmd = exec.Command(executable, args...)
	p.cmd.Dir = dir
	p.cmd.Env = append(environment(os.Environ()), fmt.Sprintf("GOMEMLIMIT=%dMiB", memory))
	p.cmd.Stdout, p.cmd.Stderr = log, log
	p.cmd.ExtraFiles = []*os.File{lock}
	p.cmd.SysProcAttr = attributes()

	result := make(chan error)
	n.births <- func() { result <- p.cmd.Start() }
	if err := <-result; err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	go func() {
		p.err = p.cmd.Wait()
		close(p.exited)
	}()
	return p, nil
}

// environment returns the variables of masar's environment that a Go program needs. Dgraph also takes flags from
// variables, and must not see masar's secrets.
func environment(all []string) []string {
	kept := []string{}
	for _, kv := range all {
		switch name, _, _ := strings.Cut(kv, "="); name {
		case "HOME", "PATH", "TMPDIR", "TZ", "LANG", "GODEBUG", "GOGC", "GOMAXPROCS", "GOTRACEBACK":
			kept = append(kept, kv)
		}
	}
	return kept
}

// program returns the given program, or the path of that of this process if none is given.
func program(given string) (string, error) {
	if given != "" {
		return given, nil
	}
	return own()
}

// self is a path on Linux to the program of this process. It works even if the file has been deleted or replaced.
const self = "/proc/self/exe"

// own returns the path of the program of this process. If its file still exists, this is the file's path, which is easier
// to read in process lists.
func own() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	runs, err := os.Stat(self)
	if err != nil {
		return path, nil // not on Linux
	}
	if file, err := os.Stat(path); err != nil || !os.SameFile(runs, file) {
		return self, nil
	}
	return path, nil
}
