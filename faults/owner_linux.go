package faults

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// Processes are the processes that open connections, by name. They identify the process that has opened a connection,
// because all processes have the address 127.0.0.1. A process can then be cut off in both directions.
type Processes struct {
	mu   sync.Mutex
	pids map[int]string
}

// Add registers a process under a name.
func (p *Processes) Add(pid int, name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.pids == nil {
		p.pids = map[int]string{}
	}
	p.pids[pid] = name
}

// Owner returns the name of the process that has opened a connection to this one; empty if it is not registered.
func (p *Processes) Owner(c net.Conn) string {
	inode := socketOf(c.RemoteAddr().String(), c.LocalAddr().String())
	if inode == "" {
		return ""
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for pid, name := range p.pids {
		if holds(pid, "socket:["+inode+"]") {
			return name
		}
	}
	return ""
}

// socketOf returns the inode of the socket with these two IPv4 addresses.
func socketOf(local, remote string) string {
	file, err := os.Open("/proc/net/tcp")
	if err != nil {
		return ""
	}
	defer file.Close()
	wantLocal, wantRemote := hexAddress(local), hexAddress(remote)
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) > 9 && fields[1] == wantLocal && fields[2] == wantRemote {
			return fields[9]
		}
	}
	return ""
}

// hexAddress formats an address as /proc/net/tcp does: the bytes of a number in the order of this machine, which is
// little-endian.
func hexAddress(address string) string {
	a, err := net.ResolveTCPAddr("tcp4", address)
	if err != nil {
		return ""
	}
	ip := a.IP.To4()
	return fmt.Sprintf("%02X%02X%02X%02X:%04X", ip[3], ip[2], ip[1], ip[0], a.Port)
}

// holds reports whether a process has a file open.
func holds(pid int, file string) bool {
	dir := fmt.Sprintf("/proc/%d/fd", pid)
	open, err := os.ReadDir(dir)
	if err != nil {
		return false
	}
	for _, f := range open {
		if to, err := os.Readlink(filepath.Join(dir, f.Name())); err == nil && to == file {
			return true
		}
	}
	return false
}
