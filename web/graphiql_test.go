package web_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"testing"

	"masar/dgraph/embedded/embeddedtest"
	"masar/examples"
	"masar/internal/masartest"
	"masar/loaders"
	"masar/web"
)

func TestMain(m *testing.M) { embeddedtest.Main(m) }

// Catches: a GraphiQL page that fails, loads anything from another host, lacks an example or shows a wrong answer, has
// empty documentation, does not validate queries, ignores the language or operation of a link, leads nowhere, or does not fit a
// phone. MASAR_SCREENSHOTS names a directory for screenshots.
func TestGraphiQLInChromium(t *testing.T) {
	const script = "browser/graphiql.mjs"
	if web.GraphiQL() == nil {
		t.Fatal("GraphiQL is not built: install Node and run make build")
	}
	runInChromium(t, script, map[string]any{
		"service":     masartest.Start(t).API(t, loaders.Options{}).Listen(t),
		"chromium":    findChromium(t),
		"screenshots": os.Getenv("MASAR_SCREENSHOTS"),
		"examples":    goldenAnswers(t),
	})
}

// findChromium returns the path of MASAR_CHROMIUM or of an installed browser.
func findChromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{os.Getenv("MASAR_CHROMIUM"), "chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatal("Chromium is missing: install it (apt-get install chromium), or set MASAR_CHROMIUM to its path")
	return ""
}

type golden struct {
	Name   string          `json:"name"`
	Answer json.RawMessage `json:"answer"`
}

// goldenAnswers are the examples with their golden answers.
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
