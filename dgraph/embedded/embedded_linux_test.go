package embedded_test

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"masar/dgraph/embedded"
	"masar/dgraph/embedded/embeddedtest"
)

// Catches: a port of Dgraph that is open to the network.
func TestListensOnLoopbackAlone(t *testing.T) {
	s := embeddedtest.Shared(t)
	var open []string
	for _, pid := range processes(t, s) {
		open = append(open, listeners(t, pid)...)
	}
	if len(open) != 5 {
		t.Errorf("Dgraph listens on %v, want five addresses", open)
	}
	for _, addr := range open {
		if !strings.HasPrefix(addr, "0100007F:") {
			t.Errorf("Dgraph listens on %s, which is not 127.0.0.1", addr)
		}
	}
}

// Catches: environment variables of masar that configure Dgraph or disclose a secret to it, and a secret on a command
// line.
func TestChildrenSeeNoSecret(t *testing.T) {
	for name, pid := range processes(t, embeddedtest.Shared(t)) {
		for _, file := range []string{"environ", "cmdline"} {
			data, err := os.ReadFile(fmt.Sprintf("/proc/%d/%s", pid, file))
			if err != nil {
				t.Fatal(err)
			}
			for _, word := range []string{"secret", "surprise"} {
				if bytes.Contains(data, []byte(word)) {
					t.Errorf("%s: %q in %s", name, word, file)
				}
			}
		}
	}
}

// Catches: a Dgraph that is not restarted, a readiness that does not change, and data or an address lost in a restart.
func TestKilledProcessIsStartedAgain(t *testing.T) {
	s := embeddedtest.Shared(t)
	if _, err := embeddedtest.Post(t.Context(), s, "/alter", "application/json", `{"drop_all": true}`); err != nil {
		t.Fatal(err)
	}
	addName(t, s, "before")
	addr, restarts := s.Addr(), s.State().Restarts
	for i, name := range []string{"alpha", "zero"} {
		if err := syscall.Kill(processes(t, s)[name], syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		for _, phase := range []embedded.Phase{embedded.Restarting, embedded.Ready} {
			for s.State().Phase != phase {
				if time.Since(began) > 30*time.Second {
					t.Fatalf("%s was killed: %+v, want %s", name, s.State(), phase)
				}
				time.Sleep(5 * time.Millisecond)
			}
		}
		t.Logf("%s was killed: ready again after %s", name, time.Since(began))
		if got := s.State(); got.Restarts != restarts+i+1 || got.Err == nil || !strings.Contains(got.Err.Error(), name+" was ended from outside (signal: killed)") {
			t.Errorf("%s was killed: %+v", name, got)
		}
		addName(t, s, "after "+name)
	}
	if s.Addr() != addr {
		t.Errorf("the address moved from %s to %s", addr, s.Addr())
	}
	if diff := cmp.Diff([]string{"after alpha", "after zero", "before"}, names(t, s)); diff != "" {
		t.Error(diff)
	}
}

// Catches: a Dgraph that continues after masar is killed and then blocks the next masar, and lost writes that were
// acknowledged.
func TestKillOfMasarLeavesNoOrphanAndLosesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	masar := exec.Command(os.Args[0], "play-masar", dir)
	masar.Stderr = os.Stderr
	out, err := masar.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := masar.Start(); err != nil {
		t.Fatal(err)
	}
	defer masar.Process.Kill()
	if line, _ := bufio.NewReader(out).ReadString('\n'); line != "ready\n" {
		t.Fatalf("masar said %q", line)
	}
	before, err := embedded.Find(dir)
	if err != nil {
		t.Fatal(err)
	}
	pids := children(t, masar.Process.Pid)
	if len(pids) != 2 {
		t.Fatalf("masar has the processes %v, want two", pids)
	}

	if err := masar.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	masar.Wait()
	began := time.Now()
	s := embeddedtest.Start(t, in(dir))
	t.Logf("ready %s after the kill", time.Since(began))
	for name, pid := range pids {
		if running(pid) {
			t.Errorf("%s (process %d) runs on", name, pid)
		}
	}
	if s.URL() != before {
		t.Errorf("the address moved from %s to %s", before, s.URL())
	}
	if diff := cmp.Diff([]string{"kept"}, names(t, s)); diff != "" {
		t.Error(diff)
	}

	mine := processes(t, s)
	if err := s.Stop(t.Context()); err != nil {
		t.Error(err)
	}
	for name, pid := range mine {
		if running(pid) {
			t.Errorf("%s (process %d) runs on after Stop", name, pid)
		}
	}
}

// processes returns the two processes of a server of this test: the children with its ports.
func processes(t *testing.T, s *embedded.Server) map[string]int {
	t.Helper()
	_, port, _ := strings.Cut(s.Addr(), ":")
	n, err := strconv.Atoi(port)
	if err != nil {
		t.Fatal(err)
	}
	flag := fmt.Sprintf("--port_offset=%d", n-9080)
	found := children(t, os.Getpid(), flag)
	if len(found) != 2 {
		t.Fatalf("the processes of Dgraph are %v, want two", found)
	}
	return found
}

// children returns the Dgraph processes that a process started, by name, with all flags.
func children(t *testing.T, parent int, flags ...string) map[string]int {
	t.Helper()
	found := map[string]int{}
	all, err := filepath.Glob("/proc/[0-9]*/status")
	if err != nil {
		t.Fatal(err)
	}
	for _, status := range all {
		data, _ := os.ReadFile(status)
		if !bytes.Contains(data, fmt.Appendf(nil, "\nPPid:\t%d\n", parent)) {
			continue
		}
		cmdline, _ := os.ReadFile(filepath.Join(filepath.Dir(status), "cmdline"))
		args := strings.Split(string(cmdline), "\x00")
		if len(args) < 3 || slices.ContainsFunc(flags, func(f string) bool { return !slices.Contains(args, f) }) {
			continue
		}
		pid, err := strconv.Atoi(filepath.Base(filepath.Dir(status)))
		if err != nil {
			t.Fatal(err)
		}
		found[args[2]] = pid
	}
	return found
}

// running reports whether a process exists and is not a zombie.
func running(pid int) bool {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err == nil && !bytes.Contains(data, []byte(") Z "))
}

// listeners returns the addresses on which a process listens, as the system writes them.
func listeners(t *testing.T, pid int) []string {
	t.Helper()
	sockets := map[string]bool{}
	fds, err := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", pid))
	if err != nil {
		t.Fatal(err)
	}
	for _, fd := range fds {
		target, _ := os.Readlink(fd)
		if inode, ok := strings.CutPrefix(target, "socket:["); ok {
			sockets[strings.TrimSuffix(inode, "]")] = true
		}
	}
	var found []string
	for _, table := range []string{"/proc/net/tcp", "/proc/net/tcp6", "/proc/net/udp", "/proc/net/udp6"} {
		data, err := os.ReadFile(table)
		if err != nil {
			continue // a system without IPv6
		}
		for line := range strings.Lines(string(data)) {
			const local, state, inode, listening = 1, 3, 9, "0A"
			f := strings.Fields(line)
			if len(f) > inode && sockets[f[inode]] && (f[state] == listening || strings.Contains(table, "udp")) {
				found = append(found, f[local])
			}
		}
	}
	return found
}
