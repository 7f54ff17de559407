package metrics

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Health is what an operator needs to know of a service and of what it depends on.
type Health struct {
	// Checks are the checks of /readyz by name: whether each is OK.
	Checks map[string]bool
	// Hosts is the number of hosts of a Dgraph that runs elsewhere, and Failed the number of those that do not answer. Both are 0
	// with the included one.
	Hosts, Failed int
	// Backup is the time of the last backup, and BackupSnapshot its snapshot; zero if there is none, or if it is unknown.
	Backup         time.Time
	BackupSnapshot int64
	// Memory is the memory of each process by its name, in bytes.
	Memory map[string]int64
	// Available is the memory that the processes can still take, in bytes; 0 if unknown.
	Available int64
}

// WatchHealth sets the source of the metrics of health.
func (m *Metrics) WatchHealth(state func() Health) { m.registry.MustRegister(health(state)) }

// health exports Health as metrics.
type health func() Health

var (
	readyMetric     = prometheus.NewDesc("masar_ready", "1 if queries are answered, as /readyz says; otherwise 0.", nil, nil)
	checkMetric     = prometheus.NewDesc("masar_check_ok", "1 if a check of /readyz?verbose is OK; otherwise 0.", []string{"check"}, nil)
	hostsMetric     = prometheus.NewDesc("masar_dgraph_hosts", "Hosts in the address of --dgraph.", nil, nil)
	failedMetric    = prometheus.NewDesc("masar_dgraph_hosts_failed", "Hosts of --dgraph that do not answer.", nil, nil)
	backupMetric    = prometheus.NewDesc("masar_last_backup_timestamp_seconds", "Time of the last backup of the graph, in Unix time.", nil, nil)
	backupOfMetric  = prometheus.NewDesc("masar_last_backup_snapshot", "Number of the snapshot of the last backup.", nil, nil)
	memoryMetric    = prometheus.NewDesc("masar_process_memory_bytes", "Memory of a process with its share of common pages, by process (masar, alpha, zero).", []string{"process"}, nil)
	availableMetric = prometheus.NewDesc("masar_memory_available_bytes", "Memory that the processes can still take, within the limits of their control group.", nil, nil)
)

// Describe lists the metrics.
func (health) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{readyMetric, checkMetric, hostsMetric, failedMetric, backupMetric, backupOfMetric, memoryMetric, availableMetric} {
		to <- d
	}
}

// Collect sends the values of the metrics. What is unknown is absent.
func (h health) Collect(to chan<- prometheus.Metric) {
	s := h()
	gauge := func(d *prometheus.Desc, value float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	ready := true
	for name, ok := range s.Checks {
		gauge(checkMetric, number(ok), name)
		ready = ready && ok
	}
	gauge(readyMetric, number(ready))
	if s.Hosts > 0 {
		gauge(hostsMetric, float64(s.Hosts))
		gauge(failedMetric, float64(s.Failed))
	}
	if !s.Backup.IsZero() {
		gauge(backupMetric, float64(s.Backup.Unix()))
		gauge(backupOfMetric, float64(s.BackupSnapshot))
	}
	for process, bytes := range s.Memory {
		gauge(memoryMetric, float64(bytes), process)
	}
	if s.Available > 0 {
		gauge(availableMetric, float64(s.Available))
	}
}

func number(ok bool) float64 {
	if ok {
		return 1
	}
	return 0
}
