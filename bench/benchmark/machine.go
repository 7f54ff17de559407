//go:build linux

package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"

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

// memoryOf returns the memory of a process, in bytes, with its share of what it has in common with others (PSS).
func memoryOf(pid int) int64 {
	var kB int64
	_, _ = fmt.Sscanf(entry(fmt.Sprintf("/proc/%d/smaps_rollup", pid), "Pss"), "%d kB", &kB)
	return kB << 10
}

// tick is the unit in which Linux counts processor time.
const tick = 10 * time.Millisecond

// processorTime returns the processor time that processes have used.
func processorTime(pids []int) (sum time.Duration) {
	for _, pid := range pids {
		text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		_, rest, _ := strings.Cut(string(text), ") ") // the name of the program comes before
		if fields := strings.Fields(rest); len(fields) > 12 {
			user, _ := strconv.Atoi(fields[11])
			system, _ := strconv.Atoi(fields[12])
			sum += time.Duration(user+system) * tick
		}
	}
	return sum
}

// pids returns the processes of masar and of its Dgraph.
func pids(dataDir string, masar int) []int {
	var all []int
	for _, p := range embedded.Processes(dataDir, masar) {
		all = append(all, p.PID)
	}
	return all
}

// memories returns the memory of masar and of its Dgraph, by the names of the processes.
func memories(dataDir string, masar int) map[string]int64 {
	all := map[string]int64{}
	for _, p := range embedded.Processes(dataDir, masar) {
		all[p.Name] = p.Memory
	}
	return all
}
