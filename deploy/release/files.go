package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// dir is the directory of the files that go beside the binary, the same for all targets.
func (r release) dir() string { return filepath.Join(r.work, "files") }

// documents are the files of the project in every package, with the links between them.
var documents = regexp.MustCompile(`^(LICENSE|[A-Z]+(\.ar)?\.md|docs/.*\.(md|png)|examples/.*\.(md|graphql|json)|deploy/.*\.(md|json|ya?ml|tpl|txt|service|env|conf))$`)

// ownFiles is the directory of this program, which no package has.
const ownFiles = "deploy/release/"

// files makes the files that go beside the binary:
//
//	doc/          the documents, as in the project, with NOTICE and THIRD-PARTY-LICENSES
//	man/          man pages
//	completions/  completion scripts
func (r release) files(binary string, parts []part) error {
	if err := os.RemoveAll(r.dir()); err != nil {
		return err
	}
	all, err := r.project()
	if err != nil {
		return err
	}
	for _, name := range all {
		content, err := os.ReadFile(filepath.Join(r.root, name))
		if err != nil {
			return err
		}
		if err := r.write("doc/"+name, content); err != nil {
			return err
		}
	}
	if err := r.write("doc/NOTICE", notice(parts)); err != nil {
		return err
	}
	if err := r.write("doc/THIRD-PARTY-LICENSES", licenceTexts(parts)); err != nil {
		return err
	}
	return r.manual(binary)
}

// project lists the documents of the project.
func (r release) project() ([]string, error) {
	var all []string
	top, err := os.ReadDir(r.root)
	if err != nil {
		return nil, err
	}
	for _, e := range top {
		found := []string{""}
		switch {
		case e.IsDir() && slices.Contains([]string{"docs", "examples", "deploy"}, e.Name()):
			if found, err = walk(filepath.Join(r.root, e.Name())); err != nil {
				return nil, err
			}
		case e.IsDir():
			continue
		}
		for _, name := range found {
			if name = path.Join(e.Name(), name); documents.MatchString(name) && !strings.HasPrefix(name, ownFiles) {
				all = append(all, name)
			}
		}
	}
	return all, nil
}

// manual makes the man pages, compressed, and the completion scripts.
func (r release) manual(binary string) error {
	made := filepath.Join(r.work, "manual")
	if err := os.RemoveAll(made); err != nil {
		return err
	}
	if out, err := exec.Command(binary, "manual", made).CombinedOutput(); err != nil {
		return fmt.Errorf("masar manual: %w: %s", err, out)
	}
	all, err := walk(made)
	if err != nil {
		return err
	}
	for _, name := range all {
		content, err := os.ReadFile(filepath.Join(made, name))
		if err != nil {
			return err
		}
		if strings.HasPrefix(name, "man/") {
			name, content = name+".gz", compressed(content)
		}
		if err := r.write(name, content); err != nil {
			return err
		}
	}
	return nil
}

func compressed(content []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	_, _ = w.Write(content) // a buffer takes everything
	_ = w.Close()
	return b.Bytes()
}

// write writes a file beside the binary, with the time of the release.
func (r release) write(name string, content []byte) error {
	path := filepath.Join(r.dir(), filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(path, content, 0o644); err != nil {
		return err
	}
	if err := os.Chmod(path, 0o644); err != nil { // whatever the umask is
		return err
	}
	return os.Chtimes(path, r.time, r.time)
}
