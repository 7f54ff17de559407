// Package graphfile keeps the graph that is held in memory, and the index of its words, in a file between starts. So a start reads
// from the database only what was written since. The file can be deleted at any time: the next start then reads the whole graph.
package graphfile

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"slices"

	"masar"
	"masar/search"
)

// File is the file of a graph. It begins with the SHA-256 of the rest.
type File struct{ path string }

// New returns the file at a path. It need not exist.
func New(path string) *File { return &File{path} }

// Kept is what a file holds.
type Kept struct {
	// Outline is the graph. The search terms of its entities are left out: they are in Words.
	Outline *masar.Outline
	Words   *search.Index
	// Write identifies the write that made the outline's snapshot, so that another graph with as many writes is not taken for it.
	Write string
}

// contents are what is encoded.
type contents struct {
	// Program identifies the program that wrote the file. Another one may read records differently.
	Program string
	Kept
}

// Read returns what the file holds; nil if there is no file, or if another program wrote it. The error says that the file is
// damaged or cannot be read.
func (f *File) Read() (*Kept, error) {
	file, err := os.Open(f.path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if err := check(file); err != nil {
		return nil, fmt.Errorf("%s: %w", f.path, err)
	}
	var c contents
	if err := gob.NewDecoder(bufio.NewReaderSize(file, bufferSize)).Decode(&c); err != nil {
		return nil, fmt.Errorf("%s: %w", f.path, err)
	}
	if c.Program != program() || c.Outline == nil || c.Words == nil {
		return nil, nil
	}
	return &c.Kept, nil
}

// bufferSize is the size of the buffers between the encoder and the file.
const bufferSize = 1 << 20

// check compares the file with its hash, and leaves the position behind the hash. So no decoder gets a damaged file.
func check(file io.ReadSeeker) error {
	var want [sha256.Size]byte
	if _, err := io.ReadFull(file, want[:]); err != nil {
		return errDamaged
	}
	hash := sha256.New()
	if _, err := io.CopyBuffer(hash, file, make([]byte, bufferSize)); err != nil {
		return err
	}
	if !bytes.Equal(hash.Sum(nil), want[:]) {
		return errDamaged
	}
	_, err := file.Seek(sha256.Size, io.SeekStart)
	return err
}

var errDamaged = errors.New("the contents do not match the hash")

// Write replaces the file. An interrupted write leaves the old file.
func (f *File) Write(k *Kept) (err error) {
	file, err := os.OpenFile(f.path+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(encode(file, &contents{program(), Kept{withoutTerms(k.Outline), k.Words, k.Write}}), file.Close()); err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return os.Rename(file.Name(), f.path)
}

// withoutTerms is an outline without the search terms of its entities.
func withoutTerms(o *masar.Outline) *masar.Outline {
	without := *o
	without.Entities = slices.Clone(o.Entities)
	for i := range without.Entities {
		without.Entities[i].Terms = ""
	}
	return &without
}

// encode writes the contents and, when these are complete, their hash in front.
func encode(file *os.File, c *contents) error {
	hash := sha256.New()
	buffer := bufio.NewWriterSize(io.MultiWriter(file, hash), bufferSize)
	if _, err := file.Write(make([]byte, sha256.Size)); err != nil {
		return err
	}
	if err := errors.Join(gob.NewEncoder(buffer).Encode(c), buffer.Flush()); err != nil {
		return err
	}
	_, err := file.WriteAt(hash.Sum(nil), 0)
	return err
}

// program identifies this program: how it was built, and its file.
func program() string {
	text := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		text = info.String()
	}
	if path, err := os.Executable(); err == nil {
		if info, err := os.Stat(path); err == nil {
			text += fmt.Sprint(info.Size(), info.ModTime().UnixNano())
		}
	}
	return fmt.Sprintf("%x", sha256.Sum256([]byte(text)))
}
