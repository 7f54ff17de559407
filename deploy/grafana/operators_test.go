package grafana_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// board has the parts of the board for operators that determine its queries.
type board struct {
	Templating struct {
		List []struct {
			Name, Type string
			Query      any
		}
	}
	Panels []struct {
		ID                 int
		Title, Description string
		Datasource         struct{ Type string }
		GridPos            struct{ H, W, X, Y int }
		Targets            []struct {
			RefID, Expr string
			Datasource  struct{ Type, UID string }
		}
	}
}

func readBoard(t *testing.T) (b board) {
	t.Helper()
	text, err := os.ReadFile("masar-operators.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &b); err != nil {
		t.Fatal(err)
	}
	return b
}

// variables are replaced by what Grafana puts in their place.
var variables = strings.NewReplacer("$__rate_interval", "5m", "$instance", ".*")

// Catches: a query that Prometheus cannot read. Each becomes a rule of a file that promtool checks.
func TestQueriesAreRead(t *testing.T) {
	rules := "groups:\n  - name: board\n    rules:\n"
	count := 0
	for _, p := range readBoard(t).Panels {
		for _, q := range p.Targets {
			count++
			rules += fmt.Sprintf("      - record: panel:%d:%s\n        expr: %q\n", p.ID, q.RefID, variables.Replace(q.Expr))
		}
	}
	if count < 25 {
		t.Errorf("%d queries", count)
	}
	program := os.Getenv("MASAR_PROMTOOL")
	if program == "" {
		found, err := exec.LookPath("promtool")
		if err != nil {
			t.Skip("there is no promtool: set MASAR_PROMTOOL to its path; .ci/readers.sh gets Debian's")
		}
		program = found
	}
	file := filepath.Join(t.TempDir(), "board.yml")
	if err := os.WriteFile(file, []byte(rules), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), program, "check", "rules", file).CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

// Catches: a panel without a query, with another data source than the variable's, in one language, or over another panel; and a
// variable that no query has.
func TestBoardIsWhole(t *testing.T) {
	b := readBoard(t)
	arabic, latin := regexp.MustCompile(`\p{Arabic}{3}`), regexp.MustCompile(`[A-Za-z]{2}`)
	taken := map[[2]int]string{}
	for _, p := range b.Panels {
		for _, text := range []string{p.Title, p.Description} {
			if !arabic.MatchString(text) || !latin.MatchString(text) {
				t.Errorf("%q is in one language", text)
			}
		}
		if len(p.Targets) == 0 || p.Datasource.Type != "prometheus" {
			t.Errorf("%s: %+v", p.Title, p)
		}
		for _, q := range p.Targets {
			if q.Datasource.Type != "prometheus" || q.Datasource.UID != "${source}" || !strings.Contains(q.Expr, `instance=~"$instance"`) {
				t.Errorf("%s: %+v", p.Title, q)
			}
		}
		for x := p.GridPos.X; x < p.GridPos.X+p.GridPos.W; x++ {
			for y := p.GridPos.Y; y < p.GridPos.Y+p.GridPos.H; y++ {
				if other := taken[[2]int{x, y}]; other != "" || x >= 24 {
					t.Fatalf("%s is over %q or beyond the edge", p.Title, other)
				}
				taken[[2]int{x, y}] = p.Title
			}
		}
	}
}
