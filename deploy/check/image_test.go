package check

import (
	"archive/tar"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func command(name string, args ...string) *exec.Cmd { return exec.Command(name, args...) }

func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, args, err, out)
	}
	return string(out)
}

// Catches: a file too many or too few in the image, a wrong owner or mode, and two images of one binary that differ.
func TestImageFiles(t *testing.T) {
	dir, binary := t.TempDir(), []byte("\x7fELF a static binary")
	if err := os.WriteFile(filepath.Join(dir, "masar"), binary, 0o755); err != nil {
		t.Fatal(err)
	}
	var archives [2][]byte
	for i := range archives {
		path := filepath.Join(dir, fmt.Sprint(i))
		run(t, filepath.Join(deploy, "container", "root.sh"), filepath.Join(dir, "masar"), path)
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		archives[i] = content
	}
	if !bytes.Equal(archives[0], archives[1]) {
		t.Error("two archives of the same files differ")
	}
	var got []string
	for r := tar.NewReader(bytes.NewReader(archives[0])); ; {
		h, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if h.ModTime.Unix() != 0 {
			t.Errorf("%s has the time %s, which differs between two builds", h.Name, h.ModTime)
		}
		got = append(got, fmt.Sprintf("%s %s %d:%d", h.FileInfo().Mode(), h.Name, h.Uid, h.Gid))
	}
	want := []string{
		"drwxr-xr-x etc/ 0:0", "-rw-r--r-- etc/group 0:0", "-rw-r--r-- etc/passwd 0:0", "drwxr-xr-x etc/ssl/ 0:0", "drwxr-xr-x etc/ssl/certs/ 0:0",
		"-rw-r--r-- etc/ssl/certs/ca-certificates.crt 0:0", "dtrwxrwxrwx tmp/ 0:0", "drwxr-xr-x usr/ 0:0", "drwxr-xr-x usr/bin/ 0:0",
		"-rwxr-xr-x usr/bin/masar 0:0", "drwx------ data/ 65532:65532",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("the image has\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Catches: an image with a binary that cannot run in it.
func TestImageNeedsAStaticBinary(t *testing.T) {
	path := filepath.Join(t.TempDir(), "masar")
	if err := os.WriteFile(path, []byte("\x7fELF\x00/lib64/ld-linux-x86-64.so.2\x00"), 0o755); err != nil {
		t.Fatal(err)
	}
	out, err := command(filepath.Join(deploy, "container", "root.sh"), path, path+".tar").CombinedOutput()
	if err == nil || !strings.Contains(string(out), "CGO_ENABLED=0") {
		t.Errorf("%v: %s", err, out)
	}
	run(t, filepath.Join(deploy, "container", "root.sh"), masar(t), path+".tar")
}

var setting = regexp.MustCompile(`\bMASAR_[A-Z_]+`)

// Catches: a setting of the image that masar does not have.
func TestImageSettings(t *testing.T) {
	content, err := os.ReadFile(filepath.Join(deploy, "container", "Containerfile"))
	if err != nil {
		t.Fatal(err)
	}
	known, found := flags(t, "serve"), setting.FindAllString(string(content), -1)
	for _, variable := range found {
		isSetting(t, known, "the image", variable)
	}
	if len(found) < 4 {
		t.Errorf("found only %v", found)
	}
}
