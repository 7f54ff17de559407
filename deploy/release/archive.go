package main

import (
	"archive/tar"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// archive makes the .tar.gz of a target: the binary, its bill of materials and the files beside it, in a directory.
func (r release) archive(t target, bom string) (err error) {
	name := fmt.Sprintf("masar_%s_%s_%s", r.plain(), t.os, t.arch)
	f, err := os.Create(filepath.Join(r.out, name+".tar.gz"))
	if err != nil {
		return err
	}
	defer f.Close()
	zip, err := gzip.NewWriterLevel(f, gzip.BestCompression)
	if err != nil {
		return err
	}
	w := tar.NewWriter(zip)
	if err := r.pack(w, name+"/masar", r.binary(t), 0o755); err != nil {
		return err
	}
	if err := r.pack(w, name+"/masar.cdx.json", bom, 0o644); err != nil {
		return err
	}
	all, err := walk(r.dir())
	if err != nil {
		return err
	}
	for _, file := range all {
		// The documents stand at the top, so that a reader sees README.md first.
		if err := r.pack(w, name+"/"+strings.TrimPrefix(file, "doc/"), filepath.Join(r.dir(), file), 0o644); err != nil {
			return err
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	if err := zip.Close(); err != nil {
		return err
	}
	return f.Close()
}

// pack adds a file to an archive, as root's and with the time of the release.
func (r release) pack(w *tar.Writer, name, path string, mode int64) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	header := &tar.Header{Name: name, Mode: mode, Size: info.Size(), ModTime: r.time, Uname: "root", Gname: "root", Format: tar.FormatPAX}
	if err := w.WriteHeader(header); err != nil {
		return err
	}
	_, err = io.Copy(w, f)
	return err
}
