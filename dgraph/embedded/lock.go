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

// InUseError says that the Dgraph of a data directory is run by another.
type InUseError struct {
	// DataDir is the data directory.
	DataDir string
	// PID is the masar process that started Dgraph on it; 0 if that is not known.
	PID int
	// Left is set when that masar is gone, but has left its Dgraph running.
	Left bool
}

// Error says who uses the directory and what to do.
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

// ErrNotRunning says that no masar runs a Dgraph on a data directory.
var ErrNotRunning = errors.New("no Dgraph is running")

// running is what others may know of the Dgraph of a directory.
type running struct {
	PID   int       `json:"pid"`
	GRPC  string    `json:"grpc"`
	HTTP  string    `json:"http"`
	Since time.Time `json:"since"`
}

// Find gives the gRPC address of the Dgraph that another process, such as a running "masar serve", started on a data
// directory. Where there is none, or none that is ready yet, the error is [ErrNotRunning].
func Find(dataDir string) (addr string, err error) {
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
	return r.GRPC, nil
}

// How long a start waits for the lock: a moment where the owner lives, for [Find] may be looking; and longer where the
// owner was killed, for its Dgraph may still be dying.
const (
	patience          = 300 * time.Millisecond
	patienceWithDying = 10 * time.Second
)

// acquire takes the lock of Dgraph's directory. The file that it returns is the lock: the processes of Dgraph inherit
// it, so that the directory is not free before the last of them is gone.
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

// release gives the lock back.
func release(lock *os.File) {
	lock.Truncate(0)
	lock.Close()
}

// owner reads from the lock file which process holds it; 0 if it does not say.
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
