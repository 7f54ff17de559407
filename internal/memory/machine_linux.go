package memory

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"
)

// OfProcess returns the memory that a process can use: that of its machine, within the limits of its control groups. With
// 0, it is this process.
func OfProcess(pid int) (Machine, error) { return ofProcess(os.DirFS("/"), pid) }

func ofProcess(root fs.FS, pid int) (Machine, error) {
	process := "self"
	if pid != 0 {
		process = strconv.Itoa(pid)
	}
	m, err := ofMachine(root)
	if err != nil {
		return m, err
	}
	groups, err := fs.ReadFile(root, path.Join("proc", process, "cgroup"))
	if err != nil {
		return m, nil // a system without control groups
	}
	for line := range strings.Lines(string(groups)) {
		if group, ok := strings.CutPrefix(strings.TrimSpace(line), "0::/"); ok { // version 2
			m.withinGroups(root, group)
		}
	}
	return m, nil
}

// ofMachine reads the memory of the machine.
func ofMachine(root fs.FS) (Machine, error) {
	const file = "proc/meminfo"
	kB, err := values(root, file)
	if err != nil {
		return Machine{}, err
	}
	m := Machine{Total: kB["MemTotal:"] << 10, Available: kB["MemAvailable:"] << 10}
	if m.Total == 0 {
		return m, fmt.Errorf("/%s does not report the memory", file)
	}
	return m, nil
}

// withinGroups applies the limits of a control group and of all groups around it.
func (m *Machine) withinGroups(root fs.FS, group string) {
	const top = "sys/fs/cgroup"
	events, _ := values(root, path.Join(top, group, "memory.events"))
	m.Killed = events["oom_kill"]
	for dir := path.Join(top, group); ; dir = path.Dir(dir) {
		limit, limited := number(root, path.Join(dir, "memory.max"))
		used, known := number(root, path.Join(dir, "memory.current"))
		if limited && known {
			// Cached files count as used and give way to other data.
			parts, _ := values(root, path.Join(dir, "memory.stat"))
			free := limit - used + parts["file"]
			m.Total, m.Available = min(m.Total, limit), min(m.Available, max(0, free))
		}
		if dir == top || dir == "." {
			return
		}
	}
}

// number reads a file with one number.
func number(root fs.FS, file string) (int64, bool) {
	content, err := fs.ReadFile(root, file)
	if err != nil {
		return 0, false
	}
	n, err := strconv.ParseInt(strings.TrimSpace(string(content)), 10, 64)
	return n, err == nil
}

// values reads a file with a name and a number in each line, and perhaps a unit.
func values(root fs.FS, file string) (map[string]int64, error) {
	content, err := fs.ReadFile(root, file)
	if err != nil {
		return nil, err
	}
	all := map[string]int64{}
	for line := range strings.Lines(string(content)) {
		if fields := strings.Fields(line); len(fields) >= 2 {
			all[fields[0]], _ = strconv.ParseInt(fields[1], 10, 64)
		}
	}
	return all, nil
}
