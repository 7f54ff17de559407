package dgraph

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/dgraph-io/dgo/v230"

	"masar"
)

var (
	historyQuery = named("history")
	begunQuery   = named("begun")
)

// HistoryArgs say which changes are asked for.
type HistoryArgs struct {
	// Since and Until are snapshots: changes of the writes past the first, up to the second.
	Since, Until int64
	// After is the sequence of a change: only those past it. 0 asks nothing.
	After int
	// First is the largest number of changes.
	First int
}

// History is a page of changes, in the order of their sequence.
type History struct {
	Changes []*masar.Change
	// Total is the number of all changes between the two snapshots.
	Total int
	// HasNext and HasPrevious say whether there are more of these past the page and ahead of it.
	HasNext, HasPrevious bool
}

// ordinals are the numbers of changes, as Dgraph answers them.
type ordinals []struct {
	Ordinal int `json:"ordinal"`
}

type changeRow struct {
	Sequence int64              `json:"sequence"`
	Ordinal  int                `json:"ordinal"`
	At       string             `json:"at"`
	Action   masar.ChangeAction `json:"action"`
	Changed  string             `json:"changed"`
	Fields   []string           `json:"fields"`
	By       *string            `json:"by"`
	Reason   *string            `json:"reason"`
}

// History reads a page of the changes between two snapshots, at one timestamp: what is written meanwhile neither moves nor
// doubles any of them. It takes time by the size of the page, however long the history is.
// The error has code BAD_INPUT where the store has not kept all changes since then.
func (s *Store) History(ctx context.Context, args HistoryArgs) (*History, error) {
	if args.Since >= args.Until {
		return &History{}, nil
	}
	txn := s.dg.NewReadOnlyTxn() // all its queries are answered as of the first one
	began := 1
	if args.Since > 0 {
		var err error
		if began, err = begun(ctx, txn, args.Since+1); err != nil {
			return nil, err
		}
	}
	from := max(began, args.After+1)
	var answer struct {
		Page    []changeRow `json:"page"`
		Next    ordinals    `json:"next"`
		Counter []counter   `json:"counter"`
	}
	vars := map[string]string{
		"$from": strconv.Itoa(from), "$to": strconv.Itoa(from + args.First - 1), "$next": strconv.FormatInt(args.Until+1, 10), "$xid": snapshotXID,
	}
	if err := query(ctx, txn, historyQuery, vars, &answer); err != nil {
		return nil, err
	}
	last := 0
	switch {
	case len(answer.Next) > 0:
		last = answer.Next[0].Ordinal - 1
	case len(answer.Counter) > 0:
		last = int(answer.Counter[0].Changes)
	}
	rows := answer.Page[:min(len(answer.Page), max(0, last-from+1))]
	// A store that was filled before changes were numbered has some that are not, the oldest.
	if from == 1 && args.First > 0 && (len(rows) == 0 || rows[0].Sequence != 1) || len(rows) != max(0, min(args.First, last-from+1)) {
		return nil, notKept(args.Since)
	}
	h := &History{Total: last - began + 1, HasNext: from+len(rows) <= last, HasPrevious: from > began}
	for _, r := range rows {
		h.Changes = append(h.Changes, r.change())
	}
	return h, nil
}

// begun is the ordinal of the first change of a write.
func begun(ctx context.Context, txn *dgo.Txn, write int64) (int, error) {
	var answer struct {
		Begun ordinals `json:"begun"`
	}
	if err := query(ctx, txn, begunQuery, map[string]string{"$write": strconv.FormatInt(write, 10)}, &answer); err != nil {
		return 0, err
	}
	if len(answer.Begun) == 0 {
		return 0, notKept(write - 1)
	}
	return answer.Begun[0].Ordinal, nil
}

func notKept(since int64) error {
	return masar.NewArgumentError(masar.CodeBadInput, "since", "error.changes.not_kept", masar.Args{"since": strconv.FormatInt(since, 10)})
}

func (r changeRow) change() *masar.Change {
	of, _ := recordRef(r.Changed)
	return &masar.Change{
		Sequence: r.Ordinal, Snapshot: strconv.FormatInt(r.Sequence, 10), At: r.At, Kind: of.Type, Code: of.Key, Action: r.Action, By: r.By, Reason: r.Reason,
		Fields: apiFields(of.Type, r.Fields),
	}
}

// apiNames are what fields are called in the API where they are called otherwise than in the store; empty for those that
// it does not show. A field with a kind ahead of it is of that kind alone.
var apiNames = map[string]string{
	"other_names": "aliases", "exact_match": "iri", "home": "country", "publishing": "publisher",
	"parent": "", "SDG_TARGET.parent": "goal", "SDG_INDICATOR.parent": "target",
	"LEGACY_TARGET.parent": "parent", "PRINCIPLE.parent": "parent", "TOPIC.parent": "parent",
	"INITIATIVE.form": "initiativeForm", "ORGANIZATION.form": "organizationForm", "RECOMMENDATION.form": "recommendationForm",
	"ACTIVITY.form": "activityForm", "OUTPUT.form": "outputForm", "DOCUMENT.form": "documentForm",
	"ACTIVITY.status": "activityStatus", "ACTIVITY.participants": "attendance", "EVIDENCE.kind": "evidenceKind", "EVIDENCE.review": "reviewState",
	"evidence_kind": "", "origin": "", "TEXT.document": "", "TEXT.text": "", "TEXT.length": "", "TEXT.sha256": "",
}

// grouped are the fields of the API that several of the store's make up, by how the names of these begin.
var grouped = map[string]string{"passage_": "passage", "maturity_band_": "maturityBand"}

// apiFields are the fields of the API that show the fields of a record, each once, sorted by name.
func apiFields(of masar.RecordType, fields []string) []string {
	names := []string{}
	for _, f := range fields {
		if name := apiField(of, f); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func apiField(of masar.RecordType, field string) string {
	for _, key := range []string{fmt.Sprint(of, ".", field), field} {
		if name, renamed := apiNames[key]; renamed {
			return name
		}
	}
	for beginning, name := range grouped {
		if strings.HasPrefix(field, beginning) {
			return name
		}
	}
	first, rest, _ := strings.Cut(field, "_")
	for part := range strings.SplitSeq(rest, "_") {
		if part != "" {
			first += strings.ToUpper(part[:1]) + part[1:]
		}
	}
	return first
}
