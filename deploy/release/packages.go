package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/goreleaser/nfpm/v2"
	_ "github.com/goreleaser/nfpm/v2/deb" // registers the format
	_ "github.com/goreleaser/nfpm/v2/rpm" // registers the format
)

// packages makes the deb and the rpm of an architecture in a directory, as nfpm.yaml describes them.
func (r release) packages(arch, out string) error {
	// The paths in nfpm.yaml begin at the root of the project.
	before, err := os.Getwd()
	if err != nil {
		return err
	}
	if err := os.Chdir(r.root); err != nil {
		return err
	}
	defer func() { _ = os.Chdir(before) }()
	for _, format := range []string{"deb", "rpm"} {
		if err := r.packageOf(format, arch, out); err != nil {
			return fmt.Errorf("%s: %w", format, err)
		}
	}
	return nil
}

func (r release) packageOf(format, arch, out string) error {
	config, err := nfpm.ParseFileWithEnvMapping("deploy/release/nfpm.yaml", func(name string) string {
		return map[string]string{"VERSION": r.version, "ARCH": arch}[name]
	})
	if err != nil {
		return err
	}
	info, err := config.Get(format)
	if err != nil {
		return err
	}
	info.MTime = r.time
	info = nfpm.WithDefaults(info)
	packager, err := nfpm.Get(format)
	if err != nil {
		return err
	}
	path := filepath.Join(out, packager.ConventionalFileName(info))
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info.Target = path
	if err := packager.Package(info, f); err != nil {
		return err
	}
	return f.Close()
}
