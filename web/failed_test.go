package web_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"masar"
	"masar/web"
	"masar/words"
)

// Catches: a page of a failed operation with another status or title, without the message in the language of the page, the id
// under which the log has the cause or a way to try again, one that a cache keeps, and one that clients ask for again at once.
func TestPagesOfFailedOperations(t *testing.T) {
	message := masar.Message{EN: "What is wrong.", AR: "ما الخطأ."}
	for _, c := range []struct {
		err          web.Error
		title        string
		again, later bool
	}{
		{web.Error{Status: http.StatusTooManyRequests, Message: message}, "page.error.429", true, true},
		{web.Error{Status: http.StatusInternalServerError, Message: message, ID: "0123456789abcdef"}, "page.error.500", true, false},
		{web.Error{Status: http.StatusServiceUnavailable, Message: message}, "page.error.503", true, true},
		{web.Error{Status: http.StatusGatewayTimeout, Message: message}, "page.error.504", true, false},
		{web.Error{Status: http.StatusBadRequest, Message: message}, "page.error.400", false, false},
	} {
		pages := web.Pages(web.Options{
			Ask: func(http.ResponseWriter, *http.Request, string, map[string]any) web.Answer {
				return web.Answer{Errors: []web.Error{c.err}}
			},
			State: func() (snapshot, asOf string, err error) { return "7", "2026-11-29", nil },
			Base:  func(*http.Request) string { return "https://masar.example.org" },
		})
		for lang, shown := range map[masar.Language]string{masar.English: message.EN, masar.Arabic: message.AR} {
			address := "/" + strings.ToLower(string(lang)) + "/targets/16.6?basis=STATED"
			w := httptest.NewRecorder()
			pages.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
			h := w.Header()
			if w.Code != c.err.Status || h.Get("Cache-Control") != "no-store" || h.Get("ETag") != "" || (h.Get("Retry-After") != "") != c.later {
				t.Errorf("%s for %d: %d %v", address, c.err.Status, w.Code, h)
			}
			page, err := html.Parse(w.Body)
			if err != nil {
				t.Fatal(err)
			}
			text := visible(element(t, page, "main"))
			for _, want := range []string{words.Say(lang, c.title, nil), shown, c.err.ID} {
				if !strings.Contains(text, want) {
					t.Errorf("%s for %d does not say %q: %s", address, c.err.Status, want, text)
				}
			}
			if retry := words.Say(lang, "page.retry", nil); strings.Contains(text, retry) != c.again {
				t.Errorf("%s for %d offers to try again: %t", address, c.err.Status, !c.again)
			}
		}
	}
}
