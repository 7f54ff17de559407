package masartest

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Binary returns the path of masar: MASAR_TEST_BINARY, or a binary built for the test.
func Binary(tb testing.TB) string {
	tb.Helper()
	if path := os.Getenv("MASAR_TEST_BINARY"); path != "" {
		if !filepath.IsAbs(path) {
			tb.Fatalf("MASAR_TEST_BINARY is %q: give an absolute path", path)
		}
		return path
	}
	path := filepath.Join(tb.TempDir(), "masar")
	if out, err := exec.Command("go", "build", "-o", path, "masar/cmd/masar").CombinedOutput(); err != nil {
		tb.Fatalf("go build: %v\n%s", err, out)
	}
	return path
}
