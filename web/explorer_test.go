package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"masar/internal/masartest"
	"masar/loaders"
)

// Catches: a page that fails an accessibility rule, scrolls sideways on a phone, does not work by keyboard or without
// scripts, loses content in print, loads anything from another host, breaks its policy, or is larger than its budget. The
// pages are the first address of some files in testdata/pages. MASAR_PAGES names other files, such as home,gaps; with all,
// every file is tested, which takes more than ten minutes on two processors. MASAR_SCREENSHOTS names a directory for screenshots.
func TestExplorerInChromium(t *testing.T) {
	all, names := addresses(t), []string{"target", "recommendation", "error-404"}
	switch given := os.Getenv("MASAR_PAGES"); given {
	case "":
	case "all":
		names = slices.Sorted(maps.Keys(all))
	default:
		names = strings.Split(given, ",")
	}
	var paths []string
	for _, name := range names {
		if len(all[name]) == 0 {
			t.Fatalf("testdata/pages has no %s.addresses", name)
		}
		paths = append(paths, all[name][0])
	}
	runInChromium(t, "browser/explorer.mjs", map[string]any{
		"service":     masartest.Start(t).API(t, loaders.Options{}).Listen(t),
		"chromium":    findChromium(t),
		"screenshots": os.Getenv("MASAR_SCREENSHOTS"),
		"paths":       paths,
	})
}

// Catches: a reader who needs a mouse to get from the home page to a recommendation and its source, to a link between
// initiatives and its evidence, to a file of numbers, or to what is missing.
func TestJourneysByKeyboard(t *testing.T) {
	runInChromium(t, "browser/journeys.mjs", map[string]any{
		"service":     masartest.Start(t).API(t, loaders.Options{}).Listen(t),
		"chromium":    findChromium(t),
		"screenshots": os.Getenv("MASAR_SCREENSHOTS"),
	})
}

// runInChromium runs a script of browser/ with its input.
func runInChromium(t *testing.T, script string, given map[string]any) {
	t.Helper()
	for _, needed := range []string{script, "node_modules/playwright-core/package.json", "node_modules/axe-core/package.json"} {
		if _, err := os.Stat(needed); err != nil {
			t.Fatalf("%v: make build installs the driver of the browser", err)
		}
	}
	input, err := json.Marshal(given)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 25*time.Minute)
	defer cancel()
	node := exec.CommandContext(ctx, "node", script)
	node.Stdin = bytes.NewReader(input)
	out, err := node.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
}
