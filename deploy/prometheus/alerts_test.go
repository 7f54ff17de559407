package prometheus_test

import (
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// promtool runs Prometheus's own tool. It skips the test where there is none; CI has one.
func promtool(t *testing.T, args ...string) {
	t.Helper()
	program := os.Getenv("MASAR_PROMTOOL")
	if program == "" {
		found, err := exec.LookPath("promtool")
		if err != nil {
			t.Skip("there is no promtool: set MASAR_PROMTOOL to its path; .ci/readers.sh gets Debian's")
		}
		program = found
	}
	if out, err := exec.CommandContext(t.Context(), program, args...).CombinedOutput(); err != nil {
		t.Errorf("promtool %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// Catches: a rule that Prometheus cannot read, one that does not fire in its case, one that fires too early, and one with other
// texts than those tested.
func TestAlertsFire(t *testing.T) {
	promtool(t, "check", "rules", "alerts.yml")
	promtool(t, "test", "rules", "alerts_test.yml")
}

// rules are the parts of alerts.yml that the tests read.
type rules struct {
	Groups []struct {
		Rules []struct {
			Alert       string
			Labels      struct{ Severity string }
			Annotations struct {
				Summary string
				Arabic  string `yaml:"summary_ar"`
				Runbook string
			}
		}
	}
}

// planned are the sections of the runbook that alerts refer to.
var planned = []string{"not-ready", "old-answers", "full-disk", "hung-process", "lost-node", "lost-quorum", "capacity", "backup"}

// Catches: a rule without a test, in one language only, or that refers to no section of the documentation.
func TestAlertsAreComplete(t *testing.T) {
	text, err := os.ReadFile("alerts.yml")
	if err != nil {
		t.Fatal(err)
	}
	tests, err := os.ReadFile("alerts_test.yml")
	if err != nil {
		t.Fatal(err)
	}
	var all rules
	if err := yaml.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	arabic := regexp.MustCompile(`\p{Arabic}{3}`)
	count := 0
	for _, g := range all.Groups {
		for _, r := range g.Rules {
			count++
			if n := len(regexp.MustCompile(`alertname: `+r.Alert+`\b`).FindAll(tests, -1)); n != 2 {
				t.Errorf("%s has %d tests, want one in which it fires and one in which it does not", r.Alert, n)
			}
			a := r.Annotations
			if a.Summary == "" || arabic.MatchString(a.Summary) || !arabic.MatchString(a.Arabic) {
				t.Errorf("%s is in one language: %+v", r.Alert, a)
			}
			if !slices.Contains([]string{"critical", "warning"}, r.Labels.Severity) {
				t.Errorf("%s is %q", r.Alert, r.Labels.Severity)
			}
			if !refers(t, a.Runbook) {
				t.Errorf("%s refers to %q, which is no section", r.Alert, a.Runbook)
			}
		}
	}
	if count < 15 {
		t.Errorf("%d rules", count)
	}
}

// refers reports whether a reference names a document and a section of it.
func refers(t *testing.T, reference string) bool {
	t.Helper()
	file, section, _ := strings.Cut(reference, "#")
	text, err := os.ReadFile("../../" + file)
	if err != nil {
		return file == "docs/runbook.md" && slices.Contains(planned, section)
	}
	if strings.Contains(string(text), `id="`+section+`"`) {
		return true
	}
	for line := range strings.Lines(string(text)) {
		if title, is := strings.CutPrefix(strings.TrimLeft(line, "#"), " "); is && strings.HasPrefix(line, "#") &&
			strings.ReplaceAll(strings.ToLower(strings.TrimSpace(title)), " ", "-") == section {
			return true
		}
	}
	return false
}
