package main

import (
	"context"
	"net/http"
	"time"

	"masar"
	"masar/dgraph/embedded"
	"masar/exchange/dump"
	"masar/internal/memory"
	"masar/loaders"
	"masar/operations"
	"masar/operations/metrics"
	"masar/server"
	"os"
)

// handler serves HTTP from the start. Requests that need the graph are refused until it has been read.
func (s *service) handler() http.Handler {
	return server.New(server.Options{
		Operations: operations.New(operations.Options{
			Schema: s.schema, Begin: operations.Load(s.currentLoaders), State: operations.StateOf(s.currentLoaders), KeptBytes: s.answersMB << 20, Limits: s.bounds.most, Queue: s.places, Rate: s.clientRate,
			Timeout: max(4*time.Second, 2*s.readTime),
			Metrics: s.metrics, Spans: s.spans, Log: s.log,
		}),
		Rows:            server.Rows(s.currentLoaders),
		Published:       s.published,
		Printer:         s.printer,
		Checks:          s.checks,
		Version:         thisVersion(),
		Limits:          s.limits,
		Trusted:         s.trusted,
		Origins:         s.origins,
		Public:          s.public,
		Proxies:         s.proxies,
		SeparateMetrics: s.metricsListen != "",
		Log:             s.log,
	})
}

// published is what readers see of the graph at the newest moment.
func (s *service) published(ctx context.Context) (*dump.Published, error) {
	store := s.store.Load()
	if store == nil {
		return nil, masar.NewError(masar.CodeUnavailable, "error.service.starting", nil)
	}
	moment, err := store.Now(ctx)
	return dump.Publish(moment), err
}

func (s *service) currentLoaders() (*loaders.Service, error) {
	if service := s.loaders.Load(); service != nil {
		return service, nil
	}
	return nil, masar.NewError(masar.CodeUnavailable, "error.service.starting", nil)
}

// includedState returns the state of the included Dgraph for the metrics. It returns false with --dgraph and before
// Dgraph has started.
func (s *service) includedState() (metrics.Included, bool) {
	running := s.embedded.Load()
	if running == nil {
		return metrics.Included{}, false
	}
	included := metrics.Included{Restarts: running.State().Restarts, DiskFree: -1, DiskSize: -1}
	if disk, err := running.Disk(); err == nil {
		included.DiskFree, included.DiskSize = float64(disk.Free), float64(disk.Total)
	}
	return included, true
}

// health is what an operator needs to know, for the metrics.
func (s *service) health() metrics.Health {
	h := metrics.Health{Checks: map[string]bool{}, Memory: map[string]int64{}}
	for _, check := range s.checks() {
		h.Checks[check.Name] = check.OK
	}
	if store := s.store.Load(); store != nil && s.dgraph != "" {
		for _, host := range store.Hosts() {
			h.Hosts++
			if !host.Failed.IsZero() {
				h.Failed++
			}
		}
	}
	if known := s.known.Load(); known != nil {
		h.Backup, h.BackupSnapshot = known.backup, known.backupSnapshot
	}
	for _, p := range embedded.Processes(s.dataDir, os.Getpid()) {
		if p.Memory > 0 {
			h.Memory[p.Name] = p.Memory
		}
	}
	if machine, err := memory.OfProcess(0); err == nil {
		h.Available = machine.Available
	}
	return h
}

// state describes the graph in memory; false until it has been read.
func (s *service) state() (metrics.State, bool) {
	live, kept := s.live.Load(), s.loaders.Load() // loaders is set after live
	if kept == nil {
		return metrics.State{}, false
	}
	graph := live.Held()
	return metrics.State{Snapshot: graph.Sequence(), Checked: live.Checked(), Counts: graph.Counts(), Cache: kept.Cache()}, true
}
