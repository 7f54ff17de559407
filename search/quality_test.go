package search_test

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"masar"
	"masar/dgraph/embedded/embeddedtest"
	"masar/internal/masartest"
	"masar/loaders"
)

// question is a line of testdata/queries.tsv.
type question struct {
	line    int
	query   string
	lang    masar.Language
	answers []masar.Ref // none if the graph has no answer
}

func questions(t testing.TB) []question {
	t.Helper()
	file, err := os.Open("testdata/queries.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var all []question
	scanner := bufio.NewScanner(file)
	for line := 1; scanner.Scan(); line++ {
		if scanner.Text() == "" || strings.HasPrefix(scanner.Text(), "#") {
			continue
		}
		fields := strings.Split(scanner.Text(), "\t")
		if len(fields) != 3 {
			t.Fatalf("queries.tsv:%d: three fields are wanted", line)
		}
		q := question{line: line, query: fields[0], lang: masar.Language(fields[1])}
		if fields[2] != "-" {
			for s := range strings.FieldsSeq(fields[2]) {
				ref, err := masar.ParseRef(s)
				if err != nil {
					t.Fatalf("queries.tsv:%d: %v", line, err)
				}
				q.answers = append(q.answers, ref)
			}
		}
		all = append(all, q)
	}
	return all
}

// quality is the sum of the quality of search over queries.
type quality struct {
	queries            int
	recall, reciprocal float64
}

// counted is the number of hits that users look at.
const counted = 10

// add counts a query with the entities that it found, best first.
func (s *quality) add(q question, found []masar.Ref) (recall, reciprocal float64) {
	hits := 0
	for i, ref := range found[:min(len(found), counted)] {
		if slices.Contains(q.answers, ref) {
			hits++
			reciprocal = cmp.Or(reciprocal, 1/float64(i+1))
		}
	}
	recall = float64(hits) / float64(len(q.answers))
	s.queries++
	s.recall += recall
	s.reciprocal += reciprocal
	return recall, reciprocal
}

func (s *quality) String() string {
	return fmt.Sprintf("%d queries, recall@10 %.3f, MRR %.3f", s.queries, s.recall/float64(s.queries), s.reciprocal/float64(s.queries))
}

// floor is the minimum quality of search by language. Raise it when search improves.
var floor = map[masar.Language]quality{
	masar.Arabic:  {recall: 0.97, reciprocal: 0.98},
	masar.English: {recall: 0.96, reciprocal: 0.95},
}

// check logs the quality and compares it with a minimum.
func (s *quality) check(t *testing.T, what string, least quality) {
	t.Helper()
	fmt.Printf("search quality %s: %s\n", what, s)
	n := float64(s.queries)
	if s.recall/n < least.recall || s.reciprocal/n < least.reciprocal {
		t.Errorf("%s: %s; at least %.2f and %.2f are wanted", what, s, least.recall, least.reciprocal)
	}
}

func TestMain(m *testing.M) { embeddedtest.Main(m) }

// Catches: a change of the analyser, the synonyms, the index or the ranking that makes search worse. It logs the
// quality and the queries with unexpected results (go test ./search -run Quality -v).
func TestQuality(t *testing.T) {
	api := masartest.Start(t).API(t, loaders.Options{})
	measured := map[masar.Language]*quality{masar.Arabic: {}, masar.English: {}}
	for _, q := range questions(t) {
		found := ask(t, api, q.query)
		if q.answers == nil {
			if len(found) > 0 {
				t.Errorf("queries.tsv:%d: %q must find nothing, and finds %v", q.line, q.query, found)
			}
			continue
		}
		if recall, reciprocal := measured[q.lang].add(q, found); recall < 1 || reciprocal < 1 {
			t.Logf("queries.tsv:%d: %q: recall %.2f, reciprocal rank %.2f\n\twanted %v\n\tfound  %v", q.line, q.query, recall, reciprocal, q.answers, found)
		}
	}
	for lang, got := range measured {
		got.check(t, string(lang), floor[lang])
	}
}

// ask returns the first hits of a query.
func ask(t testing.TB, api *masartest.API, query string) []masar.Ref {
	t.Helper()
	answer := api.Ask(t, `query ($q: String!) { search(query: $q, first: 10) { nodes { kind code } } }`, map[string]any{"q": query})
	var told struct {
		Data   struct{ Search struct{ Nodes []masar.Ref } }
		Errors []any
	}
	if err := json.Unmarshal(answer.Body, &told); err != nil || told.Errors != nil {
		t.Fatalf("%q: %v %s", query, err, answer.Body)
	}
	return told.Data.Search.Nodes
}

// Catches: queries about entities that the seed no longer has, duplicate queries, and too few queries.
func TestQuestions(t *testing.T) {
	m, asked, byLanguage := seedGraph(t), map[string]bool{}, map[masar.Language]int{}
	for _, q := range questions(t) {
		for _, ref := range q.answers {
			if _, ok := m.byRef[ref]; !ok {
				t.Errorf("queries.tsv:%d: the seed has no %s", q.line, ref)
			}
		}
		if asked[q.query] {
			t.Errorf("queries.tsv:%d: %q stands there already", q.line, q.query)
		}
		asked[q.query] = true
		byLanguage[q.lang]++
	}
	for _, lang := range []masar.Language{masar.Arabic, masar.English} {
		if byLanguage[lang] < 100 {
			t.Errorf("only %d queries in %s", byLanguage[lang], lang)
		}
	}
}
