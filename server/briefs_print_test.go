package server_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"masar"
	"masar/brief"
	"masar/internal/brieftest"
	"masar/internal/masartest"
	"masar/loaders"
	"masar/operations"
	"masar/server"
	"masar/words"
)

// newPrinter is a printer with the Chromium of MASAR_CHROMIUM or of PATH.
func newPrinter(t *testing.T) *brief.Printer {
	t.Helper()
	path, err := brief.FindChromium(os.Getenv("MASAR_CHROMIUM"))
	if err != nil || path == "" {
		t.Fatalf("Chromium is missing: install it (apt-get install chromium), or set MASAR_CHROMIUM to its path (%v)", err)
	}
	return brief.NewPrinter(path)
}

func withPrinter(p *brief.Printer) masartest.Change {
	return func(_ *operations.Options, o *server.Options) { o.Printer = p }
}

// pagesOf are the texts of the pages of a PDF.
func pagesOf(t *testing.T, pdf []byte, raw bool) []string {
	t.Helper()
	pages, err := brieftest.PDFPages(t.Context(), pdf, raw)
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

// numbers are the numbers of pages as they stand below them.
func numbers(l masar.Language, pages int) (all []string) {
	for i := range pages {
		all = append(all, words.Say(l, "brief.page", masar.Args{"page": strconv.Itoa(i + 1), "pages": strconv.Itoa(pages)}))
	}
	return all
}

// inOrder compares an English PDF with its HTML: every Latin letter and digit, in order. Arabic words in it have the order of the
// page.
func inOrder(t *testing.T, pdf []byte, shown string) {
	t.Helper()
	pages := pagesOf(t, pdf, true)
	for i, number := range numbers(masar.English, len(pages)) {
		page, number := brieftest.Squeeze(pages[i]), brieftest.Squeeze(number)
		if pages[i] = strings.TrimSuffix(strings.TrimPrefix(page, number), number); pages[i] == page {
			t.Errorf("page %d has no number", i+1)
		}
	}
	latin := func(text string) string {
		return strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Latin, r) || '0' <= r && r <= '9' {
				return r
			}
			return -1
		}, brieftest.Squeeze(text))
	}
	if difference := brieftest.Difference(latin(strings.Join(pages, "")), latin(shown)); difference != "" {
		t.Error(difference)
	}
}

// inWords compares a PDF with its HTML by what readers of PDF tell of Arabic: every letter and digit as often, every word, and
// the headings in order. The number of each page and the heads of tables that go on are in the PDF only.
func inWords(t *testing.T, pdf []byte, page []byte, shown string, l masar.Language) {
	t.Helper()
	pages := pagesOf(t, pdf, false)
	text := strings.Join(pages, "\n")
	want := brieftest.Count(shown + strings.Join(numbers(l, len(pages)), ""))
	heads := brieftest.Count(strings.Join(between(page, "<thead>", "</thead>"), ""))
	for r, n := range brieftest.Count(text) {
		if more := n - want[r]; more < 0 || more > heads[r]*len(pages) {
			t.Errorf("%q is there %d times, not %d", r, n, want[r])
		}
		delete(want, r)
	}
	if len(want) > 0 {
		t.Errorf("letters are missing: %v", want)
	}
	letters := brieftest.Letters(text)
	for _, word := range brieftest.Words(shown) {
		if !strings.Contains(letters, word) {
			t.Errorf("%s is missing", word)
		}
	}
	for _, heading := range between(page, "<h2>", "</h2>") {
		at := len(letters)
		for part := range strings.SplitSeq(heading, " · ") { // in two languages
			i := strings.Index(letters, brieftest.Letters(part))
			if i < 0 {
				t.Fatalf("the heading %s is not there, or not in order", heading)
			}
			at = min(at, i)
		}
		letters = letters[at:]
	}
}

// between are the texts of the parts of a page between two tags.
func between(page []byte, opening, closing string) (all []string) {
	for part := range strings.SplitSeq(string(page), opening) {
		inside, _, found := strings.Cut(part, closing)
		text, err := brieftest.HTMLText([]byte("<body>" + inside))
		if found && err == nil {
			all = append(all, text)
		}
	}
	return all
}

// Catches: a PDF that lacks words of the HTML, or has them in another order; one that screen readers cannot follow, whose
// outline, language or fonts are missing.
func TestBriefsAsPDF(t *testing.T) {
	api := newBriefsAPI(t, withPrinter(newPrinter(t)))
	for _, file := range []string{"targets/16.6.%s?country=EGY&lang=%s", "countries/TUN.%s?lang=%s"} {
		for lang, l := range map[string]masar.Language{"ar": masar.Arabic, "en": masar.English, "both": masar.Arabic} {
			began := time.Now()
			response, pdf := api.get(t, fmt.Sprintf(file, "pdf", lang))
			took := time.Since(began)
			_, page := api.get(t, fmt.Sprintf(file, "html", lang))
			keep(t, fmt.Sprintf(file, "html", lang), page)
			_, word := api.get(t, fmt.Sprintf(file, "docx", lang))
			keep(t, fmt.Sprintf(file, "docx", lang), word)
			shown, err := brieftest.HTMLText(page)
			if err != nil {
				t.Fatal(err)
			}
			keep(t, fmt.Sprintf(file, "pdf", lang), pdf)
			pages := pagesOf(t, pdf, false)
			t.Run(fmt.Sprintf(file, "pdf", lang), func(t *testing.T) {
				inWords(t, pdf, page, shown, l)
				if lang == "en" {
					inOrder(t, pdf, shown)
				}
			})
			for _, want := range []string{"/StructTreeRoot", "/Outlines", "/Lang", "Amiri"} {
				if !bytes.Contains(pdf, []byte(want)) {
					t.Errorf("%s %s has no %s", file, lang, want)
				}
			}
			if response.Header.Get("Content-Type") != "application/pdf" || response.Header.Get("Content-Encoding") != "" {
				t.Errorf("%v", response.Header)
			}
			t.Logf("%s %s: %d pages, %d bytes, %s", file, lang, len(pages), len(pdf), took.Round(time.Millisecond))
		}
	}
	response, body := api.send(t, http.MethodHead, "targets/16.6.pdf")
	if response.StatusCode != http.StatusOK || len(body) > 0 || response.Header.Get("ETag") == "" {
		t.Errorf("HEAD: %d, %d bytes: a PDF was made for it", response.StatusCode, len(body))
	}
}

// keep writes a file into the directory that MASAR_BRIEFS names, for people to look at.
func keep(t *testing.T, name string, content []byte) {
	t.Helper()
	dir := os.Getenv("MASAR_BRIEFS")
	if dir == "" {
		return
	}
	name, query, _ := strings.Cut(name, "?")
	file := strings.NewReplacer("/", "-", "&", "-", "=", "-").Replace(query + "-" + name)
	if err := os.WriteFile(filepath.Join(dir, file), content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// Catches: a brief with more than two pages before its sources, in either language. By default it prints some briefs;
// MASAR_ALL_BRIEFS=1 prints those of all targets with recommendations and of all countries of the League.
func TestBriefsHaveTwoPages(t *testing.T) {
	api := newBriefsAPI(t)
	printer := newPrinter(t)
	files := []string{"targets/16.6", "targets/16.7", "countries/EGY", "countries/TUN"}
	if os.Getenv("MASAR_ALL_BRIEFS") != "" {
		files = allBriefs(t, api)
	}
	began, most := time.Now(), 0
	for lang, l := range map[string]masar.Language{"ar": masar.Arabic, "en": masar.English} {
		for some := range slices.Chunk(files, 12) {
			for file, n := range pageCounts(t, api, printer, some, lang, l) {
				if most = max(most, n); n < 1 || n > 2 {
					t.Errorf("%s in %s has %d pages before its sources", file, lang, n)
				}
			}
		}
	}
	t.Logf("%d briefs in both languages: at most %d pages, %s", len(files), most, time.Since(began).Round(time.Second))
}

// allBriefs are the addresses of the briefs of all targets with recommendations and all countries of the League.
func allBriefs(t *testing.T, api briefsAPI) (files []string) {
	t.Helper()
	var answer struct {
		Data struct {
			CountryGroup struct {
				Countries struct{ Nodes []struct{ Code string } }
			}
			SdgTargets struct {
				Nodes []struct {
					Code            string
					Recommendations struct{ TotalCount int }
				}
				PageInfo struct {
					HasNextPage bool
					EndCursor   string
				}
			}
		}
	}
	const query = `query($after: String) {
		countryGroup(code: "LAS") { countries(first: 100) { nodes { code } } }
		sdgTargets(first: 50, after: $after) { nodes { code recommendations(first: 1, includeGoalLevel: true) { totalCount } } pageInfo { hasNextPage endCursor } }
	}`
	after := map[string]any{}
	for more := true; more; {
		if err := json.Unmarshal(api.Ask(t, query, after).Body, &answer); err != nil || len(answer.Data.SdgTargets.Nodes) == 0 {
			t.Fatalf("%v: %+v", err, answer)
		}
		for _, n := range answer.Data.SdgTargets.Nodes {
			if n.Recommendations.TotalCount > 0 {
				files = append(files, "targets/"+n.Code)
			}
		}
		more = answer.Data.SdgTargets.PageInfo.HasNextPage
		after["after"] = answer.Data.SdgTargets.PageInfo.EndCursor
	}
	if len(answer.Data.CountryGroup.Countries.Nodes) != 22 {
		t.Errorf("%d countries", len(answer.Data.CountryGroup.Countries.Nodes))
	}
	for _, n := range answer.Data.CountryGroup.Countries.Nodes {
		files = append(files, "countries/"+n.Code)
	}
	return files
}

// pageCounts prints briefs as one PDF, each from a new page, and counts the pages of each before its sources.
func pageCounts(t *testing.T, api briefsAPI, printer *brief.Printer, files []string, lang string, l masar.Language) map[string]int {
	t.Helper()
	var titles, mains []string
	var frame string
	for _, file := range files {
		_, page := api.get(t, file+".html?lang="+lang)
		before, rest, _ := strings.Cut(string(page), "<main>")
		main, after, found := strings.Cut(rest, "</main>")
		if !found || !strings.Contains(before, "@font-face") {
			t.Fatalf("%s has no <main>, or no fonts: make build puts them into brief/fonts", file)
		}
		_, title, _ := strings.Cut(main, "<h1>")
		title, _, _ = strings.Cut(title, "</h1>")
		plain, err := brieftest.HTMLText([]byte(title))
		if err != nil {
			t.Fatal(err)
		}
		titles, mains = append(titles, brieftest.Letters(plain)), append(mains, `<div style="break-before: page">`+main+`</div>`)
		frame = before + "<main>\x00</main>" + after
	}
	pdf, err := printer.PDF(t.Context(), []byte(strings.Replace(frame, "\x00", strings.Join(mains, ""), 1)))
	if err != nil {
		t.Fatal(err)
	}
	sources := brieftest.Letters(words.Say(l, "brief.sources", nil))
	counts, at, ended := map[string]int{}, -1, false
	for _, page := range pagesOf(t, pdf, false) {
		page = brieftest.Letters(page)
		switch {
		case at+1 < len(titles) && strings.HasPrefix(page, titles[at+1]):
			at, ended = at+1, false
		case strings.HasPrefix(page, sources):
			ended = true
		}
		if at >= 0 && !ended {
			counts[files[at]]++
		}
	}
	if len(counts) != len(files) {
		t.Errorf("%d briefs were found in the PDF of %d", len(counts), len(files))
	}
	return counts
}

// sleeper is a program in place of Chromium that writes its process number to the file pid and sleeps.
func sleeper(t *testing.T) (program, pid string) {
	t.Helper()
	dir := t.TempDir()
	program, pid = filepath.Join(dir, "chromium"), filepath.Join(dir, "pid")
	if err := os.WriteFile(program, []byte("#!/bin/sh\necho $$ > "+pid+"\nexec sleep 1000\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return program, pid
}

// Catches: a Chromium that runs on when its client has gone, PDFs that take the places of other forms, and a queue of PDFs
// without end.
func TestPDFsHaveAQueue(t *testing.T) {
	program, pid := sleeper(t)
	api := newBriefsAPI(t, withPrinter(brief.NewPrinter(program)), func(o *operations.Options, _ *server.Options) {
		o.Queue = operations.QueueSize{Running: 1, Waiting: -1}
	})
	address := api.Listen(t) + "/api/v1/briefs/targets/16.6."
	ctx, leave := context.WithCancel(t.Context())
	defer leave()
	first := make(chan error, 1)
	go func() {
		_, err := fetch(ctx, address+"pdf")
		first <- err
	}()
	within(t, "the first PDF is being made", func() bool { _, err := os.Stat(pid); return err == nil })
	for form, want := range map[string]int{"pdf": http.StatusServiceUnavailable, "html": http.StatusOK, "docx": http.StatusOK} {
		if status, err := fetch(t.Context(), address+form); status != want || err != nil {
			t.Errorf("%s: %d %v", form, status, err)
		}
	}
	leave()
	if err := <-first; err == nil {
		t.Error("the client has an answer although it has gone")
	}
	number, err := os.ReadFile(pid)
	if err != nil {
		t.Fatal(err)
	}
	within(t, "Chromium has ended", func() bool {
		_, err := os.Stat("/proc/" + strings.TrimSpace(string(number)))
		return err != nil
	})
}

// fetch requests an address and returns the status.
func fetch(ctx context.Context, address string) (int, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	return response.StatusCode, nil
}

// within waits for a condition.
func within(t *testing.T, what string, is func() bool) {
	t.Helper()
	for range 1000 {
		if is() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("it is not so that %s", what)
}

// Catches: a Chromium that fails in silence, or whose output reaches clients.
func TestTheLogSaysWhyThereIsNoPDF(t *testing.T) {
	program := filepath.Join(t.TempDir(), "chromium")
	if err := os.WriteFile(program, []byte("#!/bin/sh\necho 'no usable sandbox' >&2\nexit 1\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	api := briefsAPI{masartest.Start(t).API(t, loaders.Options{}, withPrinter(brief.NewPrinter(program)), func(_ *operations.Options, o *server.Options) {
		o.Log = slog.New(slog.NewJSONHandler(&log, nil))
	})}
	response, body := api.send(t, http.MethodGet, "targets/16.6.pdf")
	if code := codeOf(t, body); response.StatusCode != http.StatusInternalServerError || code != "PDF_FAILED" || strings.Contains(string(body), "sandbox") {
		t.Errorf("%d %s", response.StatusCode, body)
	}
	if !strings.Contains(log.String(), "no usable sandbox") || !strings.Contains(log.String(), `"level":"ERROR"`) {
		t.Errorf("the log: %s", log.String())
	}
}
