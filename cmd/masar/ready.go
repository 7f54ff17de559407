package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"masar"
	"masar/dgraph"
	"masar/dgraph/embedded"
	"masar/exchange/dump"
	"masar/loaders"
	"masar/operations"
	"masar/operations/metrics"
	"masar/server"
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

// checks report whether operations can be answered.
func (s *service) checks() []server.Check {
	checks := []server.Check{
		{Name: "taking requests", OK: !s.draining.Load()},
		s.dgraphCheck(),
		s.graphCheck(),
	}
	if running := s.embedded.Load(); running != nil {
		checks = append(checks, diskCheck(running))
	}
	return checks
}

// diskCheck reports the space of the data directory. It is always OK, because the graph can be read while Dgraph runs.
func diskCheck(running *embedded.Server) server.Check {
	check := server.Check{Name: "disk", OK: true}
	disk, err := running.Disk()
	switch {
	case err != nil:
		check.Detail = err.Error()
	case disk.Full():
		check.Detail = "FULL, " + disk.String()
	case disk.Low():
		check.Detail = "nearly full, " + disk.String()
	default:
		check.Detail = disk.String()
	}
	return check
}

// includedState returns the state of the included Dgraph for the metrics. It returns false with --dgraph and before
// Dgraph has started.
func (s *service) includedState() (metrics.Included, bool) {
	running := s.embedded.Load()
	if running == nil {
		return metrics.Included{}, false
	}
	included := metrics.Included{Restarts: running.State().Restarts, DiskFree: -1}
	if disk, err := running.Disk(); err == nil {
		included.DiskFree = float64(disk.Free)
	}
	return included, true
}

// dgraphCheck reports the state of the Dgraph that the service started. With --dgraph it reports whether Dgraph
// responds.
func (s *service) dgraphCheck() server.Check {
	check := server.Check{Name: "dgraph"}
	if s.dgraph != "" {
		check.OK, check.Detail = s.live.Load() != nil, "one that runs elsewhere"
		if store := s.store.Load(); store != nil {
			check.Detail = hostsDetail(store.Hosts())
		}
		return check
	}
	running := s.embedded.Load()
	if running == nil {
		check.Detail = string(embedded.Starting)
		return check
	}
	state := running.State()
	check.OK = state.Phase == embedded.Ready
	check.Detail = fmt.Sprintf("%s for %s, started again %d times", state.Phase, time.Since(state.Since).Round(time.Second), state.Restarts)
	if state.Err != nil {
		check.Detail += "; the last reason was: " + state.Err.Error()
	}
	return check
}

// hostsDetail reports how many hosts of Dgraph answer, and why the others do not.
func hostsDetail(hosts []dgraph.HostState) string {
	var failed []string
	for _, h := range hosts {
		if !h.Failed.IsZero() {
			failed = append(failed, fmt.Sprintf("; %s does not for %s: %v", h.Name, seconds(time.Since(h.Failed)), h.Cause))
		}
	}
	return fmt.Sprintf("%d of %d hosts answer%s", len(hosts)-len(failed), len(hosts), strings.Join(failed, ""))
}

// graphCheck reports the current snapshot and the time since it was last known to be the newest.
func (s *service) graphCheck() server.Check {
	check := server.Check{Name: "graph", Detail: "not read yet"}
	live := s.live.Load()
	if live == nil {
		return check
	}
	age := time.Since(live.Checked())
	graph, err := live.Graph()
	if err != nil {
		check.Detail = fmt.Sprintf("no word from Dgraph for %s", seconds(age))
		return check
	}
	check.OK, check.Detail = true, fmt.Sprintf("snapshot %s, the newest one %s ago", graph.Snapshot(), seconds(age))
	return check
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
