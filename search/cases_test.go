package search_test

import (
	"encoding/json"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"masar"
	"masar/internal/masartest"
	"masar/loaders"
)

// answer is the result of a search.
type answer struct {
	Match       string
	Corrections []struct{ Term, Corrected string }
	Nodes       []masar.Ref
}

func (a answer) refs(n int) []string {
	var all []string
	for _, ref := range a.Nodes[:min(n, len(a.Nodes))] {
		all = append(all, ref.String())
	}
	return all
}

// Catches: a query of testdata/cases.tsv that no longer has the expected result.
func TestCases(t *testing.T) {
	cases, err := os.ReadFile("testdata/cases.tsv")
	if err != nil {
		t.Fatal(err)
	}
	api := masartest.Start(t).API(t, loaders.Options{})
	ask := func(query string, prefix bool) answer {
		const document = `query ($q: String!, $p: Boolean) { search(query: $q, prefix: $p, first: 10) { match corrections { term corrected } nodes { kind code } } }`
		var told struct {
			Data   struct{ Search answer }
			Errors []struct{ Message string }
		}
		body := api.Ask(t, document, map[string]any{"q": query, "p": prefix}).Body
		if err := json.Unmarshal(body, &told); err != nil || len(told.Errors) > 0 {
			t.Errorf("%q: %v %s", query, err, body)
		}
		return told.Data.Search
	}
	n := 0
	for i, line := range strings.Split(string(cases), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) != 3 {
			t.Fatalf("cases.tsv:%d: three fields are wanted", i+1)
		}
		query := fields[1]
		if strings.HasPrefix(query, `"`) {
			if query, err = strconv.Unquote(query); err != nil {
				t.Fatalf("cases.tsv:%d: %v", i+1, err)
			}
		}
		n++
		how, rest, _ := strings.Cut(fields[2], " ")
		found := ask(query, how == "begins")
		if !found.as(how, rest, func(query string) answer { return ask(query, false) }) {
			t.Errorf("cases.tsv:%d: %s: %q is answered with %s %v %v, not %s", i+1, fields[0], query, found.Match, found.Corrections, found.refs(5), fields[2])
		}
	}
	if n < 100 {
		t.Errorf("only %d cases", n)
	}
}

// as reports whether a result meets the expectation of a case.
func (a answer) as(how, rest string, ask func(string) answer) bool {
	want := strings.Fields(rest)
	among := func(refs []string) bool {
		return !slices.ContainsFunc(refs, func(ref string) bool { return ref != "-" && !slices.Contains(a.refs(10), ref) })
	}
	switch how {
	case "first", "listed":
		got := slices.Sorted(slices.Values(a.refs(len(want))))
		return slices.Equal(got, slices.Sorted(slices.Values(want))) && (how == "listed" || a.Match == "ALL")
	case "among":
		return among(want)
	case "begins":
		return among(want) && a.Match == "ALL"
	case "same":
		other := ask(rest)
		return len(a.Nodes) > 0 && a.Match == other.Match && slices.Equal(a.Nodes, other.Nodes)
	case "none":
		return len(a.Nodes) == 0
	case "corrected":
		return len(a.Corrections) == 1 && a.Corrections[0].Corrected == want[0] && len(a.Nodes) > 0 && a.Match == "ALL" && among(want[1:])
	}
	return false
}
