// Command release makes the files of a release of Masar: archives, deb and rpm packages, bills of materials and
// checksums. It needs no network once the modules are in Go's cache. Equal commits give equal files.
//
//	release            make all files in dist/, with the version of bin/masar
//	release licences   check the licence of each dependency
//	release files      make only the files that go beside the binary, in bin/release/files/
//	release sbom BINARY FILE
//
// It is a module of its own so that its libraries are not among those of Masar.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	root := flag.String("root", "../..", "root `directory` of Masar")
	version := flag.String("version", os.Getenv("VERSION"), "version, such as v1.2.3 (default: that of bin/masar)")
	only := flag.String("only", "", "targets, such as linux/amd64,linux/arm64 (default: all)")
	flag.Parse()
	if err := run(*root, *version, *only, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

func run(root, version, only string, args []string) error {
	root, err := filepath.Abs(root)
	if err != nil {
		return err
	}
	what := "all"
	if len(args) > 0 {
		what, args = args[0], args[1:]
	}
	if what == "licences" && len(args) == 0 {
		parts, err := partsOf(root)
		if err != nil {
			return err
		}
		return check(parts)
	}
	chosen, err := choose(only)
	if err != nil {
		return err
	}
	r, err := newRelease(root, version)
	if err != nil {
		return err
	}
	switch {
	case what == "all" && len(args) == 0:
		return r.all(chosen)
	case what == "files" && len(args) == 0:
		parts, err := partsOf(root)
		if err != nil {
			return err
		}
		return r.files(filepath.Join(root, "bin/masar"), parts)
	case what == "sbom" && len(args) == 2:
		parts, err := partsOf(root)
		if err != nil {
			return err
		}
		return r.sbom(args[0], args[1], parts)
	}
	return errors.New("usage: release [-version V] [-only TARGETS] [licences | files | sbom BINARY FILE]")
}

// target is a system that a release has a binary for.
type target struct {
	os, arch string
	tags     string // build tags
}

func (t target) String() string { return t.os + "/" + t.arch }

// targets are all of them. Packages are for Linux. The archives for macOS are for developers.
var targets = []target{{"linux", "amd64", ""}, {"linux", "arm64", ""}, {"darwin", "amd64", ""}, {"darwin", "arm64", ""}}

func choose(only string) ([]target, error) {
	if only == "" {
		return targets, nil
	}
	var chosen []target
	for name := range strings.SplitSeq(only, ",") {
		found := false
		for _, t := range targets {
			if t.String() == name {
				chosen, found = append(chosen, t), true
			}
		}
		if !found {
			return nil, fmt.Errorf("%q is not a target: give some of %v", name, targets)
		}
	}
	return chosen, nil
}
