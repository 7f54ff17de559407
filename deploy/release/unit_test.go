package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// Catches: a unit that systemd does not understand in full.
func TestUnit(t *testing.T) {
	analyze := program(t, "systemd-analyze", "systemd")
	unit := installed(t)
	if out, err := exec.Command(analyze, "verify", "--man=no", unit).CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("systemd-analyze verify: %v\n%s", err, out)
	}
	if out, err := exec.Command(analyze, "security", "--offline=true", "--threshold=25", "--no-pager", unit).CombinedOutput(); err != nil {
		t.Errorf("systemd-analyze security: the exposure is above 2.5: %v\n%s", err, out)
	}
}

// installed is the unit with a program that exists.
func installed(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(root + "/deploy/systemd/masar.service")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	unit := strings.ReplaceAll(string(text), "/usr/bin/masar ", "/bin/true ")
	if unit == string(text) {
		t.Fatal("the unit does not start /usr/bin/masar")
	}
	path := filepath.Join(dir, "masar.service")
	if err := os.WriteFile(path, []byte(unit), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// Catches: a crash after which the service stays down. A Go program that panics, or that gets SIGQUIT, ends with 2, as
// after a wrong setting.
func TestUnitStartsAgainAfterAPanic(t *testing.T) {
	text, err := os.ReadFile(root + "/deploy/systemd/masar.service")
	if err != nil {
		t.Fatal(err)
	}
	if unit := string(text); strings.Contains(unit, "RestartPreventExitStatus=") || !strings.Contains(unit, "\nRestart=on-failure\n") {
		t.Error("the unit does not start masar again after every failure")
	}
}

// Catches: a setting in masar.env that is no flag of masar serve.
func TestSettingsAreFlags(t *testing.T) {
	binary := masar(t)
	text, err := os.ReadFile(root + "/deploy/systemd/masar.env")
	if err != nil {
		t.Fatal(err)
	}
	help := output(t, binary, "serve", "--help")
	settings := regexp.MustCompile(`(?m)^#MASAR_(\w+)=`).FindAllStringSubmatch(string(text), -1)
	if len(settings) < 5 {
		t.Fatalf("%d settings", len(settings))
	}
	for _, m := range settings {
		flag := strings.ReplaceAll(strings.ToLower(strings.TrimSuffix(m[1], "_FILE")), "_", "-")
		if !strings.Contains(help, "--"+flag+" ") {
			t.Errorf("MASAR_%s is not a setting of masar serve", m[1])
		}
	}
}

// Catches: a .goreleaser.yaml that packs, names or builds something else than this program.
func TestGoreleaserHasTheSame(t *testing.T) {
	type content struct {
		Src, Dst, Type, Packager string
		FileInfo                 struct{ Mode int } `yaml:"file_info"`
	}
	type about struct {
		Section, Priority, Maintainer, Description, License string
		Recommends, Suggests                                []string
		Umask                                               int
		Contents                                            []content
		Scripts                                             map[string]string
		Deb, RPM                                            map[string]any
	}
	read := func(path string, into any) {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := yaml.Unmarshal(text, into); err != nil {
			t.Fatal(err)
		}
	}
	var ours about
	read("nfpm.yaml", &ours)
	var theirs struct {
		Nfpms  []about
		Builds []struct {
			Targets []string
			Flags   []string
			Ldflags []string
		}
	}
	read(root+"/.goreleaser.yaml", &theirs)
	if len(theirs.Nfpms) != 1 || len(theirs.Builds) != 1 {
		t.Fatalf("%d packages, %d builds", len(theirs.Nfpms), len(theirs.Builds))
	}
	// goreleaser adds the binary itself.
	ours.Contents = ours.Contents[1:]
	want, got := asYAML(t, ours), asYAML(t, theirs.Nfpms[0])
	if want != got {
		t.Errorf("the packages differ.\nnfpm.yaml:\n%s\n.goreleaser.yaml:\n%s", want, got)
	}
	var names []string
	for _, target := range targets {
		names = append(names, target.os+"_"+target.arch)
	}
	for i, n := range theirs.Builds[0].Targets {
		theirs.Builds[0].Targets[i] = regexp.MustCompile(`_v\d.*$`).ReplaceAllString(n, "")
	}
	if got := strings.Join(theirs.Builds[0].Targets, " "); got != strings.Join(names, " ") {
		t.Errorf("goreleaser builds for %s, this program for %v", got, names)
	}
	if got := strings.Join(theirs.Builds[0].Ldflags, " "); got != "-s -w -X main.release=v{{ .Version }}" {
		t.Errorf("ldflags: %s", strconv.Quote(got))
	}
}

func asYAML(t *testing.T, v any) string {
	t.Helper()
	out, err := yaml.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
