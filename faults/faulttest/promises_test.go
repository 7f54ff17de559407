//go:build linux

package main

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"masar"
)

// graphOf returns a graph with the topics of a writer that its writes 1 to 3 made, except for those left out.
func graphOf(w *writer, head int, without ...string) *masar.Contents {
	all := &masar.Contents{}
	for n := 1; n <= 3; n++ {
		for _, e := range w.batch(n).Entities {
			if t := e.(*masar.Topic); !slices.Contains(without, t.Code) && !strings.Contains(t.Code, "head") {
				all.Entities = append(all.Entities, t)
			}
		}
	}
	for _, side := range sides {
		all.Entities = append(all.Entities, w.topic(w.head(side), head))
	}
	return all
}

// Catches: a lost or half-written write that the test of faults does not find, and a correct graph that it rejects.
func TestLoss(t *testing.T) {
	w := newWriter("w", nil)
	w.n = 3
	for _, n := range []int{1, 3} { // the second write had no answer
		w.acked[n] = acknowledged{at: time.Now(), fault: 1}
	}
	for name, c := range map[string]struct {
		graph *masar.Contents
		lost  []int
		half  int
	}{
		"all writes":                    {graphOf(w, 3), nil, 0},
		"an unanswered write missing":   {graphOf(w, 3, "w-2-left", "w-2-right"), nil, 0},
		"an acknowledged write missing": {graphOf(w, 3, "w-1-left", "w-1-right"), []int{1}, 0},
		"half of an acknowledged write": {graphOf(w, 3, "w-1-left"), []int{1}, 1},
		"half of an unanswered write":   {graphOf(w, 3, "w-2-left"), nil, 1},
		"an old head":                   {graphOf(w, 2), nil, 1},
	} {
		lost, half := w.loss(c.graph)
		if !slices.Equal(lost, c.lost) || len(half) != c.half {
			t.Errorf("%s: lost %v, half-written %v", name, lost, half)
		}
	}
}

// Catches: a broken promise that does not fail the test of faults.
func TestPromises(t *testing.T) {
	p := promise{answered: .995, nearlyAll: time.Second, recovery: 10 * time.Second, stale: 5 * time.Second}
	good := row{reads: 1000, failed: 5, nearlyAll: time.Second, recovery: 10 * time.Second, stale: 5 * time.Second}
	if broken := p.check(good); len(broken) > 0 {
		t.Errorf("kept promises: %v", broken)
	}
	for name, spoil := range map[string]func(*row){
		"reads fail":   func(r *row) { r.failed = 6 },
		"no reads":     func(r *row) { *r = row{} },
		"slow reads":   func(r *row) { r.nearlyAll++ },
		"late":         func(r *row) { r.recovery++ },
		"stale answer": func(r *row) { r.stale++ },
	} {
		r := good
		spoil(&r)
		if broken := p.check(r); len(broken) != 1 {
			t.Errorf("%s: %v", name, broken)
		}
	}
	if results := (&table{}); !results.isBroken() {
		t.Error("a test without faults succeeds")
	}
}

// Catches: memory, goroutines, files or disk that grow without failing the test.
func TestGrown(t *testing.T) {
	middle := usage{map[string]int{"masar": 100, "alpha": 150, "zero": 60}, map[string]int{"masar": 20, "alpha": 30, "zero": 20}, 30, 400, 100}
	if broken := grown(middle, middle, false); len(broken) > 0 {
		t.Errorf("constant usage: %v", broken)
	}
	for name, spoil := range map[string]func(*usage){
		"goroutines":      func(u *usage) { u.goroutines = 60 },
		"files":           func(u *usage) { u.files["alpha"] = 60 },
		"memory":          func(u *usage) { u.megabytes["masar"] = 201 },
		"disk":            func(u *usage) { u.disk = 600 },
		"above the limit": func(u *usage) { u.megabytes["zero"] = 81 },
	} {
		end := middle
		end.megabytes, end.files = maps.Clone(middle.megabytes), maps.Clone(middle.files)
		spoil(&end)
		if broken := grown(middle, end, false); len(broken) != 1 {
			t.Errorf("%s: %v", name, broken)
		}
	}
}

// Catches: a visitor whose visits fail, or who never comes, without failing the test.
func TestVisitors(t *testing.T) {
	v := &visitor{name: "pages"}
	if r := v.row("soak"); len(r.broken) != 1 {
		t.Errorf("no visit: %+v", r)
	}
	v.note(time.Second, nil)
	if r := v.row("soak"); len(r.broken) > 0 || r.operations != 1 {
		t.Errorf("a visit: %+v", r)
	}
	v.note(time.Second, errors.New("/: 500"))
	if r := v.row("soak"); len(r.broken) != 1 || !strings.Contains(r.note, "/: 500") {
		t.Errorf("a failed visit: %+v", r)
	}
}

// Catches: a failed test of damaged files that becomes a row without a broken promise.
func TestDamageRows(t *testing.T) {
	rows := damagedFiles.rows([]byte(`{"Action":"output","Test":"T/zw_deleted","Output":"| zw deleted | DATA/dgraph/zw is missing |"}
{"Action":"pass","Test":"T/zw_deleted"}
{"Action":"output","Test":"T/p_deleted","Output":"the seed was written"}
{"Action":"fail","Test":"T/p_deleted"}
{"Action":"pass","Test":"T/marker_deleted"}
{"Action":"fail","Test":"T"}
`))
	if len(rows) != 3 || rows[0].note != "refuses to start, and names the file" || rows[1].broken == nil || rows[0].broken != nil || rows[2].broken != nil {
		t.Errorf("%+v", rows)
	}
}
