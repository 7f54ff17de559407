package check

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// deploy is the directory of the deployment files.
const deploy = ".."

// binary is the path of masar: MASAR_TEST_BINARY, or a binary that is built once for all tests.
var binary = sync.OnceValues(func() (string, error) {
	if path := os.Getenv("MASAR_TEST_BINARY"); path != "" {
		return path, nil
	}
	dir, err := os.MkdirTemp("", "masar")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "masar")
	build := exec.Command("go", "build", "-o", path, "./cmd/masar")
	build.Dir = filepath.Join(deploy, "..")
	if out, err := build.CombinedOutput(); err != nil {
		return "", &exec.Error{Name: string(out), Err: err}
	}
	return path, nil
})

func masar(t *testing.T) string {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

var flag = regexp.MustCompile(`(?m)^ +(?:-\w, )?--([a-z0-9_-]+)`)

// flags are the flags of a command, as its help lists them.
func flags(t *testing.T, command ...string) map[string]bool {
	t.Helper()
	out, err := exec.Command(masar(t), append(command, "--help")...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", command, err, out)
	}
	known := map[string]bool{}
	for _, f := range flag.FindAllStringSubmatch(string(out), -1) {
		known[f[1]] = true
	}
	if len(known) < 5 {
		t.Fatalf("the help of %s lists %d flags:\n%s", command, len(known), out)
	}
	return known
}

// isSetting checks that a variable with the prefix MASAR_ is one of masar serve. Masar ignores others without a word.
func isSetting(t *testing.T, known map[string]bool, where, variable string) {
	t.Helper()
	name, is := strings.CutPrefix(variable, "MASAR_")
	name = strings.ReplaceAll(strings.ToLower(name), "_", "-")
	if is && !known[name] && name != "dgraph-file" {
		t.Errorf("%s sets %s, and masar serve has no --%s", where, variable, name)
	}
}
