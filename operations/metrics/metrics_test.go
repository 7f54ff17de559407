package metrics

import (
	"fmt"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
	dto "github.com/prometheus/client_model/go"

	"masar"
	"masar/loaders"
)

// everything returns metrics that all have a value.
func everything() *Metrics {
	m := New("v1")
	for _, queue := range []string{"operations", "downloads", "prints"} {
		m.WatchQueue(queue, func() int64 { return 1 }, func() int64 { return 2 })
	}
	m.WatchKept(func() (int, int) { return 1, 2 })
	m.Watch(func() (State, bool) {
		return State{7, time.Now().Add(-time.Minute), map[masar.RecordType]int{masar.RecordClaim: 5}, loaders.CacheStats{Records: 1, Hits: 2, Misses: 3}}, true
	})
	m.WatchIncluded(func() (Included, bool) { return Included{Restarts: 1, DiskFree: 1 << 30, DiskSize: 1 << 31}, true })
	m.WatchHealth(func() Health {
		return Health{map[string]bool{"dgraph": true, "graph": false}, 3, 1, time.Now(), 7, map[string]int64{"masar": 1 << 20}, 1 << 30}
	})
	m.Request("/graphql", http.StatusOK, 7, time.Millisecond, "")
	m.Tool("search", false)
	m.Operation("query", "OK", time.Millisecond, "")
	m.ConnectionRefused()
	m.DgraphCall("read", time.Millisecond, nil, "")
	return m
}

// Catches: metrics that Prometheus cannot parse or that break its naming conventions.
func TestMetricsAreSound(t *testing.T) {
	families, err := everything().registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	problems, err := promlint.NewWithMetricFamilies(families).Lint()
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
	if err != nil || len(families) < 30 {
		t.Errorf("%v, %d families", err, len(families))
	}
}

// Catches: an undocumented metric and a documented one that does not exist.
func TestMetricsAreDocumented(t *testing.T) {
	docs, err := os.ReadFile("../../docs/operating.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(docs), "\n## Metrics\n")
	section, _, _ = strings.Cut(section, "\n## ")
	told := regexp.MustCompile("(?m)^\\| `masar_.*$").FindAllString(section, -1)
	descriptions := make(chan *prometheus.Desc, 1000)
	everything().registry.Describe(descriptions)
	close(descriptions)
	described := regexp.MustCompile(`fqName: "(masar_\w+)", help: "([^"]*)".*variableLabels: \{(.*)\}\}$`)
	var want []string
	for d := range descriptions {
		if m := described.FindStringSubmatch(d.String()); m != nil {
			want = append(want, fmt.Sprintf("| `%s` | %s | %s |", m[1], strings.ReplaceAll(m[3], ",", ", "), m[2]))
		}
	}
	slices.Sort(want)
	if !slices.Equal(told, want) {
		t.Errorf("docs/operating.md does not list the current metrics; under Metrics put\n%s", strings.Join(want, "\n"))
	}
}

// Catches: an alert or a panel on a metric that does not exist.
func TestAlertsAndPanelsAreOnMetricsThatExist(t *testing.T) {
	var rules []byte
	for _, file := range []string{"prometheus/alerts.yml", "grafana/masar-operators.json"} {
		text, err := os.ReadFile("../../deploy/" + file)
		if err != nil {
			t.Fatal(err)
		}
		rules = append(rules, text...)
	}
	families, err := everything().registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`\b(masar|process|go)_\w+`).FindAllString(string(rules), -1)
	for _, name := range named {
		name = regexp.MustCompile(`_(bucket|count|sum)$`).ReplaceAllString(name, "")
		if !slices.ContainsFunc(families, func(f *dto.MetricFamily) bool { return f.GetName() == name }) {
			t.Errorf("unknown metric %s", name)
		}
	}
	if len(named) < 5 {
		t.Errorf("%d metrics named", len(named))
	}
}
