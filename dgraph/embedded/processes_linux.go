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
	p.Suspended = strings.HasPrefix(valueOf(pid, "status", "State"), "T")
	kB, _ := strconv.ParseInt(strings.TrimSuffix(valueOf(pid, "smaps_rollup", "Pss"), " kB"), 10, 64)
	p.Memory = kB << 10
	environ, _ := os.ReadFile(fmt.Sprintf("/proc/%d/environ", pid))
	for variable := range bytes.SplitSeq(environ, []byte{0}) {
		if limit, ok := strings.CutPrefix(string(variable), "GOMEMLIMIT="); ok {
			mb, _ := strconv.ParseInt(strings.TrimSuffix(limit, "MiB"), 10, 64)
			p.Limit = mb << 20
		}
	}
	return p
}

// valueOf returns a value from a file of a process with a name and a value in each line; empty if it cannot be read.
func valueOf(pid int, file, name string) string {
	content, _ := os.ReadFile(fmt.Sprintf("/proc/%d/%s", pid, file))
	for line := range strings.Lines(string(content)) {
		if key, value, _ := strings.Cut(line, ":"); key == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
