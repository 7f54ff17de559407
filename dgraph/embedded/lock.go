package embedded

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"masar/dgraph/embedded/internal/flock"
)

// InUseError reports that another process runs the Dgraph of a data directory.
type InUseError struct {
	// DataDir is the data directory.
	DataDir string
	// PID is the masar process that started Dgraph on it; 0 if unknown.
	PID int
	// Left reports that this masar has ended and left its Dgraph running.
	Left bool
}

// Error names the process that uses the directory, and the next step.
func (e *InUseError) Error() string {
	switch {
	case e.Left:
		return fmt.Sprintf("data directory %s is in use by the Dgraph that masar process %d started and left behind: "+
			"end the processes \"dgraph zero\" and \"dgraph alpha\" of that directory, then try again", e.DataDir, e.PID)
	case e.PID == 0:
		return fmt.Sprintf("data directory %s is in use by another masar: stop it, or give another data directory",
			e.DataDir)
	}
	return fmt.Sprintf("data directory %s is in use by another masar (process %d): stop it, or give another data directory",
		e.DataDir, e.PID)
}

// ErrNotRunning reports that no masar runs a Dgraph on a data directory.
var ErrNotRunning = errors.New("no Dgraph is running")

// running is the public information about the Dgraph of a directory.
type running struct {
	PID   int       `json:"pid"`
	GRPC  string    `json:"grpc"`
	HTTP  string    `json:"http"`
	Since time.Time `json:"since"`
}

// Use is the way in which processes use a data directory.
type Use string

// The uses.
const (
	// Unused means that no process uses the directory.
	Unused Use = "UNUSED"
	// Preparing means that a masar is starting or stopping its Dgraph.
	Preparing Use = "PREPARING"
	// Serving means that a masar has started a Dgraph, and keeps it running.
	Serving Use = "SERVING"
	// Abandoned means that a Dgraph is running, and that the masar that started it has ended.
	Abandoned Use = "ABANDONED"
)

// Usage describes which masar uses a data directory.
type Usage struct {
	// Use is the kind of use.
	Use Use
	// PID is the process of the masar; 0 if unknown. In an unused directory, it is a masar that ended without stopping its
	// Dgraph; 0 if the last one stopped it.
	PID int
	// URL is the dgraph:// URL of the Dgraph; empty unless Use is Serving.
	URL string
	// Since is the time when Dgraph was first ready; zero unless Use is Serving.
	Since time.Time
}

// Look returns the usage of a data directory. It changes nothing.
func Look(dataDir string) (Usage, error) {
	dataDir, err := filepath.Abs(dataDir)
	if err != nil {
		return Usage{}, err
	}
	dir := filepath.Join(dataDir, "dgraph")
	lock, err := os.Open(filepath.Join(dir, "lock"))
	if errors.Is(err, os.ErrNotExist) {
		return Usage{Use: Unused}, nil
	}
	if err != nil {
		return Usage{}, err
	}
	defer lock.Close()
	pid := owner(lock)
	switch err := flock.TryShared(lock); {
	case err == nil:
		return Usage{Use: Unused, PID: pid}, nil
	case !errors.Is(err, flock.ErrHeld):
		return Usage{}, err
	case pid != 0 && !alive(pid):
		return Usage{Use: Abandoned, PID: pid}, nil
	}
	var r running
	data, err := os.ReadFile(filepath.Join(dir, "running.json"))
	if err == nil {
		err = json.Unmarshal(data, &r)
	}
	if err != nil || r.PID != pid {
		return Usage{Use: Preparing, PID: pid}, nil
	}
	return Usage{Use: Serving, PID: pid, URL: address(dir, r.GRPC), Since: r.Since}, nil
}

// Find returns the dgraph:// URL of the Dgraph that another process, such as a running "masar serve", started on a data
// directory. If none is running and ready, the error is [ErrNotRunning].
func Find(dataDir string) (url string, err error) {
	if dataDir, err = filepath.Abs(dataDir); err != nil {
		return "", err
	}
	usage, err := Look(dataDir)
	switch {
	case err != nil:
		return "", err
	case usage.Use == Unused:
		return "", fmt.Errorf("%w on data directory %s: start \"masar serve\" there, or name a running one with --dgraph",
			ErrNotRunning, dataDir)
	case usage.Use != Serving:
		return "", fmt.Errorf("%w on data directory %s yet: process %d is starting or stopping it; try again soon",
			ErrNotRunning, dataDir, usage.PID)
	}
	return usage.URL, nil
}

// The time that a start waits for the lock. It is short if the owner is alive, because only [Find] may hold the lock. It
// is longer if the owner was killed, because its Dgraph may still be ending.
const (
	patience          = 300 * time.Millisecond
	patienceWithDying = 10 * time.Second
)

// acquire takes the lock of Dgraph's directory. The returned file is the lock. The processes of Dgraph inherit it, so
// that the directory stays locked until the last of them has ended.
func acquire(ctx context.Context, dataDir, dir string) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	for began := time.Now(); ; {
		err := flock.Try(f)
		if err == nil {
			break
		}
		if !errors.Is(err, flock.ErrHeld) {
			f.Close()
			return nil, err
		}
		pid := owner(f)
		waited, left := time.Since(began), pid != 0 && !alive(pid)
		if waited > patienceWithDying || waited > patience && !left {
			f.Close()
			return nil, &InUseError{DataDir: dataDir, PID: pid, Left: left}
		}
		if err := sleep(ctx, 20*time.Millisecond); err != nil {
			f.Close()
			return nil, err
		}
	}
	if err := f.Truncate(0); err != nil {
		f.Close()
		return nil, err
	}
	if _, err := f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// release releases the lock.
func release(lock *os.File) {
	lock.Truncate(0)
	lock.Close()
}

// owner reads the process that holds the lock from the lock file; 0 if it is not there.
func owner(lock *os.File) int {
	data, err := io.ReadAll(io.NewSectionReader(lock, 0, 32))
	if err != nil {
		return 0
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(data)))
	if err != nil {
		return 0
	}
	return pid
}
