package dgraph

import (
	"context"
	"encoding/json"
	"maps"

	"github.com/dgraph-io/dgo/v230"

	"masar"
)

var countedQuery = named("counted")

// countedPage is the number of changes counted per read if there is no tally.
const countedPage = 50_000

// tally is the number of changes by record type.
type tally map[masar.RecordType]int

// UnmarshalJSON reads a tally, which the database stores as JSON in a text.
func (t *tally) UnmarshalJSON(b []byte) error {
	var text string
	if err := json.Unmarshal(b, &text); err != nil {
		return err
	}
	return json.Unmarshal([]byte(text), (*map[masar.RecordType]int)(t))
}

// text returns the JSON of the tally.
func (t tally) text() string {
	b, _ := json.Marshal(map[masar.RecordType]int(t)) // a map of numbers can always be written
	return string(b)
}

// ChangesByType counts the changes between two snapshots by record type, in the order of masar.RecordTypes. It takes
// one read. Changes written by a version without tallies are counted one by one.
// The error has code BAD_INPUT if Dgraph does not hold all of them.
func (m *Moment) ChangesByType(ctx context.Context, since, until int64) ([]masar.ChangeCount, error) {
	if since >= until {
		return []masar.ChangeCount{}, nil
	}
	all, err := between(ctx, m, since, until, span{})
	if err != nil {
		return nil, err
	}
	from, to := all.from, all.to
	if from == nil || to == nil {
		var complete bool
		if to, complete, err = counted(ctx, m, all.span); err != nil {
			return nil, err
		}
		if !complete {
			return nil, notKept(since)
		}
		from = tally{}
	}
	counts := []masar.ChangeCount{}
	for _, t := range masar.RecordTypes {
		if n := to[t] - from[t]; n > 0 {
			counts = append(counts, masar.ChangeCount{Kind: t, Count: n})
		}
	}
	return counts, nil
}

// counted counts changes one by one. complete is false if the database does not hold all of them.
func counted(ctx context.Context, txn reader, all span) (counts tally, complete bool, err error) {
	counts = tally{}
	read := 0
	for from := all.first; from <= all.last; from += countedPage {
		var answer struct {
			Changed []changeRow `json:"changed"`
		}
		page := span{from, min(all.last, from+countedPage-1)}
		if err := query(ctx, txn, countedQuery, page.vars(), &answer); err != nil {
			return nil, false, err
		}
		for _, r := range answer.Changed {
			record, _ := recordRef(r.Changed)
			counts[record.Type]++
		}
		read += len(answer.Changed)
	}
	return counts, read == all.size(), nil
}

// takeUpTally reads the tally of all earlier changes. It stays nil if the database does not have all of them.
func (w *writer) takeUpTally(ctx context.Context, txn *dgo.Txn, before counter) error {
	if before.Changes == 0 {
		w.tally = tally{}
		return nil
	}
	if before.Tally != nil {
		w.tally = maps.Clone(before.Tally)
		return nil
	}
	counts, complete, err := counted(ctx, txn, span{1, int(before.Changes)})
	if complete {
		w.tally = counts
	}
	return err
}
