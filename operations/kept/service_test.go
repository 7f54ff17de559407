package kept_test

import (
	"bytes"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"masar"
	"masar/dgraph"
	"masar/dgraph/embedded/embeddedtest"
	"masar/examples"
	"masar/internal/masartest"
	"masar/loaders"
	"masar/operations"
	"masar/operations/metrics/metricstest"
	"masar/server"
)

func TestMain(m *testing.M) { embeddedtest.Main(m) }

// keeping makes a service keep answers.
func keeping(o *operations.Options, _ *server.Options) { o.KeptBytes = 64 << 20 }

// repeated is how many answers were repeated in a way.
func repeated(t *testing.T, api *masartest.API, way string) float64 {
	t.Helper()
	return metricstest.Value(t, api.Operations.Metrics(), "masar_answers_repeated_total", "way", way)
}

// Catches: a repeated question that reads Dgraph or is executed, an answer that differs from the one of a service that keeps
// none, and an answer in the language of another question.
func TestRepeatedQuestions(t *testing.T) {
	service := masartest.Start(t)
	plain, api := service.API(t, loaders.Options{}), service.API(t, loaders.Options{}, keeping)
	all, err := examples.All()
	if err != nil || len(all) == 0 {
		t.Fatalf("%d examples, %v", len(all), err)
	}
	for _, e := range all {
		want := plain.Ask(t, e.Document, e.Variables).Body
		for round := range 3 {
			before := repeated(t, api, "kept")
			got := api.Ask(t, e.Document, e.Variables)
			if !bytes.Equal(got.Body, want) {
				t.Errorf("%s, round %d: %.300s, want %.300s", e.Name, round, got.Body, want)
			}
			if kept := repeated(t, api, "kept") > before; kept != (round > 0) || kept && got.Reads > 0 {
				t.Errorf("%s, round %d: kept %v, %d reads", e.Name, round, kept, got.Reads)
			}
		}
	}
	const title = `query($lang: [Language!]) { sdgGoal(code: "16") { title(lang: $lang) { value } } }`
	answers := map[string]bool{}
	for range 2 {
		for _, lang := range []string{"AR", "EN"} {
			answers[string(api.Ask(t, title, map[string]any{"lang": []string{lang}}).Body)] = true
		}
	}
	if len(answers) != 2 {
		t.Errorf("%d answers in two languages: %v", len(answers), answers)
	}
}

// addresses are a page of each kind, a brief and tables.
var addresses = []string{
	"/ar/", "/en/", "/en/targets/16.6", "/ar/targets/16.6?lang=ar", "/en/search?q=corruption", "/en/countries/EGY", "/en/nothing-here",
	"/api/v1/briefs/targets/16.6.html", "/api/v1/briefs/targets/16.6.docx?lang=ar", "/api/v1/rows/recommendations.csv", "/api/v1/rows/claims.json?first=5",
	"/api/v1/rows/claims.csv?first=0",
}

// Catches: a page, a brief or a table from memory that differs in its body or headers from the one that was made, or that is
// made again.
func TestRepeatedPagesAndFiles(t *testing.T) {
	service := masartest.Start(t)
	plain, api := service.API(t, loaders.Options{}), service.API(t, loaders.Options{}, keeping)
	ask := func(from *masartest.API, address string) (status int, header http.Header, body string) {
		r := httptest.NewRequest(http.MethodGet, address, nil)
		r.Header.Set("Accept", "text/html,*/*;q=0.8")
		answer := from.Do(t, r)
		text, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		answer.Header.Del("Traceresponse")
		answer.Header.Del("Content-Length") // the kept answer has it, one that is made has not
		vary := slices.Compact(slices.Sorted(slices.Values(answer.Header.Values("Vary"))))
		answer.Header["Vary"] = vary
		return answer.StatusCode, answer.Header, string(text)
	}
	for _, address := range addresses {
		status, header, body := ask(plain, address)
		before := repeated(t, api, "whole")
		for round := range 3 {
			gotStatus, gotHeader, got := ask(api, address)
			if gotStatus != status || got != body {
				t.Errorf("%s, round %d: %d, %d bytes, want %d, %d bytes", address, round, gotStatus, len(got), status, len(body))
			}
			if !maps.EqualFunc(gotHeader, header, slices.Equal[[]string]) {
				t.Errorf("%s, round %d: %v, want %v", address, round, gotHeader, header)
			}
		}
		if n := repeated(t, api, "whole") - before; n != map[bool]float64{true: 2}[status == http.StatusOK] {
			t.Errorf("%s: %d, %g of two repeated answers from memory", address, status, n)
		}
	}
}

// Catches: an answer, a page or a table of an older snapshot after a write.
func TestAWriteMovesWhatIsKept(t *testing.T) {
	service := masartest.Start(t)
	api := service.API(t, loaders.Options{}, keeping)
	graph, err := service.Live.Graph()
	if err != nil {
		t.Fatal(err)
	}
	code := "kept-topic-" + graph.Snapshot() // a repeated test writes another topic
	question := `{ topic(code: "` + code + `") { title(lang: [EN]) { value } } }`
	page := func(address string) string {
		answer := api.Do(t, httptest.NewRequest(http.MethodGet, address, nil))
		body, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return "snapshot " + answer.Header.Get("X-Snapshot") + ":" + string(body)
	}
	seen := func() [3]string {
		return [3]string{
			string(api.Ask(t, question, nil).Body),
			page("/en/"),
			page("/api/v1/rows/graph-nodes.csv"),
		}
	}
	before := seen()
	if again := seen(); again != before {
		t.Fatal("the answers differ without a write")
	}
	text := masar.LocalizedText{AR: masar.Translation{Value: "موضوع محفوظ"}, EN: masar.Translation{Value: "A kept topic"}}
	written := &masar.Topic{Header: masar.Header{Kind: masar.KindTopic, Code: code, Titles: text, Summaries: text}}
	if _, err := service.Store.Save(t.Context(), dgraph.Write{Batch: &masar.Batch{Entities: []masar.Entity{written}}, By: "test"}); err != nil {
		t.Fatal(err)
	}
	if err := service.Live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	after := seen()
	if found := `"A kept topic"`; strings.Contains(before[0], found) || !strings.Contains(after[0], found) {
		t.Errorf("the answer after a write: %s", after[0])
	}
	for i := range after {
		if before[i] == after[i] {
			t.Errorf("after a write as before: %.300s", after[i])
		}
	}
}
