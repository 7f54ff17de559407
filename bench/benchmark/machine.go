//go:build linux

package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"

	"masar/dgraph/embedded"
)

// machineLoad returns the average number of running processes in the last minute. Times depend on it.
func machineLoad() string {
	load, _ := os.ReadFile("/proc/loadavg")
	first, _, _ := strings.Cut(string(load), " ")
	return first
}

// machine describes the machine.
func machine() string {
	return fmt.Sprintf("Machine: %d processors (%s), %s of memory, %s.", runtime.NumCPU(), entry("/proc/cpuinfo", "model name"), entry("/proc/meminfo", "MemTotal"), runtime.Version())
}

// entry returns the first value of a key in a file of lines "key: value".
func entry(path, key string) string {
	text, _ := os.ReadFile(path)
	for line := range strings.Lines(string(text)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == key {
			return strings.TrimSpace(value)
		}
	}
	return "unknown"
}

// resident returns the memory of a process, in bytes.
func resident(pid int) int64 {
	var kB int64
	_, _ = fmt.Sscanf(entry(fmt.Sprintf("/proc/%d/status", pid), "VmRSS"), "%d kB", &kB)
	return kB << 10
}

// residents returns the memory of masar and of its Dgraph, by the names of the processes.
func residents(dataDir string, masar int) map[string]int64 {
	all := map[string]int64{}
	for _, p := range embedded.Processes(dataDir, masar) {
		all[p.Name] = p.Resident
	}
	return all
}
