package main

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"masar/internal/masartest"
)

// Catches: a service whose Dgraph cannot be restarted after an upgrade has replaced or deleted the binary, or is
// restarted from the binary of another version.
func TestBinaryIsReplaced(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("other systems do not lead to a program whose file is gone")
	}
	if testing.Short() {
		t.Skip("starts Dgraph twice")
	}
	binary := filepath.Join(t.TempDir(), "masar")
	if out, err := exec.Command("cp", masartest.Binary(t), binary).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	s := serve(t, binary, "--data-dir", t.TempDir())
	s.awaitReady(t, time.Minute)
	if err := os.Remove(binary); err != nil {
		t.Fatal(err)
	}
	// The new file is not a masar: starting it would fail.
	if err := os.WriteFile(binary, []byte("#!/bin/sh\nexit 7\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	alpha := s.children(t)["alpha"]
	if err := syscall.Kill(alpha, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	within(t, 5*time.Second, func() error {
		if code := s.status("/readyz"); code != http.StatusServiceUnavailable {
			return fmt.Errorf("/readyz: %d", code)
		}
		return nil
	})
	s.awaitReady(t, 30*time.Second)
	if now := s.children(t)["alpha"]; now == 0 || now == alpha {
		t.Errorf("alpha was process %d and is %d", alpha, now)
	}
	s.stop(t)
}

// Catches: a full disk that is not reported or loses acknowledged writes, and a service that does not recover when there
// is space again.
func TestDiskIsFull(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("starts Dgraph and fills a disk")
	}
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=120m", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("no right to mount a small disk: %v: %s", err, out)
	}
	t.Cleanup(func() { exec.Command("umount", "-l", dir).Run() })
	masarBinary, data := masartest.Binary(t), filepath.Join(dir, "data")
	s := serve(t, masarBinary, "--data-dir", data)
	s.awaitReady(t, time.Minute)
	if said := s.text(t, "/readyz?verbose"); !strings.Contains(said, "disk") || !strings.Contains(said, "nearly full") {
		t.Errorf("/readyz?verbose: %s", said)
	}

	ballast := filepath.Join(dir, "ballast")
	fill(t, ballast)
	if said := s.text(t, "/readyz?verbose"); !strings.Contains(said, "FULL, 0 MB free of 120 MB") {
		t.Errorf("/readyz?verbose: %s", said)
	}
	acknowledged := int64(1)
	within(t, 2*time.Minute, func() error { // until Dgraph can no longer write
		r := command(t, masarBinary, "seed", "load", "--data-dir", data, "--dir", renamed(t, acknowledged))
		if r.code == exitOK {
			acknowledged++
			return errors.New("it was written")
		}
		return nil
	})
	within(t, time.Minute, func() error {
		if !strings.Contains(s.talk(), "the disk of "+data+" is full (0 MB free of 120 MB)") {
			return errors.New("the log does not say that the disk is full")
		}
		return nil
	})
	t.Logf("%d writes were acknowledged", acknowledged)
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	s.awaitReady(t, 90*time.Second)
	r := command(t, masarBinary, "verify", "--data-dir", data)
	if r.code != exitOK || !strings.Contains(string(r.talk), fmt.Sprint("no faults in the graph at snapshot ", acknowledged)) &&
		!strings.Contains(string(r.talk), fmt.Sprint("no faults in the graph at snapshot ", acknowledged+1)) { // applied without an answer
		t.Error(r)
	}
	s.stop(t)
}

// fill writes a file until the disk is full.
func fill(t *testing.T, path string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	block := make([]byte, 1<<16)
	for {
		if _, err := f.Write(block); err != nil {
			if !errors.Is(err, syscall.ENOSPC) {
				t.Fatal(err)
			}
			return
		}
	}
}

// renamed returns a seed in which a country has another name for each number.
func renamed(t *testing.T, n int64) string {
	t.Helper()
	return copySeed(t, func(name string, content []byte) []byte {
		if name != "common/countries.yaml" {
			return content
		}
		return []byte(strings.Replace(string(content), "en: Egypt", fmt.Sprint("en: Egypt ", strings.Repeat("I", int(n))), 1))
	})
}
