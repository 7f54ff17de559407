package clients_test

import (
	"os"
	"os/exec"
	"testing"

	"masar/dgraph/embedded/embeddedtest"
	"masar/internal/masartest"
	"masar/loaders"
)

// Catches: a change that breaks an assistant with the official client of the Model Context Protocol, over either transport.
func TestAssistants(t *testing.T) {
	if _, err := os.Stat("node_modules"); err != nil {
		t.Fatal("clients/node_modules is missing: run make test, or (cd clients && npm ci)")
	}
	address := masartest.Start(t).API(t, loaders.Options{}).Listen(t)
	planted := masartest.Graph(t, os.DirFS("../mcp/testdata/planted")).API(t, loaders.Options{}).Listen(t)
	arguments := []string{"assistants/check.mjs", address, planted, masartest.Binary(t), embeddedtest.Shared(t).URL()}
	said, err := exec.CommandContext(t.Context(), "node", arguments...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	t.Logf("%s", said)
}
