package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/CycloneDX/cyclonedx-go"
)

const root = "../.."

// partsOnce are the parts of the binaries, listed once for all tests.
func partsOnce(t *testing.T) []part {
	t.Helper()
	if kept == nil {
		var err error
		if kept, err = partsOf(root); err != nil {
			t.Fatal(err)
		}
	}
	return kept
}

var kept []part

// Catches: a dependency without a licence, or with one that is not allowed.
func TestLicences(t *testing.T) {
	parts := partsOnce(t)
	if err := check(parts); err != nil {
		t.Error(err)
	}
	var names []string
	for _, p := range parts {
		names = append(names, p.name)
	}
	for _, known := range []string{"std", "github.com/dgraph-io/dgraph/v25", "github.com/hashicorp/vault/api", "github.com/inconshreveable/mousetrap"} {
		// mousetrap is for Windows only.
		if want := known != "github.com/inconshreveable/mousetrap"; slices.Contains(names, known) != want {
			t.Errorf("%s is among the parts: %t, want %t", known, !want, want)
		}
	}
}

// Catches: a decision about a licence that nothing needs any more.
func TestArguedLicencesAreNeeded(t *testing.T) {
	parts := partsOnce(t)
	for key := range argued {
		name := key[:strings.LastIndex(key, " ")]
		what := key[strings.LastIndex(key, " ")+1:]
		if strings.HasPrefix(name, "npm ") && !slices.ContainsFunc(parts, func(p part) bool { return p.npm }) {
			continue // the pages were not built
		}
		if !slices.ContainsFunc(parts, func(p part) bool {
			return p.name == name && (slices.Contains(p.licences, what) || slices.ContainsFunc(p.files, func(f text) bool { return f.path == what }))
		}) {
			t.Errorf("%q is argued and does not occur", key)
		}
	}
}

// Catches: a check of licences that lets something pass.
func TestLicencesThatAreNotAllowed(t *testing.T) {
	agpl := []byte(`This program is free software: you can redistribute it and/or modify it under the terms of the GNU Affero General
Public License as published by the Free Software Foundation, either version 3 of the License, or (at your option) any later version.

This program is distributed in the hope that it will be useful, but WITHOUT ANY WARRANTY; without even the implied warranty of
MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE. See the GNU Affero General Public License for more details.

You should have received a copy of the GNU Affero General Public License along with this program. If not, see
<https://www.gnu.org/licenses/>.`)
	for name, c := range map[string]struct {
		part part
		want string
	}{
		"none":         {part{name: "example.org/a", version: "v1"}, "example.org/a v1: no licence file"},
		"unknown text": {part{name: "example.org/a", files: []text{{"LICENSE", []byte("Do what the author says on Tuesdays.")}}}, "LICENSE is not the text of a known licence (0 %"},
		"AGPL":         {part{name: "example.org/a", files: []text{{"LICENSE", agpl}}}, "licence AGPL-3.0-or-later is not allowed"},
		"declared":     {part{name: "npm a", npm: true, declared: "GPL-2.0-only"}, "licence GPL-2.0-only is not allowed"},
	} {
		c.part.licences = licencesOf(c.part)
		if err := check([]part{c.part}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

// Catches: a part that NOTICE does not list, a notice or a licence that is not passed on.
func TestNotice(t *testing.T) {
	parts := partsOnce(t)
	list, texts := string(notice(parts)), string(licenceTexts(parts))
	for _, p := range parts {
		if !regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(p.title()) + ` +` + regexp.QuoteMeta(p.version) + ` `).MatchString(list) {
			t.Errorf("NOTICE lacks %s %s", p.name, p.version)
		}
		for _, n := range p.notices {
			if !strings.Contains(list, strings.TrimSpace(string(n.content))) {
				t.Errorf("NOTICE lacks %s of %s", n.path, p.name)
			}
		}
		for _, f := range p.files {
			if !strings.Contains(texts, strings.TrimSpace(string(f.content))) {
				t.Errorf("THIRD-PARTY-LICENSES lacks %s of %s", f.path, p.name)
			}
		}
	}
}

// masar is the path of the binary of the tests.
func masar(t *testing.T) string {
	t.Helper()
	path := os.Getenv("MASAR_TEST_BINARY")
	if path == "" {
		t.Skip("MASAR_TEST_BINARY is not set: run make package-test")
	}
	return path
}

// made is a release for linux/amd64, in new directories.
func made(t *testing.T) (release, target) {
	t.Helper()
	binary := masar(t)
	absolute, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	r := release{root: absolute, work: filepath.Join(absolute, "bin/release"), out: t.TempDir(), version: "v1.2.3-rc.1", time: time.Unix(1_700_000_000, 0).UTC()}
	t.Setenv("SOURCE_DATE_EPOCH", "1700000000")
	t.Setenv("TZ", "UTC") // in which dpkg-deb prints times
	linux := targets[0]
	if err := os.MkdirAll(filepath.Dir(r.binary(linux)), 0o755); err != nil {
		t.Fatal(err)
	}
	// The binary of this test stands for masar, which takes long to compress.
	small, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(small)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(r.binary(linux), content, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := r.files(binary, partsOnce(t)); err != nil {
		t.Fatal(err)
	}
	if err := r.of(linux, partsOnce(t)); err != nil {
		t.Fatal(err)
	}
	return r, linux
}

// program is the path of a program that the tests need.
func program(t *testing.T, name, debian string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Fatalf("%v: install it (apt-get install %s), or let .ci/readers.sh install it", err, debian)
	}
	return path
}

func output(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// Catches: a package or an archive without a file, or with another owner or mode; dependence on the clock or on the order
// of files.
func TestPackages(t *testing.T) {
	r, linux := made(t)
	deb, rpm := filepath.Join(r.out, "masar_1.2.3~rc.1_amd64.deb"), filepath.Join(r.out, "masar-1.2.3~rc.1-1.x86_64.rpm")
	wanted := map[string]string{ // path and mode
		"/usr/bin/masar":                                    "-rwxr-xr-x root root",
		"/usr/lib/systemd/system/masar.service":             "-rw-r--r-- root root",
		"/usr/lib/sysusers.d/masar.conf":                    "-rw-r--r-- root root",
		"/usr/lib/tmpfiles.d/masar.conf":                    "-rw-r--r-- root root",
		"/etc/masar/masar.env":                              "-rw-r----- root root",
		"/usr/share/man/man1/masar.1.gz":                    "-rw-r--r-- root root",
		"/usr/share/man/man1/masar-seed-load.1.gz":          "-rw-r--r-- root root",
		"/usr/share/bash-completion/completions/masar":      "-rw-r--r-- root root",
		"/usr/share/fish/vendor_completions.d/masar.fish":   "-rw-r--r-- root root",
		"/usr/share/doc/masar/LICENSE":                      "-rw-r--r-- root root",
		"/usr/share/doc/masar/NOTICE":                       "-rw-r--r-- root root",
		"/usr/share/doc/masar/THIRD-PARTY-LICENSES":         "-rw-r--r-- root root",
		"/usr/share/doc/masar/docs/installing.md":           "-rw-r--r-- root root",
		"/usr/share/doc/masar/docs/installing.ar.md":        "-rw-r--r-- root root",
		"/usr/share/doc/masar/deploy/prometheus/alerts.yml": "-rw-r--r-- root root",
	}
	t.Run("deb", func(t *testing.T) {
		dpkg := program(t, "dpkg-deb", "dpkg")
		line := regexp.MustCompile(`(?m)^(\S+) (\w+)/(\w+) +\d+ (\S+ \S+) \.(/\S+)$`)
		seen := map[string]string{}
		for _, m := range line.FindAllStringSubmatch(output(t, dpkg, "-c", deb), -1) {
			seen[m[5]] = m[1] + " " + m[2] + " " + m[3]
			if m[4] != "2023-11-14 22:13" {
				t.Errorf("%s has the time %s", m[5], m[4])
			}
		}
		for path, want := range wanted {
			if seen[path] != want {
				t.Errorf("%s is %q, want %q", path, seen[path], want)
			}
		}
		if seen["/usr/share/zsh/vendor-completions/_masar"] == "" || seen["/usr/share/doc/masar/copyright"] == "" {
			t.Error("the completion of zsh or the copyright file is missing")
		}
		about := output(t, dpkg, "-I", deb)
		for _, want := range []string{"Package: masar", "Version: 1.2.3~rc.1", "Architecture: amd64", "conffiles", "postinst", "prerm", "postrm"} {
			if !strings.Contains(about, want) {
				t.Errorf("dpkg-deb -I lacks %q:\n%s", want, about)
			}
		}
		if conffiles := output(t, dpkg, "-I", deb, "conffiles"); strings.TrimSpace(conffiles) != "/etc/masar/masar.env" {
			t.Errorf("conffiles: %s", conffiles)
		}
	})
	t.Run("rpm", func(t *testing.T) {
		reader := program(t, "rpm", "rpm")
		seen := map[string]string{}
		for line := range strings.Lines(output(t, reader, "-qp", "--qf", "[%{FILEMODES:perms} %{FILEUSERNAME} %{FILEGROUPNAME} %{FILENAMES}\n]", rpm)) {
			if f := strings.Fields(line); len(f) == 4 {
				seen[f[3]] = strings.Join(f[:3], " ")
			}
		}
		for path, want := range wanted {
			if seen[path] != want {
				t.Errorf("%s is %q, want %q", path, seen[path], want)
			}
		}
		if seen["/usr/share/zsh/site-functions/_masar"] == "" {
			t.Error("the completion of zsh is missing")
		}
		about := output(t, reader, "-qp", "--qf", "%{NAME} %{VERSION} %{ARCH} %{LICENSE} %{BUILDHOST} %{BUILDTIME}", rpm)
		if want := "masar 1.2.3~rc.1 x86_64 Apache-2.0 masar 1700000000"; about != want {
			t.Errorf("got %q, want %q", about, want)
		}
		if config := output(t, reader, "-qpc", rpm); strings.TrimSpace(config) != "/etc/masar/masar.env" {
			t.Errorf("configuration files: %s", config)
		}
		if scripts := output(t, reader, "-qp", "--scripts", rpm); strings.Count(scripts, "scriptlet (using /bin/sh)") != 3 {
			t.Errorf("scripts:\n%s", scripts)
		}
		output(t, reader, "-K", "--nosignature", rpm)
	})
	t.Run("archive", func(t *testing.T) {
		files := contents(t, filepath.Join(r.out, "masar_1.2.3-rc.1_linux_amd64.tar.gz"))
		for _, want := range []string{
			"masar", "masar.cdx.json", "README.md", "README.ar.md", "LICENSE", "NOTICE", "THIRD-PARTY-LICENSES", "man/masar.1.gz", "docs/installing.md",
			"completions/masar.bash", "completions/_masar", "completions/masar.fish", "completions/masar.ps1", "deploy/systemd/masar.service",
		} {
			if files["masar_1.2.3-rc.1_linux_amd64/"+want] == nil {
				t.Errorf("%s is missing", want)
			}
		}
		links(t, files)
	})
	t.Run("again", func(t *testing.T) {
		again := r
		again.out = t.TempDir()
		later := time.Now().Add(time.Hour)
		for _, path := range []string{r.binary(linux), filepath.Join(r.root, "deploy/systemd/masar.service")} {
			if err := os.Chtimes(path, later, later); err != nil {
				t.Fatal(err)
			}
		}
		if err := again.files(masar(t), partsOnce(t)); err != nil {
			t.Fatal(err)
		}
		if err := again.of(linux, partsOnce(t)); err != nil {
			t.Fatal(err)
		}
		names, err := walk(r.out)
		if err != nil || len(names) != 4 {
			t.Fatalf("%v: %v", names, err)
		}
		for _, name := range names {
			first, err := sum(filepath.Join(r.out, name))
			if err != nil {
				t.Fatal(err)
			}
			if second, err := sum(filepath.Join(again.out, name)); err != nil || first != second {
				t.Errorf("%s differs when it is made again: %v", name, err)
			}
		}
	})
	t.Run("sbom", func(t *testing.T) {
		binary, path := masar(t), filepath.Join(t.TempDir(), "masar.cdx.json")
		if err := r.sbom(binary, path, partsOnce(t)); err != nil {
			t.Fatal(err)
		}
		seeBOM(t, path, binary)
	})
}

// contents reads an archive: the small files, by name. Large ones are empty.
func contents(t *testing.T, path string) map[string][]byte {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	zip, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for r := tar.NewReader(zip); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return files
		}
		if err != nil {
			t.Fatal(err)
		}
		content := []byte{}
		if h.Size < 1<<20 {
			if content, err = io.ReadAll(r); err != nil {
				t.Fatal(err)
			}
		}
		files[h.Name] = content
	}
}

// links checks that the pages that an installed Masar has for operators lead to files that are there, too.
func links(t *testing.T, files map[string][]byte) {
	t.Helper()
	link := regexp.MustCompile(`\]\(([^)#:]+)(#[^)]*)?\)`)
	for name, content := range files {
		if base := path.Base(name); base != "installing.md" && base != "installing.ar.md" && base != "operating.md" {
			continue
		}
		for _, m := range link.FindAllSubmatch(content, -1) {
			if to := path.Join(path.Dir(name), string(m[1])); files[to] == nil {
				t.Errorf("%s leads to %s, which the archive lacks", name, m[1])
			}
		}
	}
}

// seeBOM compares a bill of materials with what "go version -m" says of the binary.
func seeBOM(t *testing.T, path, binary string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var bom cyclonedx.BOM
	if err := json.NewDecoder(bytes.NewReader(content)).Decode(&bom); err != nil {
		t.Fatal(err)
	}
	hash, err := sum(binary)
	if err != nil {
		t.Fatal(err)
	}
	if c := bom.Metadata.Component; c.Version != "v1.2.3-rc.1" || (*c.Hashes)[0].Value != hash {
		t.Errorf("the bill is of %s with %v", c.Version, c.Hashes)
	}
	listed, unlicensed := map[string]bool{}, 0
	for _, c := range *bom.Components {
		listed[c.Name+" "+c.Version] = true
		if c.Licenses == nil {
			unlicensed++
			t.Logf("%s has no licence in the bill", c.Name)
		}
	}
	module := regexp.MustCompile(`(?m)^\t(dep|=>)\t(\S+)\t(\S+)\t(h1:\S+)$`)
	modules := module.FindAllStringSubmatch(output(t, "go", "version", "-m", binary), -1)
	if len(modules) < 100 {
		t.Fatalf("%d modules", len(modules))
	}
	for _, m := range modules {
		if !listed[m[2]+" "+m[3]] {
			t.Errorf("the bill lacks %s %s", m[2], m[3])
		}
	}
	if unlicensed > 0 {
		t.Errorf("%d components have no licence", unlicensed)
	}
	wanted := []string{`"pkg:golang/std@1.`}
	if slices.ContainsFunc(partsOnce(t), func(p part) bool { return p.npm }) {
		wanted = append(wanted, `"pkg:npm/%40fontsource/amiri@`, `"pkg:npm/graphiql@`)
	}
	for _, want := range wanted {
		if !strings.Contains(string(content), want) {
			t.Errorf("the bill lacks %s", want)
		}
	}
}
