// Package clients_test runs GraphQL software from npm against the whole service: the audit suite of GraphQL over HTTP,
// clients, compilers and linters. Each script in this directory exits with 0 or prints its findings.
package clients_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"masar/dgraph/embedded/embeddedtest"
	"masar/internal/masartest"
	"masar/loaders"
)

func TestMain(m *testing.M) { embeddedtest.Main(m) }

// modules are files that the scripts share.
var modules = []string{"examples.mjs", "service.mjs"}

// Catches: a change of the service that breaks a client, compiler or linter.
func TestClients(t *testing.T) {
	if _, err := os.Stat("node_modules"); err != nil {
		t.Fatal("clients/node_modules is missing: run make test, or (cd clients && npm ci)")
	}
	scripts, err := filepath.Glob("*.mjs")
	if err != nil {
		t.Fatal(err)
	}
	address := masartest.Start(t).API(t, loaders.Options{}).Listen(t)
	for _, script := range scripts {
		if slices.Contains(modules, script) {
			continue
		}
		t.Run(strings.TrimSuffix(script, ".mjs"), func(t *testing.T) {
			said, err := exec.CommandContext(t.Context(), "node", script, address).CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, said)
			}
			t.Logf("%s", said)
		})
	}
}
