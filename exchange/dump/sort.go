package dump

import (
	"bufio"
	"cmp"
	"container/heap"
	"encoding/binary"
	"errors"
	"io"
	"iter"
	"os"
	"slices"
)

// sortMemory is the size of the lines that a sorter holds in memory. More lines are sorted on the disk.
const sortMemory = 32 << 20

// sorter sorts lines by their keys in bounded memory. Keys are unique.
type sorter struct {
	dir   string
	limit int // of the lines in memory, in bytes
	held  []keyed
	bytes int
	runs  []*os.File // sorted parts
}

type keyed struct {
	key  string
	line []byte
}

func (s *sorter) add(key string, line []byte) error {
	s.held = append(s.held, keyed{key, line})
	if s.bytes += len(key) + len(line); s.bytes > s.limit {
		return s.spill()
	}
	return nil
}

// spill writes the lines in memory to a file, sorted.
func (s *sorter) spill() error {
	f, err := os.CreateTemp(s.dir, "masar-sort-")
	if err != nil {
		return err
	}
	s.runs = append(s.runs, f)
	s.sort()
	w := bufio.NewWriterSize(f, 1<<16)
	for _, k := range s.held {
		if err := errors.Join(writeBlock(w, []byte(k.key)), writeBlock(w, k.line)); err != nil {
			return err
		}
	}
	s.held, s.bytes = s.held[:0], 0
	clear(s.held[:cap(s.held)])
	return w.Flush()
}

func (s *sorter) sort() {
	slices.SortFunc(s.held, func(a, b keyed) int { return cmp.Compare(a.key, b.key) })
}

// each visits all lines in the order of their keys.
func (s *sorter) each(visit func(line []byte) error) error {
	if len(s.runs) == 0 {
		s.sort()
		for _, k := range s.held {
			if err := visit(k.line); err != nil {
				return err
			}
		}
		return nil
	}
	if err := s.spill(); err != nil {
		return err
	}
	m := &merge{}
	for _, f := range s.runs {
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return err
		}
		if err := m.open(bufio.NewReaderSize(f, 1<<16)); err != nil {
			return err
		}
	}
	heap.Init(m)
	for len(m.parts) > 0 {
		if err := visit(m.parts[0].line); err != nil {
			return err
		}
		if err := m.advance(); err != nil {
			return err
		}
	}
	return nil
}

// pull returns a function that returns the lines one by one, and one that must be called at the end.
func (s *sorter) pull() (next func() ([]byte, error, bool), stop func()) {
	return iter.Pull2(func(yield func([]byte, error) bool) {
		err := s.each(func(line []byte) error {
			if !yield(line, nil) {
				return errStopped
			}
			return nil
		})
		if err != nil && !errors.Is(err, errStopped) {
			yield(nil, err)
		}
	})
}

// errStopped ends a visit that nobody reads any more.
var errStopped = errors.New("the lines are no longer read")

// close removes the files.
func (s *sorter) close() {
	for _, f := range s.runs {
		f.Close()
		os.Remove(f.Name())
	}
}

// merge merges sorted parts.
type merge struct{ parts []sorted }

// sorted is a part with its current line.
type sorted struct {
	keyed
	from *bufio.Reader
}

// open adds a part, unless it is empty.
func (m *merge) open(from *bufio.Reader) error {
	k, err := readKeyed(from)
	if err == nil {
		m.parts = append(m.parts, sorted{k, from})
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// advance replaces the first line by the next one of its part.
func (m *merge) advance() error {
	next, err := readKeyed(m.parts[0].from)
	switch {
	case err == nil:
		m.parts[0].keyed = next
		heap.Fix(m, 0)
	case errors.Is(err, io.EOF):
		heap.Pop(m)
	default:
		return err
	}
	return nil
}

// Len, Less, Swap, Push and Pop implement heap.Interface.
func (m *merge) Len() int { return len(m.parts) }

// Less compares the current lines of two parts.
func (m *merge) Less(i, j int) bool { return m.parts[i].key < m.parts[j].key }

// Swap swaps two parts.
func (m *merge) Swap(i, j int) { m.parts[i], m.parts[j] = m.parts[j], m.parts[i] }

// Push adds a part.
func (m *merge) Push(p any) { m.parts = append(m.parts, p.(sorted)) }

// Pop removes the last part.
func (m *merge) Pop() any {
	last := m.parts[len(m.parts)-1]
	m.parts = m.parts[:len(m.parts)-1]
	return last
}

// writeBlock writes bytes after their number.
func writeBlock(w *bufio.Writer, b []byte) error {
	if _, err := w.Write(binary.AppendUvarint(nil, uint64(len(b)))); err != nil {
		return err
	}
	_, err := w.Write(b)
	return err
}

func readBlock(r *bufio.Reader) ([]byte, error) {
	n, err := binary.ReadUvarint(r)
	if err != nil {
		return nil, err
	}
	b := make([]byte, n)
	_, err = io.ReadFull(r, b)
	return b, err
}

// readKeyed reads a line with its key. The error is io.EOF at the end.
func readKeyed(r *bufio.Reader) (keyed, error) {
	key, err := readBlock(r)
	if err != nil {
		return keyed{}, err
	}
	line, err := readBlock(r)
	return keyed{string(key), line}, err
}
