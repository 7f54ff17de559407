package embedded

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// ports are the five ports of one Dgraph: Dgraph's default ports plus one offset.
type ports struct {
	Offset int `json:"offset"`
	// Directory identifies the directory for which they were chosen; empty if the system has no such identifier.
	Directory string `json:"directory"`
}

// portsFile is the file with the ports, in Dgraph's directory.
const portsFile = "ports.json"

// The range of offsets: above the well-known ports and below those that systems assign automatically.
const (
	firstOffset = 10_000
	lastOffset  = 23_000
)

func (p ports) zeroGRPC() string      { return p.loopback(5080) }
func (p ports) zeroHTTP() string      { return p.loopback(6080) }
func (p ports) alphaInternal() string { return p.loopback(7080) }
func (p ports) alphaHTTP() string     { return p.loopback(8080) }
func (p ports) alphaGRPC() string     { return p.loopback(9080) }

func (p ports) loopback(port int) string { return fmt.Sprintf("127.0.0.1:%d", port+p.Offset) }

// named returns the addresses by name.
func (p ports) named() map[string]string {
	return map[string]string{
		"zero gRPC": p.zeroGRPC(), "zero HTTP": p.zeroHTTP(),
		"alpha internal": p.alphaInternal(), "alpha HTTP": p.alphaHTTP(), "alpha gRPC": p.alphaGRPC(),
	}
}

// free reports whether all ports are free.
func (p ports) free() bool {
	for _, addr := range p.named() {
		l, err := net.Listen("tcp", addr)
		if err != nil {
			return false
		}
		l.Close()
	}
	return true
}

// choosePorts returns the earlier ports of the directory while they are free, because Dgraph stores addresses and needs
// some seconds to forget them. If they are taken or anew is set, it returns other free ports. A copy of a directory gets
// other ports, because its original may be started again.
func choosePorts(ctx context.Context, dir string, anew bool, log *slog.Logger) (ports, error) {
	path, directory := filepath.Join(dir, portsFile), identity(dir)
	kept, ok := readPorts(path)
	if ok && kept.Directory != "" && kept.Directory != directory {
		log.Info("the data directory was copied or moved: choosing other ports for Dgraph", "directory", dir)
		anew = true
	}
	if ok && !anew {
		// Processes that were killed a moment ago may still hold the ports.
		for range 20 {
			if kept.free() {
				kept.Directory = directory
				return kept, writeJSON(path, kept)
			}
			if err := sleep(ctx, 50*time.Millisecond); err != nil {
				return ports{}, err
			}
		}
	}
	for range 1000 {
		p := ports{Offset: firstOffset + rand.IntN(lastOffset-firstOffset), Directory: directory}
		if p.free() {
			return p, writeJSON(path, p)
		}
	}
	return ports{}, errors.New("found no five free ports for Dgraph on 127.0.0.1: is the loopback interface up?")
}

func readPorts(path string) (ports, bool) {
	var p ports
	data, err := os.ReadFile(path)
	if err != nil || json.Unmarshal(data, &p) != nil {
		return ports{}, false
	}
	return p, firstOffset <= p.Offset && p.Offset < lastOffset
}

// writeJSON replaces a file atomically.
func writeJSON(path string, v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if err := os.WriteFile(path+".new", append(data, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

// sleep waits, and reports whether the context ended first.
func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-time.After(d):
		return nil
	}
}

// TakenPorts returns the addresses of a data directory's ports on which a program listens. Call it while no masar uses
// the directory. It changes nothing.
func TakenPorts(ctx context.Context, dataDir string) []string {
	kept, ok := readPorts(filepath.Join(dataDir, "dgraph", portsFile))
	if !ok {
		return nil
	}
	var taken []string
	for _, addr := range kept.named() {
		ctx, cancel := context.WithTimeout(ctx, 300*time.Millisecond)
		var dialer net.Dialer
		if conn, err := dialer.DialContext(ctx, "tcp", addr); err == nil {
			conn.Close()
			taken = append(taken, addr)
		}
		cancel()
	}
	slices.Sort(taken)
	return taken
}
