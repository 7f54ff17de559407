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

// Find returns the dgraph:// URL of the Dgraph that another process, such as a running "masar serve", started on a data
// directory. If none is running and ready, the error is [ErrNotRunning].
func Find(dataDir string) (url string, err error) {
	if dataDir, err = filepath.Abs(dataDir); err != nil {
		return "", err
	}
	dir := filepath.Join(dataDir, "dgraph")
	none := fmt.Errorf("%w on data directory %s: start \"masar serve\" there, or name a running one with --dgraph",
		ErrNotRunning, dataDir)
	lock, err := os.Open(filepath.Join(dir, "lock"))
	if errors.Is(err, os.ErrNotExist) {
		return "", none
	}
	if err != nil {
		return "", err
	}
	defer lock.Close()
	switch err := flock.TryShared(lock); {
	case err == nil:
		return "", none
	case !errors.Is(err, flock.ErrHeld):
		return "", err
	}
	pid := owner(lock)
	var r running
	data, err := os.ReadFile(filepath.Join(dir, "running.json"))
	if err == nil {
		err = json.Unmarshal(data, &r)
	}
	if err != nil || r.PID != pid || !alive(pid) {
		return "", fmt.Errorf("%w on data directory %s yet: process %d is starting or stopping it; try again soon",
			ErrNotRunning, dataDir, pid)
	}
	return address(dir, r.GRPC), nil
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
