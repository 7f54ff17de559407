package main

import (
	"crypto/sha256"
	"debug/buildinfo"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

// release is what all its files have in common.
type release struct {
	root    string    // of the project
	work    string    // files on the way
	out     string    // finished files
	version string    // such as v1.2.3
	time    time.Time // of the commit; all files have it
}

// newRelease returns the release of the commit that bin/masar was built from, as its build information says. Outside of a
// git checkout the version and SOURCE_DATE_EPOCH must be given.
func newRelease(root, version string) (release, error) {
	r := release{root: root, work: filepath.Join(root, "bin/release"), out: filepath.Join(root, "dist"), version: version}
	info, err := buildinfo.ReadFile(filepath.Join(root, "bin/masar"))
	if err != nil {
		return r, fmt.Errorf("%w; run make build", err)
	}
	if r.version == "" {
		r.version = info.Main.Version
	}
	if !strings.HasPrefix(r.version, "v") {
		return r, fmt.Errorf("version %q is not like v1.2.3: give VERSION (this is not a git checkout, or the version has no v)", r.version)
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.time" {
			r.time, err = time.Parse(time.RFC3339, s.Value)
		}
		if s.Key == "vcs.modified" && s.Value == "true" {
			fmt.Fprintln(os.Stderr, "release: the checkout has changes that are not committed: nobody else can make these files")
		}
	}
	if given := os.Getenv("SOURCE_DATE_EPOCH"); given != "" && err == nil {
		var seconds int64
		seconds, err = strconv.ParseInt(given, 10, 64)
		r.time = time.Unix(seconds, 0)
	}
	if err != nil {
		return r, err
	}
	if r.time.IsZero() {
		return r, fmt.Errorf("the time of the commit is unknown: give SOURCE_DATE_EPOCH, in seconds since 1970")
	}
	r.time = r.time.UTC()
	// cobra, nfpm and Go read it.
	return r, os.Setenv("SOURCE_DATE_EPOCH", strconv.FormatInt(r.time.Unix(), 10))
}

// plain is the version without its v, as file names have it.
func (r release) plain() string { return strings.TrimPrefix(r.version, "v") }

// all makes all files of the release.
func (r release) all(chosen []target) error {
	parts, err := partsOf(r.root)
	if err != nil {
		return err
	}
	if err := check(parts); err != nil {
		return err
	}
	for _, dir := range []string{r.work, r.out} {
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
	own := filepath.Join(r.root, "bin/masar")
	for _, t := range chosen {
		path, err := r.build(t)
		if err != nil {
			return fmt.Errorf("%s: %w", t, err)
		}
		if t.os == runtime.GOOS && t.arch == runtime.GOARCH {
			own = path // it knows the version
		}
	}
	if err := r.files(own, parts); err != nil {
		return err
	}
	for _, t := range chosen {
		if err := r.of(t, parts); err != nil {
			return fmt.Errorf("%s: %w", t, err)
		}
	}
	return r.sums()
}

// of makes the files for a target, from its binary and the files beside it.
func (r release) of(t target, parts []part) error {
	bom := filepath.Join(r.out, fmt.Sprintf("masar_%s_%s_%s.cdx.json", r.plain(), t.os, t.arch))
	if err := r.sbom(r.binary(t), bom, parts); err != nil {
		return err
	}
	if err := r.archive(t, bom); err != nil {
		return err
	}
	if t.os != "linux" {
		return nil
	}
	return r.packages(t.arch, r.out)
}

// binary is the path of the binary for a target.
func (r release) binary(t target) string { return filepath.Join(r.work, t.os+"_"+t.arch, "masar") }

func (r release) build(t target) (string, error) {
	fmt.Println("building for", t)
	c := exec.Command("go", "build", "-trimpath", "-tags="+t.tags, "-ldflags=-s -w -X main.release="+r.version, "-o", r.binary(t), "./cmd/masar")
	c.Dir, c.Stderr = r.root, os.Stderr
	c.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=", "GOOS="+t.os, "GOARCH="+t.arch, "GOAMD64=v1", "GOARM64=v8.0")
	if err := c.Run(); err != nil {
		return "", err
	}
	return r.binary(t), os.Chtimes(r.binary(t), r.time, r.time)
}

// sums writes the SHA-256 of each file.
func (r release) sums() error {
	files, err := os.ReadDir(r.out)
	if err != nil {
		return err
	}
	var lines []string
	for _, f := range files {
		sum, err := sum(filepath.Join(r.out, f.Name()))
		if err != nil {
			return err
		}
		lines = append(lines, sum+"  "+f.Name()+"\n")
	}
	all := strings.Join(lines, "")
	fmt.Print(all)
	return os.WriteFile(filepath.Join(r.out, "SHA256SUMS"), []byte(all), 0o644)
}

func sum(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return fmt.Sprintf("%x", h.Sum(nil)), nil
}

// walk lists the regular files below a directory, as paths relative to it, in order.
func walk(dir string) (all []string, err error) {
	err = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		path, err = filepath.Rel(dir, path)
		all = append(all, filepath.ToSlash(path))
		return err
	})
	slices.Sort(all)
	return all, err
}
