package embedded

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// Marker records the content of a data directory. It is stored next to Dgraph's files, so that a Dgraph that has lost its
// data is not taken for a new one.
type Marker struct {
	// Cluster is the id that Dgraph gave itself.
	Cluster string `json:"cluster"`
	// Snapshot is the highest known snapshot of the graph; 0 until the first write.
	Snapshot int64 `json:"snapshot"`
	// Versions are the versions that last opened the files; empty in markers of earlier versions.
	Versions
}

// Versions are the versions of the programs that write a data directory.
type Versions struct {
	// Masar is the version of masar.
	Masar string `json:"masar,omitempty"`
	// Dgraph is the version of the included Dgraph.
	Dgraph string `json:"dgraph,omitempty"`
}

// MarkerPath returns the path of the marker of a data directory.
func MarkerPath(dataDir string) string { return filepath.Join(dataDir, "marker.json") }

// ReadMarker reads the marker of a data directory; nil if it has none.
func ReadMarker(dataDir string) (*Marker, error) {
	path := MarkerPath(dataDir)
	data, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var m Marker
	if err := json.Unmarshal(data, &m); err != nil || m.Snapshot < 0 || m.Snapshot > 0 && m.Cluster == "" {
		return nil, &DamageError{DataDir: dataDir, File: path, What: "cannot be read", Accept: true}
	}
	return &m, nil
}

// writeMarker writes the marker so that it survives a loss of power.
func writeMarker(dataDir string, m Marker) error {
	data, err := json.Marshal(m)
	if err != nil {
		return err
	}
	path := MarkerPath(dataDir)
	f, err := os.OpenFile(path+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(append(data, '\n'))
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(path+".new", path); err != nil {
		return err
	}
	dir, err := os.Open(dataDir)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// compare reports data that the marker records and the graph does not have.
func (m Marker) compare(dataDir, cluster string, snapshot int64) error {
	damage := &DamageError{DataDir: dataDir, File: filepath.Join(dataDir, "dgraph"), Accept: true}
	switch {
	case m.Snapshot == 0:
		return nil
	case m.Cluster != cluster:
		damage.What = fmt.Sprintf("is of another cluster (%s) than the marker (%s)", cluster, m.Cluster)
	case snapshot == 0:
		damage.What, damage.Accept = fmt.Sprintf("has no graph; its last snapshot was %d", m.Snapshot), false
	case snapshot < m.Snapshot:
		damage.What = fmt.Sprintf("has lost writes: its graph is at snapshot %d and was at %d", snapshot, m.Snapshot)
	default:
		return nil
	}
	return damage
}

// The directories in which Dgraph keeps data.
const (
	zeroLog    = "zw"
	alphaLog   = "w"
	tableStore = "p" // of Alpha: the graph
)

var stores = []string{zeroLog, alphaLog, tableStore}

// moveAside moves the files of the graph in a data directory to a separate directory. It returns that directory, or "" if
// there was nothing to move.
func moveAside(dataDir, dir string) (string, error) {
	aside := filepath.Join(dataDir, "before-"+time.Now().UTC().Format("20060102T150405Z"))
	moved := ""
	for _, path := range []string{
		MarkerPath(dataDir), filepath.Join(dir, zeroLog), filepath.Join(dir, alphaLog), filepath.Join(dir, tableStore), filepath.Join(dir, "t"),
	} {
		if _, err := os.Lstat(path); errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err := os.MkdirAll(aside, 0o700); err != nil {
			return "", err
		}
		if err := os.Rename(path, filepath.Join(aside, filepath.Base(path))); err != nil {
			return "", err
		}
		moved = aside
	}
	return moved, nil
}
