package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/google/licensecheck"
)

// part is a piece of other people's software in the binaries: a Go module, or an npm package of the pages.
type part struct {
	name, version string
	npm           bool
	declared      string   // the licence that package.json names
	licences      []string // SPDX identifiers of the licences in its files, or the declared one
	files         []text   // its licence files
	notices       []text   // what must be passed on beside the licences
}

// text is a file of a part.
type text struct {
	path    string // relative to the part
	content []byte
}

// allowed are the licences that a part may have: permissive ones, that of fonts, and MPL-2.0, whose conditions concern
// only its own files. A part with any other needs a decision.
var allowed = []string{
	"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-2-Clause-Views", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT",
	"MPL-2.0", "OFL-1.1", "PSF-2.0", "Unicode-DFS-2016", "Unlicense", "Zlib",
}

// argued are parts with a licence or a licence file that are accepted by a decision, with the reason (decision 152).
var argued = map[string]string{
	"github.com/modelcontextprotocol/go-sdk CC-BY-4.0": "concerns its documentation, which is not in the binary",
	"npm argparse LICENSE":                             "PSF-2.0, as package.json says; the text has other years",
	"npm entities LICENSE":                             "BSD-2-Clause, as package.json says; the text has no numbers",
}

// partsOf returns the parts of the binaries for all targets, in order.
func partsOf(root string) ([]part, error) {
	all := map[string]*part{}
	for _, t := range targets {
		if err := modules(root, t, all); err != nil {
			return nil, err
		}
	}
	if err := npmPackages(filepath.Join(root, "web"), all); err != nil {
		return nil, err
	}
	var parts []part
	for _, name := range slices.Sorted(maps.Keys(all)) {
		p := all[name]
		p.licences = licencesOf(*p)
		parts = append(parts, *p)
	}
	return parts, nil
}

// modules adds the Go modules of a target's binary, and Go's own library. Modules that are replaced by a directory of Masar
// are Masar's.
func modules(root string, t target, all map[string]*part) error {
	list := exec.Command("go", "list", "-deps", "-tags="+t.tags, "-json=ImportPath,Dir,Standard,Module", "./cmd/masar")
	list.Dir, list.Stderr = root, os.Stderr
	list.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+t.os, "GOARCH="+t.arch)
	out, err := list.Output()
	if err != nil {
		return fmt.Errorf("go list: %w", err)
	}
	type module struct {
		Path, Version string
		Main          bool
		Replace       *module
	}
	for d := json.NewDecoder(bytes.NewReader(out)); d.More(); {
		var p struct {
			ImportPath, Dir string
			Standard        bool
			Module          *module
		}
		if err := d.Decode(&p); err != nil {
			return err
		}
		if p.Standard || p.Module == nil || p.Module.Main || p.Module.Replace != nil && p.Module.Replace.Version == "" {
			continue
		}
		m := *p.Module
		// The directory of the module, in Go's cache or in vendor/.
		within := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, m.Path), "/")
		top := strings.TrimSuffix(p.Dir, filepath.FromSlash(within))
		if m.Replace != nil {
			m.Path, m.Version = m.Replace.Path, m.Replace.Version
		}
		found := all[m.Path]
		if found == nil {
			found = &part{name: m.Path, version: m.Version}
			all[m.Path] = found
		}
		for dir := within; ; dir = filepath.ToSlash(filepath.Dir(dir)) {
			if dir == "." {
				dir = ""
			}
			if err := found.read(top, dir); err != nil {
				return err
			}
			if dir == "" {
				break
			}
		}
	}
	return goLibrary(all)
}

// goLibrary adds Go's own library, whose licence is in the directory of Go.
func goLibrary(all map[string]*part) error {
	if all["std"] != nil {
		return nil
	}
	out, err := exec.Command("go", "env", "GOROOT", "GOVERSION").Output()
	if err != nil {
		return fmt.Errorf("go env: %w", err)
	}
	dir, version, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	all["std"] = &part{name: "std", version: strings.TrimPrefix(version, "go")}
	return all["std"].read(dir, "")
}

// npmPackages adds the npm packages of the pages, if the pages were built: all that web/package-lock.json has for use and not
// only for building. Not each of them has code in the pages.
func npmPackages(web string, all map[string]*part) error {
	built := []string{"dist/graphiql/index.html", "dist/site/manifest.json"}
	if !slices.ContainsFunc(built, func(file string) bool { _, err := os.Stat(filepath.Join(web, file)); return err == nil }) {
		return nil
	}
	content, err := os.ReadFile(filepath.Join(web, "package-lock.json"))
	if err != nil {
		return err
	}
	var lock struct {
		Packages map[string]struct {
			Version, License                 string
			Dev, DevOptional, Optional, Peer bool
		}
	}
	if err := json.Unmarshal(content, &lock); err != nil {
		return err
	}
	for path, p := range lock.Packages {
		if path == "" || p.Dev || p.DevOptional {
			continue
		}
		dir := filepath.Join(web, filepath.FromSlash(path))
		if _, err := os.Stat(dir); err != nil {
			if p.Optional || p.Peer {
				continue
			}
			return fmt.Errorf("%w; run npm ci in web/", err)
		}
		name := path[strings.LastIndex(path, "node_modules/")+len("node_modules/"):]
		found := &part{name: "npm " + name, version: p.Version, npm: true, declared: p.License}
		if err := found.read(dir, ""); err != nil {
			return err
		}
		all[found.name+" "+p.Version] = found
	}
	return nil
}

var (
	licenceName = regexp.MustCompile(`(?i)^(un|mit-|apache-)?(licen[cs]e|copying|copyright)`)
	noticeName  = regexp.MustCompile(`(?i)^(notice|third-?party-?notices|patents)`)
	codeName    = regexp.MustCompile(`(?i)\.(go|js|mjs|cjs|ts|html)$`)
)

// read adds the licence files and notices of a directory of a part, once.
func (p *part) read(top, dir string) error {
	entries, err := os.ReadDir(filepath.Join(top, dir))
	if err != nil {
		return err
	}
	for _, e := range entries {
		licence := licenceName.MatchString(e.Name())
		if !e.Type().IsRegular() || codeName.MatchString(e.Name()) || !licence && !noticeName.MatchString(e.Name()) {
			continue
		}
		name := filepath.ToSlash(filepath.Join(dir, e.Name()))
		list := &p.notices
		if licence {
			list = &p.files
		}
		if slices.ContainsFunc(*list, func(t text) bool { return t.path == name }) {
			continue
		}
		content, err := os.ReadFile(filepath.Join(top, name))
		if err != nil {
			return err
		}
		*list = append(*list, text{name, bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n"))})
		slices.SortFunc(*list, func(a, b text) int { return strings.Compare(a.path, b.path) })
	}
	return nil
}

// recognized is the share of a licence file that must be the text of known licences, in percent. The rest is names, years
// and lists of files.
const recognized = 75

// licencesOf are the licences of a part, as SPDX identifiers.
func licencesOf(p part) []string {
	var all []string
	for _, f := range p.files {
		for _, m := range licensecheck.Scan(f.content).Match {
			all = append(all, m.ID)
		}
	}
	if len(all) == 0 && p.declared != "" {
		all = append(all, p.declared)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// check returns an error for each part without a licence, or with one that is not allowed.
func check(parts []part) error {
	var faults []error
	add := func(p part, format string, args ...any) {
		faults = append(faults, fmt.Errorf("%s %s: "+format, append([]any{p.name, p.version}, args...)...))
	}
	for _, p := range parts {
		if len(p.files) == 0 && p.declared == "" {
			add(p, "no licence file: replace it, or argue it in docs/decisions.md and in licences.go")
		}
		for _, f := range p.files {
			if argued[p.name+" "+f.path] != "" {
				continue
			}
			if scan := licensecheck.Scan(f.content); scan.Percent < recognized {
				add(p, "%s is not the text of a known licence (%.0f %% of it are): read it, and argue it in docs/decisions.md and in licences.go", f.path, scan.Percent)
			}
		}
		for _, l := range p.licences {
			if !slices.Contains(allowed, l) && argued[p.name+" "+l] == "" {
				add(p, "licence %s is not allowed: replace it, or argue it in docs/decisions.md and in licences.go", l)
			}
		}
	}
	return errors.Join(faults...)
}
