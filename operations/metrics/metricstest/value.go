// Package metricstest reads metrics, for tests.
package metricstest

import (
	"slices"
	"testing"

	"masar/operations/metrics"
)

// Value returns the value of a counter or gauge with the given labels: names and values in turn.
func Value(t testing.TB, m *metrics.Metrics, name string, labels ...string) float64 {
	t.Helper()
	families, err := m.Gatherer().Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		for _, metric := range f.Metric {
			var has []string
			for _, l := range metric.Label {
				has = append(has, l.GetName(), l.GetValue())
			}
			if f.GetName() == name && slices.Equal(has, labels) {
				return metric.GetCounter().GetValue() + metric.GetGauge().GetValue()
			}
		}
	}
	t.Fatalf("no %s of %v", name, labels)
	return 0
}
