package main

import (
	"fmt"
	"net/http"
	"time"

	"masar"
	"masar/dgraph/embedded"
	"masar/loaders"
	"masar/operations"
	"masar/operations/metrics"
	"masar/server"
)

// handler answers HTTP from the first moment on; what needs the graph is refused until there is one.
func (s *service) handler() http.Handler {
	return server.New(server.Options{
		Operations: operations.New(operations.Options{
			Schema: s.schema, Begin: operations.Load(s.currentLoaders), Limits: s.bounds.most, Queue: s.places, Rate: s.clientRate,
			Metrics: s.metrics, Log: s.log,
		}),
		Rows:         server.Rows(s.currentLoaders),
		Checks:       s.checks,
		Version:      thisVersion(),
		Limits:       s.limits,
		Origins:      s.origins,
		Proxies:      s.proxies,
		MetricsApart: s.metricsListen != "",
		Log:          s.log,
	})
}

func (s *service) currentLoaders() (*loaders.Service, error) {
	if service := s.loaders.Load(); service != nil {
		return service, nil
	}
	return nil, masar.NewError(masar.CodeUnavailable, "error.service.starting", nil)
}

// checks report whether operations can be answered.
func (s *service) checks() []server.Check {
	return []server.Check{
		{Name: "taking requests", OK: !s.draining.Load()},
		s.dgraphCheck(),
		s.graphCheck(),
	}
}

// dgraphCheck reports the state of the Dgraph that the service has started. Of another Dgraph it knows only its answers.
func (s *service) dgraphCheck() server.Check {
	check := server.Check{Name: "dgraph"}
	if s.dgraph != "" {
		check.OK, check.Detail = s.live.Load() != nil, "one that runs elsewhere"
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
	return check
}

// graphCheck tells which snapshot is answered from, and how long ago it was known to be the newest.
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

// state is what the service holds of the graph; false until it has read it.
func (s *service) state() (metrics.State, bool) {
	live, kept := s.live.Load(), s.loaders.Load() // the second is set after the first
	if kept == nil {
		return metrics.State{}, false
	}
	graph := live.Held()
	return metrics.State{Snapshot: graph.Sequence(), Checked: live.Checked(), Counts: graph.Counts(), Cache: kept.Cache()}, true
}
