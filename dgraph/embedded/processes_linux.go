package embedded

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Processes returns the processes that use a data directory: Dgraph's, and the masar with a process id. It finds the
// processes of this user; all of them, if this user is root.
func Processes(dataDir string, masar int) []Process {
	dir, err := filepath.Abs(filepath.Join(dataDir, "dgraph"))
	if err == nil {
		dir, err = filepath.EvalSymlinks(dir)
	}
	entries, readErr := os.ReadDir("/proc")
	if err != nil || readErr != nil {
		return nil
	}
	var found []Process
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil {
			continue
		}
		name := "masar"
		if pid != masar {
			name = dgraphProcess(pid, dir)
		}
		if name != "" {
			found = append(found, describeProcess(name, pid))
		}
	}
	return found
}

// dgraphProcess returns the name of a process of Dgraph that works in a directory; empty for other processes.
func dgraphProcess(pid int, dir string) string {
	line, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	if err != nil {
		return ""
	}
	words := strings.Split(string(line), "\x00")
	if len(words) < 3 || words[1] != "dgraph" || words[2] != "zero" && words[2] != "alpha" {
		return ""
	}
	if cwd, err := os.Readlink(fmt.Sprintf("/proc/%d/cwd", pid)); err != nil || cwd != dir {
		return ""
	}
	return words[2]
}

// describeProcess reads the state of a process. What cannot be read stays zero.
func describeProcess(name string, pid int) Process {
	p := Process{Name: name, PID: pid}
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return p
	}
	for line := range strings.Lines(string(status)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		switch value = strings.TrimSpace(value); key {
		case "State":
			p.Suspended = strings.HasPrefix(value, "T")
		case "VmRSS":
			kB, _ := strconv.ParseInt(strings.TrimSuffix(value, " kB"), 10, 64)
			p.Resident = kB << 10
		}
	}
	environ, _ := os.ReadFile(fmt.Sprintf("/proc/%d/environ", pid))
	for variable := range bytes.SplitSeq(environ, []byte{0}) {
		if limit, ok := strings.CutPrefix(string(variable), "GOMEMLIMIT="); ok {
			mb, _ := strconv.ParseInt(strings.TrimSuffix(limit, "MiB"), 10, 64)
			p.Limit = mb << 20
		}
	}
	return p
}
