package embedded

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
)

// Copy copies the graph of a data directory that nobody uses to an empty directory, where a Dgraph can start on it. Parts of
// files that are only zeros take no space. It returns the number of bytes that the copy takes. The error is an
// [*InUseError] if a masar runs on the directory.
func Copy(ctx context.Context, dataDir, to string) (int64, error) {
	from := filepath.Join(dataDir, "dgraph")
	lock, err := acquire(ctx, dataDir, from)
	if err != nil {
		return 0, err
	}
	defer release(lock)
	total, err := copyFile(MarkerPath(dataDir), MarkerPath(to))
	if err != nil && !errors.Is(err, os.ErrNotExist) { // directories of older versions have none
		return 0, err
	}
	for _, store := range stores {
		entries, err := os.ReadDir(filepath.Join(from, store))
		if err != nil {
			return 0, err
		}
		dir := filepath.Join(to, "dgraph", store)
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return 0, err
		}
		for _, entry := range entries {
			if !entry.Type().IsRegular() {
				continue
			}
			if err := ctx.Err(); err != nil {
				return 0, err
			}
			size, err := copyFile(filepath.Join(from, store, entry.Name()), filepath.Join(dir, entry.Name()))
			if err != nil {
				return 0, err
			}
			total += size
		}
	}
	return total, nil
}

// copyFile copies a file, without the blocks that are only zeros, and returns the number of bytes in the others.
func copyFile(from, to string) (written int64, err error) {
	source, err := os.Open(from)
	if err != nil {
		return 0, err
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	block, zeros := make([]byte, copyBlock), make([]byte, copyBlock)
	for at := int64(0); ; {
		n, err := io.ReadFull(source, block)
		if n > 0 && !bytes.Equal(block[:n], zeros[:n]) {
			if _, err := target.WriteAt(block[:n], at); err != nil {
				return written, err
			}
			written += int64(n)
		}
		at += int64(n)
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return written, target.Truncate(at)
		case err != nil:
			return written, err
		}
	}
}

// copyBlock is the size of the parts of a file that are looked at, in bytes.
const copyBlock = 64 << 10
