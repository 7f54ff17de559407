package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"masar"
	"masar/dgraph"
	"masar/dgraph/embedded"
	"masar/server"
	"masar/words"
)

// checks report on each dependency of the service. It is ready if all are OK. What does not keep operations from being
// answered is always OK.
func (s *service) checks() []server.Check {
	checks := []server.Check{s.serviceCheck(), s.dgraphCheck(), s.graphCheck(), s.seedCheck()}
	if running := s.embedded.Load(); running != nil {
		checks = append(checks, diskCheck(running.Disk()))
	}
	if path := s.keptPath(); path != "" {
		checks = append(checks, graphFileCheck(path, s.live.Load() != nil))
	}
	known := s.known.Load()
	return append(checks, backupCheck(known), clockCheck(known))
}

// Sections of the runbook.
const (
	runbookNotReady  = "docs/runbook.md#not-ready"
	runbookOld       = "docs/runbook.md#old-answers"
	runbookDisk      = "docs/runbook.md#full-disk"
	runbookHung      = "docs/runbook.md#hung-process"
	runbookLostNode  = "docs/runbook.md#lost-node"
	runbookQuorum    = "docs/runbook.md#lost-quorum"
	runbookBackup    = "docs/runbook.md#backup"
	operatingCheck   = "docs/operating.md#check-the-data"
	operatingStart   = "docs/operating.md#what-a-start-checks"
	operatingTrouble = "docs/operating.md#when-something-is-wrong"
)

// advise says what to do about a state, and where to read more.
func advise(c *server.Check, key, runbook string) {
	m := words.Both("readiness.do."+key, nil)
	c.Do, c.Runbook = &server.Advice{EN: m.EN, AR: m.AR}, runbook
}

// serviceCheck reports whether the service takes requests.
func (s *service) serviceCheck() server.Check {
	if !s.draining.Load() {
		return server.Check{Name: "service", OK: true, State: "serving"}
	}
	check := server.Check{Name: "service", State: "stopping"}
	advise(&check, "service.stopping", runbookNotReady)
	return check
}

// dgraphCheck reports the state of the Dgraph that the service started. With --dgraph it reports whether Dgraph
// responds.
func (s *service) dgraphCheck() server.Check {
	if s.dgraph != "" {
		var hosts []dgraph.HostState
		if store := s.store.Load(); store != nil {
			hosts = store.Hosts()
		}
		return hostsCheck(s.live.Load() != nil, hosts)
	}
	if running := s.embedded.Load(); running != nil {
		return includedCheck(running.State())
	}
	return includedCheck(embedded.State{Phase: embedded.Starting, Since: s.began})
}

// includedCheck reports the state of the included Dgraph.
func includedCheck(state embedded.State) server.Check {
	check := server.Check{Name: "dgraph", OK: state.Phase == embedded.Ready, State: strings.ToLower(string(state.Phase))}
	check.Since(state.Since)
	check.Detail = fmt.Sprintf("%s for %s, started again %d times", check.State, time.Since(state.Since).Round(time.Second), state.Restarts)
	if state.Err != nil {
		check.Detail += "; the last reason was: " + state.Err.Error()
	}
	switch state.Phase {
	case embedded.Starting:
		advise(&check, "dgraph.starting", runbookNotReady)
	case embedded.Restarting:
		advise(&check, "dgraph.restarting", runbookHung)
	case embedded.Stopped:
		advise(&check, "dgraph.stopped", runbookNotReady)
	}
	return check
}

// hostsCheck reports how many hosts of --dgraph answer, and why the others do not.
func hostsCheck(began bool, hosts []dgraph.HostState) server.Check {
	check := server.Check{Name: "dgraph", OK: began, State: "answering", Detail: "one that runs elsewhere"}
	var failed []string
	var since time.Time
	for _, h := range hosts {
		if h.Failed.IsZero() {
			continue
		}
		failed = append(failed, fmt.Sprintf("; %s does not for %s: %v", h.Name, seconds(time.Since(h.Failed)), h.Cause))
		if since.IsZero() || h.Failed.Before(since) {
			since = h.Failed
		}
	}
	if len(hosts) > 0 {
		check.Detail = fmt.Sprintf("%d of %d hosts answer%s", len(hosts)-len(failed), len(hosts), strings.Join(failed, ""))
	}
	if len(failed) > 0 {
		check.Since(since)
	}
	switch {
	case !began:
		check.State = "waiting"
		advise(&check, "dgraph.waiting", runbookNotReady)
	case len(failed) == 0:
	case len(failed) < len(hosts):
		check.State = "partly"
		advise(&check, "dgraph.partly", runbookLostNode)
	default:
		check.State = "silent"
		advise(&check, "dgraph.silent", runbookQuorum)
	}
	return check
}

// graphCheck reports the current snapshot and the time since it was last known to be the newest.
func (s *service) graphCheck() server.Check {
	live := s.live.Load()
	if live == nil {
		check := server.Check{Name: "graph", State: "reading", Detail: "not read yet"}
		check.Since(s.began)
		advise(&check, "graph.reading", runbookNotReady)
		return check
	}
	graph, err := live.Graph()
	check := graphState(live.Checked(), err)
	if err == nil {
		check.Detail = fmt.Sprintf("snapshot %s, the newest one %s ago", graph.Snapshot(), seconds(time.Since(live.Checked())))
	}
	return check
}

// graphState reports whether the graph is new enough for answers; otherwise there is an error.
func graphState(confirmed time.Time, err error) server.Check {
	check := server.Check{Name: "graph", OK: err == nil, State: "current"}
	check.Since(confirmed)
	if err != nil {
		check.State, check.Detail = "old", fmt.Sprintf("no word from Dgraph for %s", seconds(time.Since(confirmed)))
		advise(&check, "graph.old", runbookOld)
	}
	return check
}

// seedCheck reports whether the graph has the content of the seed in this binary. Answers do not need it.
func (s *service) seedCheck() server.Check {
	check := server.Check{Name: "seed", OK: true, State: "unknown", Detail: "not compared yet"}
	compared := s.compared.Load()
	if s.filled.Load() {
		compared = &comparison{}
	}
	switch {
	case compared == nil:
	case compared.missing+compared.other == 0:
		check.State, check.Detail = "loaded", ""
	default:
		check.State, check.Detail = "differs", fmt.Sprintf("%d records are missing, %d are different", compared.missing, compared.other)
		advise(&check, "seed.differs", operatingCheck)
	}
	return check
}

// diskCheck reports the space of the data directory. It is always OK, because the graph can be read while Dgraph runs.
func diskCheck(disk embedded.Disk, err error) server.Check {
	check := server.Check{Name: "disk", OK: true, State: "enough", Detail: disk.String()}
	switch {
	case err != nil:
		check.State, check.Detail = "unknown", err.Error()
	case disk.Full():
		check.State, check.Detail = "full", "FULL, "+disk.String()
		advise(&check, "disk.full", runbookDisk)
	case disk.Low():
		check.State, check.Detail = "low", "nearly full, "+disk.String()
		advise(&check, "disk.low", runbookDisk)
	}
	return check
}

// graphFileCheck reports whether the file that makes starts faster exists. Its age is that of its graph: it is written anew after
// many changes.
func graphFileCheck(path string, isRead bool) server.Check {
	check := server.Check{Name: "graph-file", OK: true, State: "kept"}
	info, err := os.Stat(path)
	switch {
	case err == nil:
		check.Since(info.ModTime())
		check.Detail = fmt.Sprintf("%d kB", info.Size()>>10)
	case !errors.Is(err, fs.ErrNotExist):
		check.State, check.Detail = "unknown", err.Error()
	case !isRead:
		check.State = "unknown"
	default:
		check.State = "missing"
		advise(&check, "graph_file.missing", operatingStart)
	}
	return check
}

// backupCheck reports the age of the last backup. A backup is too old if the graph has changed since, as for masar doctor.
func backupCheck(known *knowledge) server.Check {
	check := server.Check{Name: "backup", OK: true, State: "unknown"}
	switch {
	case known == nil:
	case known.backup.IsZero() && known.snapshot <= 1:
		check.State, check.Detail = "none", "the graph has only its first write"
	case known.backup.IsZero():
		check.State, check.Detail = "none", fmt.Sprintf("no backup of this graph has been made; it is at snapshot %d", known.snapshot)
		advise(&check, "backup.none", runbookBackup)
	default:
		behind := max(0, known.snapshot-known.backupSnapshot)
		check.State, check.Detail = "made", fmt.Sprintf("at snapshot %d; %s since", known.backupSnapshot, count(int(behind), "write"))
		check.Since(known.backup)
		if isOldBackup(known.backup, behind) {
			check.State = "old"
			advise(&check, "backup.old", runbookBackup)
		}
	}
	return check
}

// clockCheck compares the clock of this machine with the time of the last write.
func clockCheck(known *knowledge) server.Check {
	check := server.Check{Name: "clock", OK: true, State: "unknown"}
	if known == nil || known.written.IsZero() {
		return check
	}
	check.State = "right"
	if isAhead(known.written, known.at) {
		check.State, check.Detail = "ahead", "the last write is of "+known.written.UTC().Format(time.RFC3339)
		advise(&check, "clock.ahead", operatingTrouble)
	}
	return check
}

// knowledge is what the service reads from Dgraph now and then, for its checks and metrics.
type knowledge struct {
	at       time.Time // when it was read
	snapshot int64
	// backup is the time of the last backup, and backupSnapshot its snapshot; zero if there is none.
	backup         time.Time
	backupSnapshot int64
	// written is the time of the last write; zero if unknown.
	written time.Time
}

// betweenReads is the time between two readings of what the checks need to know.
const betweenReads = 5 * time.Minute

// keepKnowing reads what the checks need to know until the context ends. If that fails, it stays as it was: other checks report
// that Dgraph does not answer.
func (s *service) keepKnowing(ctx context.Context, store *dgraph.Store) {
	ticker := time.NewTicker(betweenReads)
	defer ticker.Stop()
	for {
		if known, err := knowledgeOf(ctx, store); err == nil {
			s.known.Store(known)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

func knowledgeOf(ctx context.Context, store *dgraph.Store) (*knowledge, error) {
	state, err := store.State(ctx)
	if err != nil {
		return nil, err
	}
	known := &knowledge{at: time.Now(), snapshot: state.Snapshot}
	if known.written, err = lastWrite(ctx, store, state); err != nil {
		return nil, err
	}
	last, err := store.LastBackup(ctx)
	if err != nil || last == nil {
		return known, err
	}
	known.backupSnapshot = last.Snapshot
	known.backup, err = time.Parse(time.RFC3339, last.At)
	return known, err
}

// lastWrite returns the time of the last write; zero if there is none, or if it has no time.
func lastWrite(ctx context.Context, store *dgraph.Store, state dgraph.State) (at time.Time, err error) {
	if state.Snapshot == 0 {
		return at, nil
	}
	moment, err := store.Now(ctx)
	if err != nil {
		return at, err
	}
	history, err := moment.History(ctx, dgraph.HistoryArgs{Since: state.Snapshot - 1, Until: state.Snapshot, Size: 1, FromEnd: true})
	if masar.ErrorCode(err) == masar.CodeBadInput || err == nil && len(history.Changes) == 0 {
		return at, nil
	}
	if err != nil {
		return at, err
	}
	return time.Parse(time.RFC3339Nano, history.Changes[0].At)
}
