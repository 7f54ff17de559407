// Package metrics counts what the service does, for Prometheus.
package metrics

import (
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"masar"
	"masar/loaders"
)

// Metrics are the metrics of the service for Prometheus. No label value comes from a client.
type Metrics struct {
	registry    *prometheus.Registry
	requests    *prometheus.CounterVec
	times       *prometheus.HistogramVec
	bytes       *prometheus.CounterVec
	tools       *prometheus.CounterVec
	operations  *prometheus.CounterVec
	durations   *prometheus.HistogramVec
	refused     *prometheus.CounterVec
	repeated    *prometheus.CounterVec
	dgraphCalls *prometheus.CounterVec
	dgraphTimes *prometheus.HistogramVec
}

// Reason is why a request or connection was refused unread.
type Reason string

// The reasons.
const (
	Connections Reason = "connections" // too many open connections
	Overloaded  Reason = "overloaded"  // too many running and waiting operations
	Rate        Reason = "rate"        // too many requests from one client
	Share       Reason = "share"       // too many concurrent operations of one client
)

// Repeat is how an answer was repeated instead of made.
type Repeat string

// The ways.
const (
	RepeatedKept   Repeat = "kept"   // the answer to an operation, from memory
	RepeatedShared Repeat = "shared" // the answer to an equal operation that ran at the same time
	RepeatedWhole  Repeat = "whole"  // a page or a file, from memory
)

// seconds are the bucket bounds of durations. A warm operation takes a millisecond; the longest takes Options.Timeout.
var seconds = []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5}

// New returns metrics at zero.
func New(release string) *Metrics {
	m := &Metrics{registry: prometheus.NewRegistry()}
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		c := prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
		m.registry.MustRegister(c)
		return c
	}
	histogram := func(name, help string, labels ...string) *prometheus.HistogramVec {
		h := prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: name, Help: help, Buckets: seconds}, labels)
		m.registry.MustRegister(h)
		return h
	}
	m.requests = counter("masar_http_requests_total", "Requests answered, by route and status.", "route", "status")
	m.times = histogram("masar_http_request_duration_seconds", "Duration of requests until the whole answer is sent, by route.", "route")
	m.bytes = counter("masar_http_response_bytes_total", "Bytes of answers as sent, by route.", "route")
	m.tools = counter("masar_mcp_calls_total", "Calls of tools by assistants, by tool and outcome (ok, refused).", "tool", "outcome")
	m.operations = counter("masar_operations_total", "GraphQL operations answered, by type and code of the first error, or OK.", "type", "code")
	m.durations = histogram("masar_operation_duration_seconds", "Duration of GraphQL operations from request header to answer, including the wait.", "type")
	m.refused = counter("masar_refused_total", "Requests refused before parsing, by reason: connections, overloaded, rate, share.", "reason")
	m.repeated = counter("masar_answers_repeated_total", "Answers not made anew, by way: kept and shared for operations, whole for pages and files.", "way")
	m.dgraphCalls = counter("masar_dgraph_calls_total", "Calls to Dgraph, by call (read, write, commit) and outcome (ok, failed).", "call", "outcome")
	m.dgraphTimes = histogram("masar_dgraph_call_duration_seconds", "Duration of calls to Dgraph, by call.", "call")
	for _, reason := range []Reason{Connections, Overloaded, Rate, Share} {
		m.refused.WithLabelValues(string(reason)) // so that the series exists before the first refusal
	}
	for _, way := range []Repeat{RepeatedKept, RepeatedShared, RepeatedWhole} {
		m.repeated.WithLabelValues(string(way))
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "masar_build_info", Help: "Always 1; the labels have the version.", ConstLabels: prometheus.Labels{"version": release},
	})
	build.Set(1)
	m.registry.MustRegister(build, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Gatherer returns all metrics for an exporter.
func (m *Metrics) Gatherer() prometheus.Gatherer { return m.registry }

// Request counts an HTTP request that has been answered. The trace is its exemplar; empty for none.
func (m *Metrics) Request(route string, status int, bytes int64, took time.Duration, trace string) {
	m.requests.WithLabelValues(route, strconv.Itoa(status)).Inc()
	m.bytes.WithLabelValues(route).Add(float64(bytes))
	observe(m.times.WithLabelValues(route), took, trace)
}

// Tool counts a call of a tool by an assistant.
func (m *Metrics) Tool(name string, refused bool) {
	outcome := "ok"
	if refused {
		outcome = "refused"
	}
	m.tools.WithLabelValues(name, outcome).Inc()
}

// Operation counts a GraphQL operation on any transport. The trace is its exemplar; empty for none.
func (m *Metrics) Operation(kind, code string, took time.Duration, trace string) {
	m.operations.WithLabelValues(kind, code).Inc()
	observe(m.durations.WithLabelValues(kind), took, trace)
}

// observe adds a duration to a histogram, with the id of an exported trace as its exemplar.
func observe(to prometheus.Observer, took time.Duration, trace string) {
	if with, is := to.(prometheus.ExemplarObserver); is && trace != "" {
		with.ObserveWithExemplar(took.Seconds(), prometheus.Labels{"trace_id": trace})
		return
	}
	to.Observe(took.Seconds())
}

// Refuse counts a request or connection that was refused unread.
func (m *Metrics) Refuse(why Reason) { m.refused.WithLabelValues(string(why)).Inc() }

// Repeated counts an answer that was repeated.
func (m *Metrics) Repeated(how Repeat) { m.repeated.WithLabelValues(string(how)).Inc() }

// ConnectionRefused counts a refused connection.
func (m *Metrics) ConnectionRefused() { m.Refuse(Connections) }

// DgraphCall counts a call to Dgraph. The trace is its exemplar; empty for none.
func (m *Metrics) DgraphCall(call string, took time.Duration, err error, trace string) {
	outcome := "ok"
	if err != nil {
		outcome = "failed"
	}
	m.dgraphCalls.WithLabelValues(call, outcome).Inc()
	observe(m.dgraphTimes.WithLabelValues(call), took, trace)
}

// WatchQueue exports the numbers of running and waiting requests of a queue. what is the queue's label.
func (m *Metrics) WatchQueue(what string, running, waiting func() int64) {
	m.registry.MustRegister(
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "masar_" + what + "_running", Help: "Number of running " + what + "."},
			func() float64 { return float64(running()) }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "masar_" + what + "_waiting", Help: "Number of waiting " + what + "."},
			func() float64 { return float64(waiting()) }))
}

// WatchKept exports the number of kept answers and their size.
func (m *Metrics) WatchKept(size func() (answers, bytes int)) {
	m.registry.MustRegister(
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "masar_answers_kept", Help: "Number of kept answers."},
			func() float64 { answers, _ := size(); return float64(answers) }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "masar_answers_kept_bytes", Help: "Size of kept answers."},
			func() float64 { _, bytes := size(); return float64(bytes) }))
}

// State describes the graph that a service has loaded.
type State struct {
	// Snapshot is the number of the current snapshot.
	Snapshot int64
	// Checked is when the snapshot was last known to be the newest.
	Checked time.Time
	// Counts are the numbers of records in the snapshot by type.
	Counts map[masar.RecordType]int
	// Cache has the statistics of the record cache.
	Cache loaders.CacheStats
}

// Watch sets the source of the metrics of the graph. They are absent while it returns false.
func (m *Metrics) Watch(state func() (State, bool)) { m.registry.MustRegister(watched(state)) }

// watched exports a service's state as metrics.
type watched func() (State, bool)

var (
	snapshotMetric = prometheus.NewDesc("masar_snapshot", "Number of the current snapshot.", nil, nil)
	ageMetric      = prometheus.NewDesc("masar_snapshot_age_seconds", "Time since Dgraph last confirmed that this snapshot is the newest.", nil, nil)
	recordsMetric  = prometheus.NewDesc("masar_graph_records", "Records in the snapshot, by record type.", []string{"type"}, nil)
	cachedMetric   = prometheus.NewDesc("masar_cache_records", "Records in the memory cache.", nil, nil)
	hitsMetric     = prometheus.NewDesc("masar_cache_hits_total", "Record lookups found in the cache.", nil, nil)
	missesMetric   = prometheus.NewDesc("masar_cache_misses_total", "Record lookups not found in the cache.", nil, nil)
)

// Included is the state of the Dgraph that the service has started.
type Included struct {
	// Restarts counts how often it was started again.
	Restarts int
	// DiskFree is the space for its data, and DiskSize the size of the disk, in bytes; negative if unknown.
	DiskFree, DiskSize float64
}

// WatchIncluded sets the source of the metrics of the included Dgraph; they are absent where there is none.
func (m *Metrics) WatchIncluded(state func() (Included, bool)) {
	m.registry.MustRegister(included(state))
}

// included is the state of the included Dgraph as metrics.
type included func() (Included, bool)

var (
	restartsMetric = prometheus.NewDesc("masar_dgraph_restarts_total", "Restarts of the included Dgraph after it ended or hung.", nil, nil)
	diskMetric     = prometheus.NewDesc("masar_disk_free_bytes", "Free space on the disk of the data directory.", nil, nil)
	sizeMetric     = prometheus.NewDesc("masar_disk_size_bytes", "Size of the disk of the data directory.", nil, nil)
)

// Describe lists the metrics.
func (included) Describe(to chan<- *prometheus.Desc) {
	to <- restartsMetric
	to <- diskMetric
	to <- sizeMetric
}

// Collect sends the values of the metrics.
func (i included) Collect(to chan<- prometheus.Metric) {
	s, ok := i()
	if !ok {
		return
	}
	to <- prometheus.MustNewConstMetric(restartsMetric, prometheus.CounterValue, float64(s.Restarts))
	if s.DiskFree >= 0 {
		to <- prometheus.MustNewConstMetric(diskMetric, prometheus.GaugeValue, s.DiskFree)
		to <- prometheus.MustNewConstMetric(sizeMetric, prometheus.GaugeValue, s.DiskSize)
	}
}

// Describe lists the metrics.
func (watched) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{snapshotMetric, ageMetric, recordsMetric, cachedMetric, hitsMetric, missesMetric} {
		to <- d
	}
}

// Collect sends the values of the metrics.
func (w watched) Collect(to chan<- prometheus.Metric) {
	s, ok := w()
	if !ok {
		return
	}
	gauge := func(d *prometheus.Desc, value float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	gauge(snapshotMetric, float64(s.Snapshot))
	gauge(ageMetric, time.Since(s.Checked).Seconds())
	gauge(cachedMetric, float64(s.Cache.Records))
	for recordType, n := range s.Counts {
		gauge(recordsMetric, float64(n), string(recordType))
	}
	to <- prometheus.MustNewConstMetric(hitsMetric, prometheus.CounterValue, float64(s.Cache.Hits))
	to <- prometheus.MustNewConstMetric(missesMetric, prometheus.CounterValue, float64(s.Cache.Misses))
}
