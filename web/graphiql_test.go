package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"testing"
	"time"

	"masar/dgraph/embedded/embeddedtest"
	"masar/examples"
	"masar/internal/masartest"
	"masar/loaders"
	"masar/web"
)

func TestMain(m *testing.M) { embeddedtest.Main(m) }

// Catches a GraphiQL that does not come up, fetches anything from elsewhere, lacks an example or answers it wrongly, whose
// documentation is empty or whose editors do not check what is typed. MASAR_SCREENSHOTS names a directory for pictures.
func TestGraphiQLInChromium(t *testing.T) {
	const script = "browser/graphiql.mjs"
	if web.GraphiQL() == nil {
		t.Fatal("GraphiQL is not built: make build, with Node there")
	}
	for _, needed := range []string{script, "node_modules/playwright-core/package.json"} {
		if _, err := os.Stat(needed); err != nil {
			t.Fatalf("%v: make build installs what drives the browser", err)
		}
	}
	input, err := json.Marshal(map[string]any{
		"service":     masartest.Start(t).API(t, loaders.Options{}).Listen(t),
		"chromium":    findChromium(t),
		"screenshots": os.Getenv("MASAR_SCREENSHOTS"),
		"examples":    goldenAnswers(t),
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	node := exec.CommandContext(ctx, "node", script)
	node.Stdin = bytes.NewReader(input)
	if out, err := node.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// findChromium is the path of the browser that MASAR_CHROMIUM names, or of one that is installed.
func findChromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{os.Getenv("MASAR_CHROMIUM"), "chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatal("there is no Chromium: install it (apt-get install chromium), or name one by MASAR_CHROMIUM")
	return ""
}

type golden struct {
	Name   string          `json:"name"`
	Answer json.RawMessage `json:"answer"`
}

// goldenAnswers are the examples with what they are known to answer.
func goldenAnswers(t *testing.T) []golden {
	t.Helper()
	operations, err := examples.All()
	if err != nil {
		t.Fatal(err)
	}
	answers := make([]golden, len(operations))
	for i, o := range operations {
		answer, err := os.ReadFile("../examples/" + o.Name + ".json")
		if err != nil {
			t.Fatal(err)
		}
		answers[i] = golden{o.Name, answer}
	}
	return answers
}
