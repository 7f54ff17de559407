package dgraph

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/dgraph-io/dgo/v230"

	"masar"
)

var (
	historyQuery = named("history")
	countedQuery = named("counted")
	spanQuery    = named("span")
)

// HistoryArgs say which changes are asked for.
type HistoryArgs struct {
	// Since and Until are snapshots: changes of the writes past the first, up to the second.
	Since, Until int64
	// After and Before are sequences of changes: only those past the one, and ahead of the other. 0 asks nothing.
	After, Before int
	// Size is the largest number of changes, counted from the start or FromEnd.
	Size    int
	FromEnd bool
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

// span are the ordinals of the changes between two snapshots: from the first to the last; none where last is less.
type span struct{ first, last int }

// page is the part of a span that a page shows.
func (s span) page(args HistoryArgs) span {
	p := span{max(s.first, args.After+1), s.last}
	if args.Before > 0 {
		p.last = min(p.last, args.Before-1)
	}
	switch {
	case p.size() <= args.Size:
	case args.FromEnd:
		p.first = p.last - args.Size + 1
	default:
		p.last = p.first + args.Size - 1
	}
	return p
}

func (s span) covers(part span) bool { return s.first <= part.first && part.last <= s.last }

// guess is the page where it is known without knowing the span: from the beginning, and counted from the start or from a change.
// It is none otherwise.
func (args HistoryArgs) guess() span {
	if args.Since > 0 || args.FromEnd && args.Before == 0 {
		return span{}
	}
	return span{1, math.MaxInt32}.page(args)
}

func (s span) size() int { return max(0, s.last-s.first+1) }

// History reads a page of the changes between two snapshots, at one timestamp: what is written meanwhile neither moves nor
// doubles any of them. It takes one read or two, and time by the size of the
// page, however long the history is.
// The error has code BAD_INPUT where the store has not kept all changes since then.
func (s *Store) History(ctx context.Context, args HistoryArgs) (*History, error) {
	if args.Since >= args.Until {
		return &History{}, nil
	}
	txn := s.dg.NewReadOnlyTxn() // both its queries are answered as of the first one
	guess := args.guess()
	all, rows, err := between(ctx, txn, args.Since, args.Until, guess)
	if err != nil {
		return nil, err
	}
	shown := all.page(args)
	h := &History{Total: all.size(), HasNext: shown.last < all.last, HasPrevious: shown.first > all.first}
	if shown.size() == 0 {
		return h, nil
	}
	if !guess.covers(shown) {
		var answer struct {
			Page []changeRow `json:"page"`
		}
		if err := query(ctx, txn, historyQuery, shown.vars(), &answer); err != nil {
			return nil, err
		}
		rows = answer.Page
	}
	rows = slices.DeleteFunc(rows, func(r changeRow) bool { return !shown.covers(span{r.Ordinal, r.Ordinal}) })
	// A store that was filled before changes were numbered has some that are not, the oldest.
	if len(rows) != shown.size() || shown.first == 1 && rows[0].Sequence != 1 {
		return nil, notKept(args.Since)
	}
	for _, r := range rows {
		h.Changes = append(h.Changes, r.change())
	}
	return h, nil
}

// ChangesByType counts the changes between two snapshots by the type of the record, in the order of masar.RecordTypes, in two
// reads. The error has code BAD_INPUT where these are more than maxChanges or have not all been kept.
func (s *Store) ChangesByType(ctx context.Context, since, until int64) ([]masar.ChangeCount, error) {
	if since >= until {
		return []masar.ChangeCount{}, nil
	}
	txn := s.dg.NewReadOnlyTxn()
	all, _, err := between(ctx, txn, since, until, span{})
	if err != nil {
		return nil, err
	}
	if all.size() > maxChanges {
		return nil, masar.NewArgumentError(masar.CodeBadInput, "since", "error.changes.too_many", masar.Args{"given": all.size(), "most": maxChanges})
	}
	var answer struct {
		Changed []changeRow `json:"changed"`
	}
	if err := query(ctx, txn, countedQuery, all.vars(), &answer); err != nil {
		return nil, err
	}
	if len(answer.Changed) != all.size() {
		return nil, notKept(since)
	}
	return byType(answer.Changed), nil
}

func byType(rows []changeRow) []masar.ChangeCount {
	of := map[masar.RecordType]int{}
	for _, r := range rows {
		record, _ := recordRef(r.Changed)
		of[record.Type]++
	}
	counts := []masar.ChangeCount{}
	for _, t := range masar.RecordTypes {
		if of[t] > 0 {
			counts = append(counts, masar.ChangeCount{Kind: t, Count: of[t]})
		}
	}
	return counts
}

// between are the ordinals of the changes of the writes past a snapshot, up to another; and the changes of a guess, read with them.
func between(ctx context.Context, txn *dgo.Txn, since, until int64, guess span) (span, []changeRow, error) {
	var answer struct {
		Begun   ordinals    `json:"begun"`
		Next    ordinals    `json:"next"`
		Counter []counter   `json:"counter"`
		Page    []changeRow `json:"page"`
	}
	vars := guess.vars()
	vars["$write"], vars["$next"], vars["$xid"] = strconv.FormatInt(since+1, 10), strconv.FormatInt(until+1, 10), snapshotXID
	if err := query(ctx, txn, spanQuery, vars, &answer); err != nil {
		return span{}, nil, err
	}
	s := span{first: 1}
	if since > 0 {
		if len(answer.Begun) == 0 {
			return span{}, nil, notKept(since)
		}
		s.first = answer.Begun[0].Ordinal
	}
	switch {
	case len(answer.Next) > 0:
		s.last = answer.Next[0].Ordinal - 1
	case len(answer.Counter) > 0:
		s.last = int(answer.Counter[0].Changes)
	}
	return s, answer.Page, nil
}

func (s span) vars() map[string]string {
	return map[string]string{"$from": strconv.Itoa(s.first), "$to": strconv.Itoa(s.last)}
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
	"LEGACY_TARGET.parent": "parent", "PRINCIPLE.parent": "parent", "TOPIC.parent": "broader",
	"INITIATIVE.form": "initiativeForm", "ORGANIZATION.form": "organizationForm", "RECOMMENDATION.form": "recommendationForm",
	"heading_only":  "hasContent",
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
