package main

import (
	"fmt"
	"strconv"
	"strings"

	"masar/dgraph/embedded"
	"masar/dgraph/embedded/carried"
	"masar/internal/memory"
)

// The memory that a process needs besides Go's memory, and the memory that a running service should have left, in bytes.
// See "Memory" in docs/operating.md.
const (
	besidesGo = 65 << 20
	spare     = 64 << 20
)

// checkMemory compares the memory of the machine with that of the processes, or with their default limits.
func (d *doctor) checkMemory() {
	const check = "memory"
	machine, err := memory.OfProcess(d.running())
	if err != nil {
		d.unchecked(check, err.Error())
		return
	}
	need, left := d.need(), fmt.Sprintf("%d MB of %d MB are available", machine.Available>>20, machine.Total>>20)
	lower := "add memory, or start with lower limits: masar serve " + d.where() + " --memory 50"
	if d.dgraph == "" {
		lower += fmt.Sprintf(" --alpha-memory %d --zero-memory %d", embedded.DefaultAlphaMB/2, embedded.DefaultZeroMB/2)
	}
	processes := d.processes()
	var used []string
	for _, p := range processes {
		used = append(used, fmt.Sprintf("%s uses %d MB", p.Name, p.Memory>>20))
	}
	seen := strings.Join(append(used, left), ", ")
	switch {
	case machine.Total < need:
		d.warning(check, fmt.Sprintf("%s, and the limits of the processes need %d MB", seen, need>>20), "The system may end Dgraph when memory is short.", lower)
	case d.running() != 0 && machine.Killed > 0:
		d.warning(check, fmt.Sprintf("%s; the system has ended %s of the service for lack of memory", seen, count(int(machine.Killed), "process")),
			"The limit of the control group is too low for the service.", "raise the limit (MemoryMax= under systemd) and restart the service")
	case len(processes) > 0 && machine.Available < spare, len(processes) == 0 && machine.Available < need:
		d.warning(check, seen, "The system may end Dgraph when memory is short.", "end other programs, or "+lower)
	default:
		d.ok(check, "%s", seen)
	}
}

// processes returns the processes that use the data directory; none with --dgraph.
func (d *doctor) processes() []embedded.Process {
	if d.dgraph != "" || d.usage.Use == embedded.Unused {
		return nil
	}
	return embedded.Processes(d.dataDir, d.usage.PID)
}

// running returns the process of the running masar; 0 if none is running.
func (d *doctor) running() int {
	if d.usage.Use == embedded.Unused {
		return 0
	}
	return d.usage.PID
}

// need returns the memory that a service needs with its limits: those of the running processes, or the default limits.
func (d *doctor) need() int64 {
	need := int64(ownMB<<20 + besidesGo)
	if d.dgraph != "" {
		return need
	}
	limits := map[string]int64{"alpha": embedded.DefaultAlphaMB << 20, "zero": embedded.DefaultZeroMB << 20}
	for _, p := range d.processes() {
		if p.Limit > 0 {
			limits[p.Name] = p.Limit
		}
	}
	for _, limit := range limits {
		need += limit + besidesGo
	}
	return need
}

// checkVersions compares this binary with the versions that last opened the files of a data directory.
func (d *doctor) checkVersions() {
	const check = "versions"
	own := theseVersions()
	if !carried.Carried {
		d.fault(check, "this binary has no Dgraph", "It cannot serve a data directory.", "use a binary that was built without the tag nodgraph, or name a running Dgraph with --dgraph")
		return
	}
	marker, err := embedded.ReadMarker(d.dataDir)
	if err != nil || marker == nil || marker.Versions == (embedded.Versions{}) {
		d.ok(check, "this is masar %s with Dgraph %s; the files do not record the version that wrote them", own.Masar, own.Dgraph)
		return
	}
	seen := fmt.Sprintf("this is masar %s with Dgraph %s; the files were last opened by masar %s with Dgraph %s", own.Masar, own.Dgraph, marker.Masar, marker.Dgraph)
	switch newer := newerVersion(marker.Dgraph, own.Dgraph); {
	case d.usage.Use != embedded.Unused && marker.Versions != own:
		d.warning(check, fmt.Sprintf("this is masar %s, and the running one is masar %s", own.Masar, marker.Masar),
			"After an upgrade, the service uses the new version only after a restart.", d.restart()+" with the version that you want")
	case newer:
		d.fault(check, seen, "An older Dgraph may not be able to read the files.", "use masar "+marker.Masar+" or a newer one")
	default:
		d.ok(check, "%s", seen)
	}
}

// newerVersion reports whether a version such as v25.4.0 is newer than another. It is false for versions of another form.
func newerVersion(a, b string) bool {
	x, y := numbers(a), numbers(b)
	if len(x) == 0 || len(y) == 0 {
		return false
	}
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return x[i] > y[i]
		}
	}
	return false
}

// numbers returns the numbers of a version; nil if it has another form.
func numbers(version string) []int {
	core, _, _ := strings.Cut(strings.TrimPrefix(version, "v"), "-")
	var all []int
	for part := range strings.SplitSeq(core, ".") {
		n, err := strconv.Atoi(part)
		if err != nil {
			return nil
		}
		all = append(all, n)
	}
	return all
}
