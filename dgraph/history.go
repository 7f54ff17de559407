package dgraph

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"masar"
)

var (
	historyQuery = named("history")
	spanQuery    = named("span")
)

// HistoryArgs select a page of changes.
type HistoryArgs struct {
	// Since and Until are snapshots. Changes of writes after Since, up to and including Until, are selected.
	Since, Until int64
	// After and Before are sequence numbers of changes, both exclusive. 0 means no limit.
	After, Before int
	// Size is the maximum number of changes, counted from the start, or from the end if FromEnd is set.
	Size    int
	FromEnd bool
}

// History is a page of changes, in the order of their sequence.
type History struct {
	Changes []*masar.Change
	// Total is the number of changes between the two snapshots, on all pages.
	Total int
	// HasNext and HasPrevious report whether there are more changes after or before the page.
	HasNext, HasPrevious bool
}

// begun is the first change of a write, as Dgraph returns it, with the tally of the changes before it.
type begun struct {
	Ordinal int   `json:"ordinal"`
	Tally   tally `json:"tally"`
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

// span is a range of ordinals, from first to last inclusive. It is empty if last is less than first.
type span struct{ first, last int }

// page is the part of a span that a page holds.
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

// guess is the page, if it is known without reading the span first: a history from the beginning, paged from the
// start or from a change. Otherwise it is empty.
func (args HistoryArgs) guess() span {
	if args.Since > 0 || args.FromEnd && args.Before == 0 {
		return span{}
	}
	return span{1, math.MaxInt32}.page(args)
}

func (s span) size() int { return max(0, s.last-s.first+1) }

// History reads a page of the changes between two snapshots, up to this moment. Concurrent writes neither shift nor repeat
// changes. It takes one or two reads, and its time depends on the size of the page only.
// The error has code BAD_INPUT if Dgraph does not hold all changes since args.Since.
func (m *Moment) History(ctx context.Context, args HistoryArgs) (*History, error) {
	if args.Since >= args.Until {
		return &History{}, nil
	}
	guess := args.guess()
	all, err := between(ctx, m, args.Since, args.Until, guess)
	if err != nil {
		return nil, err
	}
	rows := all.guessed
	shown := all.page(args)
	h := &History{Total: all.size(), HasNext: shown.last < all.last, HasPrevious: shown.first > all.first}
	if shown.size() == 0 {
		return h, nil
	}
	if !guess.covers(shown) {
		var answer struct {
			Page []changeRow `json:"page"`
		}
		if err := query(ctx, m, historyQuery, shown.vars(), &answer); err != nil {
			return nil, err
		}
		rows = answer.Page
	}
	rows = slices.DeleteFunc(rows, func(r changeRow) bool { return !shown.covers(span{r.Ordinal, r.Ordinal}) })
	// A database loaded before changes had ordinals lacks them on its oldest changes.
	if len(rows) != shown.size() || shown.first == 1 && rows[0].Sequence != 1 {
		return nil, notKept(args.Since)
	}
	for _, r := range rows {
		h.Changes = append(h.Changes, r.change())
	}
	return h, nil
}

// changeSpan is the span of changes between two snapshots.
type changeSpan struct {
	span
	// from and to are the tallies at its ends; nil if the database has none.
	from, to tally
	// guessed are the changes of the guessed page.
	guessed []changeRow
}

// between reads the span of the changes after snapshot since, up to until, and the changes of guess in the same query.
func between(ctx context.Context, txn reader, since, until int64, guess span) (*changeSpan, error) {
	var answer struct {
		Begun   []begun     `json:"begun"`
		Next    []begun     `json:"next"`
		Counter []counter   `json:"counter"`
		Page    []changeRow `json:"page"`
	}
	vars := guess.vars()
	vars["$write"], vars["$next"], vars["$xid"] = strconv.FormatInt(since+1, 10), strconv.FormatInt(until+1, 10), snapshotXID
	if err := query(ctx, txn, spanQuery, vars, &answer); err != nil {
		return nil, err
	}
	s := &changeSpan{span: span{first: 1}, from: tally{}, guessed: answer.Page}
	if since > 0 {
		if len(answer.Begun) == 0 {
			return nil, notKept(since)
		}
		s.first, s.from = answer.Begun[0].Ordinal, answer.Begun[0].Tally
	}
	switch {
	case len(answer.Next) > 0:
		s.last, s.to = answer.Next[0].Ordinal-1, answer.Next[0].Tally
	case len(answer.Counter) > 0:
		s.last, s.to = int(answer.Counter[0].Changes), answer.Counter[0].Tally
	}
	return s, nil
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

// apiNames are the API's names of fields whose predicates have other names. An empty name is a field that the API
// does not show. A prefix such as TOPIC. limits an entry to that record type.
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

// grouped are API fields that several predicates make up, by the common prefix of these predicates.
var grouped = map[string]string{"passage_": "passage", "withdrawal_": "retirement", "maturity_band_": "maturityBand"}

// apiFields are the API's names of a record's changed fields, unique and sorted.
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
