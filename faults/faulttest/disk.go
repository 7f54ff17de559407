//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// smallDisk is the size of the disk that is filled.
const smallDisk = "size=160m"

// fullDisk tests a masar whose data is on a small disk, which is filled while clients write. It needs the right to mount.
func fullDisk(ctx context.Context, o options, results *table) error {
	const name = "included: disk full until Dgraph ends"
	if !o.only.MatchString(name) {
		return nil
	}
	dir := filepath.Join(o.dir, "small-disk")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, smallDisk); err != nil {
		results.add(row{fault: name, note: fmt.Sprintf("NOT RUN: mounting a small disk: %v", err)})
		return nil
	}
	defer func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) }()
	s, err := startSingle(ctx, o, "disk", dir)
	if err != nil {
		return err
	}
	defer s.end()
	ballast := filepath.Join(dir, "ballast")
	inject := func(ctx context.Context) (func() error, error) {
		if err := fill(ballast); err != nil {
			return nil, err
		}
		return func() error { return os.Remove(ballast) }, until(ctx, "the end of writing", s.saysFull)
	}
	return s.injectAll(ctx, []fault{{
		name: name, inject: inject, lasts: 5 * time.Second,
		promise: promise{recovery: hangRecovery, stale: o.maxStale},
	}}, results)
}

// saysFull returns an error until the service names the full disk as the reason why it is not ready.
func (s *single) saysFull() error {
	_, err := get(s.http, "/readyz?verbose")
	switch {
	case err == nil:
		return errors.New("the service is ready")
	case !strings.Contains(err.Error(), "disk of "+s.dir+" is full"):
		return fmt.Errorf("the full disk is not named: %w", err)
	}
	return nil
}

// fill writes a file until the disk is full.
func fill(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	block := make([]byte, 1<<16)
	for err == nil {
		_, err = f.Write(block)
	}
	if errors.Is(err, syscall.ENOSPC) {
		return nil
	}
	return err
}
