//go:build linux

package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"masar/internal/masartest"
)

// The process with values in memory is this binary.
func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == valuesCommand {
		exit(serveValues(context.Background(), os.Args[2]))
		return
	}
	os.Exit(m.Run())
}

// Catches: a benchmark that no longer runs, lacks a row, or compares answers of different content. The run itself fails if an
// answer is not that of the records.
func TestSmallestRun(t *testing.T) {
	if testing.Short() {
		t.Skip("starts two databases")
	}
	out, err := os.Create(filepath.Join(t.TempDir(), "table"))
	if err != nil {
		t.Fatal(err)
	}
	o := options{binary: masartest.Binary(t), dir: t.TempDir(), sizes: []int{500}, seconds: 100 * time.Millisecond, rounds: 2, starts: 2, out: out}
	if err := o.run(t.Context()); err != nil {
		t.Fatal(err)
	}
	table, err := os.ReadFile(out.Name())
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []string{
		"masar", "masar, the same questions again", "nested DQL by hand, in any order", "nested DQL by hand, ordered as by masar",
		"Dgraph's `/graphql`, in any order", "Dgraph's `/graphql`, ordered as by masar", "gqlgen alone, values in memory", "`net/http` alone, the same bytes",
		"the five best evidence paths", "search for two words, English", "search for two words, Arabic", "dashboard", "gap map",
		"page: home", "page: a target", "page: a recommendation", "page: a country, in Arabic", "page: claims", "page: gaps",
		"loading; Dgraph's own: `dgraph live`", "start to ready", "memory after the nested question: masar", "memory after the nested question: alpha", "memory after the nested question: zero",
	} {
		if !strings.Contains(string(table), "\n| "+row+" | ") {
			t.Errorf("the table lacks %q", row)
		}
	}
	for _, broken := range []string{"NaN", "Inf", "| 0 ms", "| 0 MB"} {
		if strings.Contains(string(table), broken) {
			t.Errorf("the table has %q", broken)
		}
	}
	t.Log(string(table))
}

// Catches: answers of different content that count as equal, and equal ones that do not.
func TestContent(t *testing.T) {
	of := func(evidence ...citation) content {
		return content{heading: heading{"16.6", "Institutions"}, Recommendations: []recommendationContent{{heading: heading{"R", "r"}, Evidence: evidence}}}
	}
	one, other := citation{"SUPPORTS", "NEWS", heading{"D1", "d"}}, citation{"SUPPORTS", "NEWS", heading{"D2", "d"}}
	if err := differs(of(one, other).sorted(), of(other, one).sorted()); err != nil {
		t.Errorf("the same evidence in another order differs: %v", err)
	}
	for name, got := range map[string]content{"other evidence": of(one, one), "less evidence": of(one), "no recommendation": {heading: heading{"16.6", "Institutions"}}} {
		if differs(of(one, other).sorted(), got.sorted()) == nil {
			t.Errorf("%s counts as equal", name)
		}
	}
}

// Catches: a median or percentile of other requests than named.
func TestTimes(t *testing.T) {
	var all times
	for i := range 101 {
		all = append(all, time.Duration(100-i)*time.Millisecond)
	}
	if all.median() != 50*time.Millisecond || all.at(.99) != 99*time.Millisecond {
		t.Errorf("median %s, 99 of 100 within %s", all.median(), all.at(.99))
	}
}

// Catches: sizes that are read as others.
func TestSizes(t *testing.T) {
	if got, err := sizes("10k,1M, 500"); err != nil || len(got) != 3 || got[0] != 10_000 || got[1] != 1_000_000 || got[2] != 500 {
		t.Errorf("%v, %v", got, err)
	}
	for _, wrong := range []string{"", "99", "10x", "10k,"} {
		if got, err := sizes(wrong); err == nil {
			t.Errorf("%q is read as %v", wrong, got)
		}
	}
}
