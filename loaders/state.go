package loaders

import (
	"context"
	"slices"

	"masar/answers"
	"masar/topology"
)

// State identifies the graph that a request reads. Requests of one state read the same graph. A newer state is never
// followed by an older one.
type State struct {
	// Snapshot is the number of the snapshot.
	Snapshot string
	// AsOf is the day for which the age of evidence is computed, as YYYY-MM-DD.
	AsOf string
}

// State returns the state that a request would read if it began now. The error has code BACKEND_UNAVAILABLE if there is
// none, or if it is too old.
func (s *Service) State() (State, error) {
	g, err := s.live.Graph()
	if err != nil {
		return State{}, err
	}
	return State{g.Snapshot(), g.AsOf().Format("2006-01-02")}, nil
}

// SnapshotOf returns the number of the snapshot that the context's request reads; empty without a request.
func SnapshotOf(ctx context.Context) string {
	c, ok := ctx.Value(requestKey{}).(*current)
	if !ok {
		return ""
	}
	return c.request.Load().Graph.Snapshot()
}

// Determined reports whether the state and the operation alone determine the answer of the context's request. They do
// not if a search ran out of time, or if a write overtook the request. A context without a request reads nothing.
func Determined(ctx context.Context) bool {
	c, ok := ctx.Value(requestKey{}).(*current)
	return !ok || !Overtaken(ctx) && !c.request.Load().outOfTime.Load()
}

// note remembers whether a search for paths ran out of time. Another search may find more.
func (r *Request) note(found topology.PathResult) topology.PathResult {
	if slices.Contains(found.StoppedBy, answers.StopBudget) {
		r.outOfTime.Store(true)
	}
	return found
}
