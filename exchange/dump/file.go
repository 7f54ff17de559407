package dump

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// maxUnpacked is the maximum size of an unpacked file.
const maxUnpacked = 8 << 30

// packed compresses what is written to a file, by the suffix of its name. Equal content gives equal bytes.
func packed(name string, to io.Writer) (io.WriteCloser, error) {
	switch filepath.Ext(name) {
	case ".zst":
		return zstd.NewWriter(to, zstd.WithEncoderConcurrency(1), zstd.WithLowerEncoderMem(true))
	case ".gz":
		return gzip.NewWriter(to), nil
	}
	return plain{to}, nil
}

// plain is a writer that needs no end.
type plain struct{ io.Writer }

// Close does nothing.
func (plain) Close() error { return nil }

// unpacked is an open file whose content is decompressed while it is read.
type unpacked struct {
	io.Reader
	close func()
	file  *os.File
}

// Close closes the file.
func (u unpacked) Close() error {
	u.close()
	return u.file.Close()
}

// open opens a file, and decompresses it by the suffix of its name.
func open(path string) (io.ReadCloser, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	u := unpacked{f, func() {}, f}
	switch filepath.Ext(path) {
	case ".zst":
		d, err := zstd.NewReader(f, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxMemory(128<<20))
		if err != nil {
			return nil, errors.Join(err, f.Close())
		}
		u.Reader, u.close = d, d.Close
	case ".gz":
		d, err := gzip.NewReader(f)
		if err != nil {
			return nil, errors.Join(invalid("unreadable", map[string]any{"cause": err.Error()}), f.Close())
		}
		u.Reader = d
	}
	u.Reader = io.LimitReader(u.Reader, maxUnpacked)
	return u, nil
}

// OpenFile returns the file of a path.
func OpenFile(path string) File {
	return File{path, func() (io.ReadCloser, error) { return open(path) }}
}

// Ending reports whether a name has an ending that [OpenFile] and [Create] know.
func Ending(name string) bool {
	return strings.HasSuffix(strings.TrimSuffix(strings.TrimSuffix(name, ".zst"), ".gz"), ".jsonl")
}

// Create writes a file under another name, and renames it when it is complete and on the disk. An existing file is replaced only
// by a complete one.
func Create(path string, write func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	if err := fill(f, path, write); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// fill writes a new file and closes it when it is on the disk.
func fill(f *os.File, name string, write func(io.Writer) error) error {
	to, err := packed(name, f)
	if err == nil {
		err = write(to)
	}
	if err == nil {
		err = to.Close()
	}
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// syncDir makes renames in a directory survive a loss of power.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
