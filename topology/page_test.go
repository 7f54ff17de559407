package topology_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"masar"
	"masar/answers"
	"masar/topology"
)

// bad checks the code of an error and the argument that it names.
func bad(t rapid.TB, err error, code masar.Code, argument string) {
	t.Helper()
	if e, ok := errors.AsType[*masar.Error](err); !ok || e.Code != code || e.Argument != argument || e.Key == "" {
		t.Errorf("error %v, want %s for %s", err, code, argument)
	}
}

// someList draws a list of a graph and reads all of it. Lists with items are drawn more often.
func someList(t *rapid.T, g graph) (listing, view) {
	lists := g.listings()
	list := rapid.SampledFrom(lists).Draw(t, "list")
	filled := slices.DeleteFunc(lists, func(l listing) bool { v, _ := l.page(answers.ListArgs{First: new(2)}); return v.Total < 2 })
	if len(filled) > 0 && rapid.IntRange(0, 9).Draw(t, "filled") > 0 {
		list = rapid.SampledFrom(filled).Draw(t, "filled list")
	}
	return list, list.whole(t)
}

// whole reads a list as one page.
func (l listing) whole(t rapid.TB) view {
	t.Helper()
	whole, err := l.page(answers.ListArgs{First: new(100)})
	if err != nil {
		t.Fatalf("%s: %v", l.name, err)
	}
	if whole.HasNext || whole.HasPrev || whole.Total != len(whole.Items) {
		t.Fatalf("%s is not whole: %+v", l.name, whole)
	}
	return whole
}

// same compares views, which may be empty.
func same(t rapid.TB, what string, want, got view) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// part is the expected page of a whole list.
func part(whole view, from, to int) view {
	return view{whole.Items[from:to], whole.Cursors[from:to], whole.Total, to < whole.Total, from > 0}
}

// Catches: paging forward that skips, repeats or moves an item, a total that changes, and a wrong hasNextPage.
func TestForwardPagesMakeTheListOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list, whole := someList(t, built(t, someOutline(t)))
		size := rapid.IntRange(1, 9).Draw(t, "size")
		args := answers.ListArgs{First: &size}
		for from := 0; ; from += size {
			p, err := list.page(args)
			if err != nil {
				t.Fatalf("%v", err)
			}
			same(t, fmt.Sprintf("the page of %s at %d", list.name, from), part(whole, from, min(from+size, whole.Total)), p)
			if !p.HasNext {
				break
			}
			args.After = &p.Cursors[len(p.Cursors)-1]
		}
	})
}

// Catches: the same for paging backward.
func TestBackwardPagesMakeTheListOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list, whole := someList(t, built(t, someOutline(t)))
		size := rapid.IntRange(1, 9).Draw(t, "size")
		args := answers.ListArgs{Last: &size}
		for to := whole.Total; ; to -= size {
			p, err := list.page(args)
			if err != nil {
				t.Fatalf("%v", err)
			}
			same(t, fmt.Sprintf("the page of %s to %d", list.name, to), part(whole, max(0, to-size), to), p)
			if !p.HasPrev {
				break
			}
			args.Before = &p.Cursors[0]
		}
	})
}

// Catches: a range between two cursors that is off by one, cut at the wrong end, or reversed.
func TestWindowBetweenCursors(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list, whole := someList(t, built(t, someOutline(t)))
		if whole.Total == 0 {
			t.Skip("the drawn list is empty")
		}
		place := rapid.IntRange(0, whole.Total-1)
		from, to, args := 0, whole.Total, answers.ListArgs{}
		if rapid.Bool().Draw(t, "after") {
			i := place.Draw(t, "after")
			args.After, from = &whole.Cursors[i], i+1
		}
		if rapid.Bool().Draw(t, "before") {
			i := place.Draw(t, "before")
			args.Before, to = &whole.Cursors[i], max(from, i)
		}
		size := rapid.IntRange(0, 9).Draw(t, "size")
		switch rapid.SampledFrom([]string{"first", "last", "neither"}).Draw(t, "end") {
		case "first":
			args.First, to = &size, min(to, from+size)
		case "last":
			args.Last, from = &size, max(from, to-size)
		default:
			to = min(to, from+20)
		}
		p, err := list.page(args)
		if err != nil {
			t.Fatalf("%v", err)
		}
		same(t, list.name, part(whole, from, to), p)
	})
}

// Catches: two items with the same cursor, one of which paging would skip.
func TestEveryItemHasItsCursor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, list := range built(t, someOutline(t)).listings() {
			seen := map[string]bool{}
			for _, cursor := range list.whole(t).Cursors {
				if seen[cursor] || len(cursor) > 1024 || strings.Trim(cursor, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
					t.Errorf("%s: cursor %q is repeated, too long, or not safe in a URL", list.name, cursor)
				}
				seen[cursor] = true
			}
		}
	})
}

// Catches: paging that skips or repeats items when the graph changes. A cursor names a place by the properties of its
// item, so it stays valid when earlier items change, and even when its own item is gone.
func TestCursorsKeepTheirPlaceAcrossSnapshots(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := someOutline(t) // both snapshots lack some of these, in the same order
		before, after, union := built(t, without(t, all, "before")), built(t, without(t, all, "after")), built(t, all)
		lists := map[string]listing{}
		for _, g := range []graph{union, after} {
			for _, l := range g.listings() {
				lists[fmt.Sprint(g.Graph == union.Graph, l.name)] = l
			}
		}
		for _, then := range before.listings() {
			now, ok := lists["false"+then.name]
			if !ok || strings.HasPrefix(then.name, "all ") && strings.Contains(then.name, " by SUPPORT ") {
				continue // its entity or claim is gone, or it has moved after losing its best claim
			}
			was, is, every := then.whole(t), now.whole(t), lists["true"+then.name].whole(t)
			for i, cursor := range was.Cursors {
				place := slices.Index(every.Cursors, cursor)
				if place < 0 {
					t.Fatalf("%s: %s has another cursor in the larger list", then.name, was.Items[i])
				}
				var past, ahead []string
				for _, c := range is.Cursors {
					switch at := slices.Index(every.Cursors, c); {
					case at > place:
						past = append(past, c)
					case at < place:
						ahead = append(ahead, c)
					}
				}
				forward, err := now.page(answers.ListArgs{First: new(100), After: &cursor})
				backward, err2 := now.page(answers.ListArgs{Last: new(100), Before: &cursor})
				if err != nil || err2 != nil {
					t.Fatalf("%s: %v, %v", now.name, err, err2)
				}
				if diff := cmp.Diff([][]string{ahead, past}, [][]string{backward.Cursors, forward.Cursors}, cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("%s, after the cursor of %s:\n%s", now.name, was.Items[i], diff)
				}
			}
		}
	})
}

// without removes some claims, observations and recommendations from an Outline.
func without(t *rapid.T, s *masar.Outline, label string) *masar.Outline {
	less := clone(s)
	gone := map[uint64]bool{}
	drop := func(uid uint64) bool {
		gone[uid] = rapid.IntRange(0, 3).Draw(t, label) == 0
		return gone[uid]
	}
	less.Entities = slices.DeleteFunc(less.Entities, func(e masar.EntityOutline) bool {
		return e.Ref.Kind == masar.KindRecommendation && drop(e.UID)
	})
	less.Claims = slices.DeleteFunc(less.Claims, func(c masar.ClaimOutline) bool {
		if gone[c.Subject] {
			gone[c.UID] = true
			return true
		}
		return drop(c.UID)
	})
	less.Evidence = slices.DeleteFunc(less.Evidence, func(e masar.EvidenceOutline) bool { return gone[e.Claim] })
	less.Observations = slices.DeleteFunc(less.Observations, func(o masar.ObservationOutline) bool { return drop(o.UID) })
	return less
}

// targets is a graph of 150 targets of one goal, more than fit on a page.
func targets(t rapid.TB) graph {
	var lines strings.Builder
	for i := range 150 {
		fmt.Fprintf(&lines, "SDG_TARGET/16.%d parent SDG_GOAL/16\n", i+1)
	}
	return build(t, lines.String())
}

// Catches: a page larger than the maximum or of another size than requested.
func TestPageSizes(t *testing.T) {
	g := targets(t)
	for _, c := range []struct {
		name        string
		args        answers.ListArgs
		first, last string
		n           int
		next, prev  bool
	}{
		{"neither", answers.ListArgs{}, "16.1", "16.20", 20, true, false},
		{"first", answers.ListArgs{First: new(3)}, "16.1", "16.3", 3, true, false},
		{"last", answers.ListArgs{Last: new(3)}, "16.148", "16.150", 3, false, true},
		{"first at most", answers.ListArgs{First: new(100)}, "16.1", "16.100", 100, true, false},
		{"last at most", answers.ListArgs{Last: new(100)}, "16.51", "16.150", 100, false, true},
		{"first of none", answers.ListArgs{First: new(0)}, "", "", 0, true, false},
		{"last of none", answers.ListArgs{Last: new(0)}, "", "", 0, false, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			v, err := g.entities(g.All(masar.KindSdgTarget, c.args))
			if err != nil {
				t.Fatal(err)
			}
			if v.Total != 150 || len(v.Items) != c.n || v.HasNext != c.next || v.HasPrev != c.prev {
				t.Errorf("the page is %+v", v)
			}
			if c.n > 0 && (v.Items[0] != c.first || v.Items[c.n-1] != c.last) {
				t.Errorf("the page has items from %s to %s", v.Items[0], v.Items[c.n-1])
			}
		})
	}
	for _, c := range []struct {
		name     string
		args     answers.ListArgs
		argument string
	}{
		{"first below 0", answers.ListArgs{First: new(-1)}, "first"},
		{"first too large", answers.ListArgs{First: new(101)}, "first"},
		{"last below 0", answers.ListArgs{Last: new(-1)}, "last"},
		{"last too large", answers.ListArgs{Last: new(1 << 40)}, "last"},
		{"first and last", answers.ListArgs{First: new(1), Last: new(1)}, "last"},
		{"first and last, one too large", answers.ListArgs{First: new(1), Last: new(101)}, "last"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, list := range g.listings()[:5] {
				_, err := list.page(c.args)
				bad(t, err, masar.CodeBadPage, c.argument)
			}
		})
	}
}

// Catches: a cursor of another list that is accepted, and an error that does not name the argument.
func TestCursorsOfOtherListsAreRefused(t *testing.T) {
	g := build(t, goalLevel+`
		SDG_INDICATOR/16.6.1 parent SDG_TARGET/16.6
		COUNTRY/EGY observed EGDI 2024 V1 D1
		COUNTRY/TUN observed EGDI 2024 V1 D1
		ORGANIZATION/O1 PARTICIPATES INITIATIVE/I1 FUNDER
		INDICATOR/EGDI
		ORGANIZATION/O1 home COUNTRY/EGY`)
	target, advances := g.at("SDG_TARGET/16.6"), []topology.Step{in(masar.Advances)}
	follow := func(args answers.ListArgs, kinds ...masar.Kind) func(answers.ListArgs) (view, error) {
		return func(a answers.ListArgs) (view, error) {
			args.First, args.After, args.Before = a.First, a.After, a.Before
			return g.entities(g.Follow(target, advances, kinds, args))
		}
	}
	lists := append(g.listings(),
		listing{"goal level", follow(answers.ListArgs{IncludeGoalLevel: new(true)})},
		listing{"of a kind", follow(answers.ListArgs{}, masar.KindRecommendation)},
		listing{"stated", follow(answers.ListArgs{Filter: &answers.ClaimFilter{Basis: new(masar.Stated)}})},
		listing{"of a role", follow(answers.ListArgs{Roles: []masar.Role{masar.RoleFunder}})},
		listing{"stated claims", func(a answers.ListArgs) (view, error) {
			a.Filter = &answers.ClaimFilter{Basis: new(masar.Stated)}
			return g.claims(g.Claims(topology.None, a))
		}},
		listing{"claims as subject", func(a answers.ListArgs) (view, error) {
			a.End = new(answers.SubjectEnd)
			return g.claims(g.Claims(g.at("RECOMMENDATION/BOTH"), a))
		}},
		listing{"observations of an indicator", func(a answers.ListArgs) (view, error) {
			a.Indicators = []string{"EGDI"}
			return g.observations(g.Observations(g.at("COUNTRY/EGY"), a))
		}},
		listing{"children of a kind", func(a answers.ListArgs) (view, error) {
			return g.entities(g.Linked(target, topology.Children, masar.KindSdgIndicator, a))
		}},
		listing{"related", func(a answers.ListArgs) (view, error) {
			return g.entities(g.Related(g.at("RECOMMENDATION/BOTH"), a))
		}},
	)
	// The default order is by code, ascending, so the two are one list.
	one := func(name string) string { return strings.TrimSuffix(name, " by CODE ASC") }
	for _, of := range lists {
		v := of.whole(t)
		if v.Total == 0 {
			continue
		}
		for _, other := range lists {
			_, after := other.page(answers.ListArgs{After: &v.Cursors[0]})
			_, before := other.page(answers.ListArgs{Before: &v.Cursors[0]})
			if one(of.name) == one(other.name) {
				if after != nil || before != nil {
					t.Errorf("%s refuses a cursor of %s: %v, %v", other.name, of.name, after, before)
				}
				continue
			}
			bad(t, after, masar.CodeBadCursor, "after")
			bad(t, before, masar.CodeBadCursor, "before")
			if t.Failed() {
				t.Fatalf("a cursor of %s is accepted by %s", of.name, other.name)
			}
		}
	}
}

// spoilt are invalid strings similar to a cursor.
func spoilt(cursor string) map[string]string {
	raw, _ := base64.RawURLEncoding.DecodeString(cursor)
	encode := base64.RawURLEncoding.EncodeToString
	return map[string]string{
		"empty":              "",
		"blank":              " ",
		"garbage":            "!!!",
		"Arabic":             "مسار",
		"NUL":                "\x00",
		"a number":           "20",
		"null":               "null",
		"cut":                cursor[:len(cursor)-3],
		"cut to its mark":    encode(raw[:4]),
		"cut in its value":   encode(raw[:11]),
		"padded":             cursor + "==",
		"with a line break":  cursor[:5] + "\n" + cursor[5:],
		"with a blank":       cursor + " ",
		"in standard base64": base64.StdEncoding.EncodeToString(append([]byte{0xff, 0xef}, raw...)),
		"of another mark":    encode(append([]byte{raw[0] ^ 1}, raw[1:]...)),
		"not a number":       encode(append(append(slices.Clone(raw[:4]), 0x7f, 0xf8, 0, 0, 0, 0, 0, 1), raw[12:]...)),
		"too long":           cursor + strings.Repeat("A", 1025-len(cursor)),
		"far too long":       strings.Repeat(cursor, 100000),
	}
}

// Catches: an invalid cursor that is accepted or gets another error than BAD_CURSOR.
func TestGarbageIsNoCursor(t *testing.T) {
	g := targets(t)
	list := listing{"all", func(a answers.ListArgs) (view, error) { return g.entities(g.All(masar.KindSdgTarget, a)) }}
	p, err := list.page(answers.ListArgs{First: new(1)})
	if err != nil {
		t.Fatal(err)
	}
	for name, cursor := range spoilt(p.Cursors[0]) {
		if name == "cut" { // a shortened cursor may be valid, for a place without an item
			continue
		}
		t.Run(name, func(t *testing.T) {
			_, err := list.page(answers.ListArgs{After: &cursor})
			bad(t, err, masar.CodeBadCursor, "after")
			_, err = list.page(answers.ListArgs{Before: &cursor})
			bad(t, err, masar.CodeBadCursor, "before")
			_, err = list.page(answers.ListArgs{After: &p.Cursors[0], Before: &cursor})
			bad(t, err, masar.CodeBadCursor, "before")
		})
	}
}

// FuzzCursor catches: a cursor that causes a panic, that gives anything but BAD_CURSOR or a part of the list, or that
// cuts the list at different places forward and backward.
func FuzzCursor(f *testing.F) {
	g := build(f, goalLevel+`
		COUNTRY/EGY observed EGDI 2024 V1 D1
		COUNTRY/EGY observed 16.6.1 2024 V1 D1
		ORGANIZATION/O1 PARTICIPATES INITIATIVE/I1 FUNDER + NEWS D1`)
	lists := g.listings()
	for i, l := range lists {
		for _, cursor := range l.whole(f).Cursors {
			f.Add(uint16(i), cursor)
			if i%50 == 0 {
				for _, s := range spoilt(cursor) {
					f.Add(uint16(i), s[:min(len(s), 2000)])
				}
			}
		}
	}
	f.Fuzz(func(t *testing.T, i uint16, cursor string) {
		l := lists[int(i)%len(lists)]
		after, err := l.page(answers.ListArgs{First: new(100), After: &cursor})
		before, err2 := l.page(answers.ListArgs{Last: new(100), Before: &cursor})
		if (err == nil) != (err2 == nil) {
			t.Fatalf("after: %v, before: %v", err, err2)
		}
		if err != nil {
			bad(t, err, masar.CodeBadCursor, "after")
			bad(t, err2, masar.CodeBadCursor, "before")
			return
		}
		whole := l.whole(t)
		gap := whole.Total - len(after.Items) - len(before.Items) // the item at the cursor itself, if it exists
		if gap != 0 && gap != 1 {
			t.Fatalf("%d items are neither before nor after the cursor, want at most 1", gap)
		}
		same(t, "before", part(whole, 0, len(before.Items)), before)
		same(t, "after", part(whole, len(before.Items)+gap, whole.Total), after)
	})
}
