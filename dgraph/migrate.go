package dgraph

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/dgraph-io/dgo/v230/protos/api"

	"masar"
)

// migration updates a graph from one version of the schema to the next. It runs when all predicates of the newest version
// have been declared and those of its own version still exist. It can be interrupted and repeated, also by two processes
// at once, with the same result.
type migration struct {
	// what describes the migration in the log.
	what string
	// run does the migration; nil if declaring the schema is sufficient.
	run func(context.Context, *Store) error
}

// migrations lead from version 1, which was not yet stored in graphs, to SchemaVersion. Append a line for each change of
// the schema or of the data stored under it.
var migrations = append([]migration{
	{"the version of the schema is stored in the graph; proxy indicators and the labels of values have other predicates; search terms are packed",
		steps(renameAll(map[string]string{
			"gauges": "proxy_indicators", "wording_ar": "label_ar", "wording_en": "label_en",
			"wording_ar_origin": "label_ar_origin", "wording_en_origin": "label_en_origin",
		}), drop("search_code", "search_title", "search_name", "search_text"))},
	{"every record has its line", writeLines},
	{"claims and evidence can be retired, and texts removed", nil},
	{"digests are those of the stored values; records keep what the seed last said of them; an unfinished restore and the last backup are recorded", writeDigests},
}, future...)

// steps returns a migration of several steps, which run in order.
func steps(all ...func(context.Context, *Store) error) func(context.Context, *Store) error {
	return func(ctx context.Context, s *Store) error {
		for _, step := range all {
			if err := step(ctx, s); err != nil {
				return err
			}
		}
		return nil
	}
}

// drop deletes predicates and their values, if the graph has them. They must no longer be read.
func drop(predicates ...string) func(context.Context, *Store) error {
	return func(ctx context.Context, s *Store) error {
		for _, p := range predicates {
			if s.isGone(ctx, p) {
				continue
			}
			if err := s.dropPredicate(ctx, p); err != nil && !s.isGone(ctx, p) {
				return err
			}
		}
		return nil
	}
}

func (s *Store) dropPredicate(ctx context.Context, predicate string) error {
	return s.dg.Alter(ctx, &api.Operation{DropOp: api.Operation_ATTR, DropValue: predicate})
}

// isGone reports whether Dgraph does not know a predicate, for example because another process with the same task has
// finished. It is false if Dgraph does not answer.
func (s *Store) isGone(ctx context.Context, predicate string) bool {
	kind, err := s.typeOf(ctx, predicate)
	return err == nil && kind == ""
}

// SchemaVersion is the version of the schema that this package reads and writes.
var SchemaVersion = 1 + len(migrations)

// VersionError reports that the schema of a graph has another version than [SchemaVersion].
type VersionError struct {
	// Graph is the version of the graph.
	Graph int
}

// Error names both versions and the next step.
func (e *VersionError) Error() string {
	if e.Graph > SchemaVersion {
		return fmt.Sprintf("the graph has schema version %d, and this masar knows versions up to %d: use a newer masar", e.Graph, SchemaVersion)
	}
	return fmt.Sprintf("the graph has schema version %d, and this masar reads version %d: start \"masar serve\" or \"masar seed load\" "+
		"of this masar, which bring the graph to its version", e.Graph, SchemaVersion)
}

// State is the state of the schema and data of a graph.
type State struct {
	// Version is the version of the schema; 0 if there is none.
	Version int
	// Snapshot is the number of writes to the graph.
	Snapshot int64
	// Emptied reports that Masar's schema exists but its data is missing.
	Emptied bool
	// Records reports that there are records.
	Records bool
	// Restoring is the hash of what is being restored; empty if no restore is unfinished.
	Restoring string

	node uid // of the version
}

type schemaVersion struct {
	UID    uid `json:"uid"`
	Number int `json:"schema_version"`
}

// State reads the state of the graph. It works with any content of Dgraph.
func (s *Store) State(ctx context.Context) (State, error) {
	var answer struct {
		Snapshot []counter       `json:"snapshot"`
		Version  []schemaVersion `json:"version"`
		Records  []link          `json:"records"`
		// Restoring is the mark of a restore.
		Restoring []struct {
			Restoring string `json:"restoring"`
		} `json:"restoring"`
	}
	txn := s.dg.NewReadOnlyTxn()
	if err := query(ctx, txn, stateQuery, nil, &answer); err != nil {
		return State{}, err
	}
	keys, err := s.typeOf(ctx, "xid")
	if err != nil {
		return State{}, err
	}
	var state State
	if len(answer.Snapshot) > 0 {
		state.Snapshot, state.Version = answer.Snapshot[0].Snapshot, 1
	}
	if len(answer.Version) > 0 {
		state.Version, state.node = answer.Version[0].Number, answer.Version[0].UID
	}
	// The version is written before xid is declared, and the snapshot together with the first records.
	state.Records = len(answer.Records) > 0
	if len(answer.Restoring) > 0 {
		state.Restoring = answer.Restoring[0].Restoring
		return state, nil
	}
	state.Emptied = state.Snapshot == 0 && (state.Records || keys != "" && len(answer.Version) == 0)
	return state, nil
}

// typesQuery reads the types of all predicates.
var typesQuery = "schema { type }"

// typeOf returns the type of a predicate in Dgraph; empty if Dgraph does not know the predicate.
func (s *Store) typeOf(ctx context.Context, predicate string) (string, error) {
	var answer struct {
		Schema []struct{ Predicate, Type string } `json:"schema"`
	}
	if err := query(ctx, s.dg.NewReadOnlyTxn(), typesQuery, nil, &answer); err != nil {
		return "", err
	}
	for _, s := range answer.Schema {
		if s.Predicate == predicate {
			return s.Type, nil
		}
	}
	return "", nil
}

// CheckSchema checks that the graph has the schema of this package, and that no restore is unfinished. It changes nothing.
// The error is a [*VersionError] if the graph has another version, including 0 for a graph without a version. It has code
// RESTORE_UNFINISHED for an unfinished restore.
func (s *Store) CheckSchema(ctx context.Context) error {
	state, err := s.State(ctx)
	switch {
	case err != nil:
		return err
	case state.Restoring != "":
		return unfinished(state)
	case state.Version != SchemaVersion:
		return &VersionError{state.Version}
	}
	return nil
}

// ApplySchema prepares an empty graph, and updates an older graph to [SchemaVersion]. It does not change a graph of this
// version. The error is a [*VersionError] if the graph has a newer version. It has code RESTORE_UNFINISHED for an unfinished
// restore.
func (s *Store) ApplySchema(ctx context.Context) error {
	_, err := backoff.Retry(ctx, func() (struct{}, error) {
		err := s.tryApply(ctx)
		if err != nil && !retryable(err) {
			err = backoff.Permanent(err)
		}
		return struct{}{}, err
	}, backoff.WithMaxElapsedTime(30*time.Second))
	if _, version := errors.AsType[*VersionError](err); version || masar.ErrorCode(err) == masar.CodeRestoring {
		return err
	}
	if err != nil {
		return unavailable(fmt.Errorf("applying the schema: %w", err))
	}
	return nil
}

func (s *Store) tryApply(ctx context.Context) error {
	state, err := s.State(ctx)
	switch {
	case err != nil:
		return err
	case state.Restoring != "":
		return unfinished(state)
	case state.Version > SchemaVersion:
		return &VersionError{state.Version}
	case state.Version == SchemaVersion:
		return nil
	}
	if err := s.begin(ctx, state); err != nil {
		return err
	}
	if err := s.declare(ctx); err != nil {
		return err
	}
	if state.Version > 0 { // an empty graph has no data to migrate
		if err := s.migrate(ctx, state.Version); err != nil {
			return err
		}
	}
	return s.stamp(ctx, SchemaVersion)
}

// declare declares all predicates and types. Those that are declared already stay as they are.
func (s *Store) declare(ctx context.Context) error {
	return s.dg.Alter(ctx, &api.Operation{Schema: schema + types()})
}

// migrate updates the stored data from a version to SchemaVersion.
func (s *Store) migrate(ctx context.Context, from int) error {
	for i, m := range migrations[from-1:] {
		if m.run != nil {
			if err := m.run(ctx, s); err != nil {
				return fmt.Errorf("schema version %d to %d, %s: %w", from+i, from+i+1, m.what, err)
			}
		}
		if err := s.stamp(ctx, from+i+1); err != nil {
			return err
		}
	}
	return nil
}

// begin declares and stores the version of a graph without one, before any other declaration.
func (s *Store) begin(ctx context.Context, state State) error {
	if state.node != 0 {
		return nil
	}
	if err := s.dg.Alter(ctx, &api.Operation{Schema: "schema_version: int @index(int) @upsert ."}); err != nil {
		return err
	}
	return s.stamp(ctx, state.Version)
}

// stamp stores the version. It never replaces a higher version that another process has stored in the meantime.
func (s *Store) stamp(ctx context.Context, version int) error {
	txn := s.dg.NewTxn()
	defer discard(ctx, txn)
	var answer struct {
		Version []schemaVersion `json:"version"`
	}
	if err := query(ctx, txn, stateQuery, nil, &answer); err != nil {
		return err
	}
	subject := "_:version"
	if len(answer.Version) > 0 {
		if answer.Version[0].Number >= version {
			return nil
		}
		subject = hex(uint64(answer.Version[0].UID))
	}
	quad := &api.NQuad{Subject: subject, Predicate: "schema_version", ObjectValue: value(version)}
	if _, err := txn.Mutate(ctx, &api.Mutation{Set: []*api.NQuad{quad}}); err != nil {
		return err
	}
	return txn.Commit(ctx)
}
