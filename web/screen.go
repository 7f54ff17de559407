package web

import (
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"masar"
)

// screen is what the templates get.
type screen struct {
	address
	Head head
	// Frame is what the footer shows; nil on an error page.
	Frame *PageFrame
	// View is the data of the page.
	View any
	// Errors are the errors of parts of the page.
	Errors []Error
	// Citations are the page as a reference; empty on an error page.
	Citations Citations
	// Call is the operation behind the page; zero on an error page.
	Call call
	// Tag is the ETag of the page; empty if it must not be compared.
	Tag string
	// Failure is the error of an error page, and Sought what the reader may have looked for.
	Failure *Error
	Sought  string
}

// errorScreen is the page of an error.
func errorScreen(a address, err Error) screen {
	return screen{address: a, Head: head{Title: say(errorTitle(err.Status), nil)}, Failure: &err}
}

// errorTitles are the headings of error pages.
var errorTitles = map[int]string{
	http.StatusBadRequest: "page.error.400", http.StatusNotFound: "page.error.404", http.StatusMethodNotAllowed: "page.error.405",
	http.StatusNotAcceptable: "page.error.406", http.StatusTooManyRequests: "page.error.429", http.StatusInternalServerError: "page.error.500",
	http.StatusServiceUnavailable: "page.error.503", http.StatusGatewayTimeout: "page.error.504",
}

func errorTitle(status int) string {
	if key, ok := errorTitles[status]; ok {
		return key
	}
	return "page.error.other"
}

// WriteError writes an error of the service as a page, in the language that the request prefers.
func WriteError(w http.ResponseWriter, r *http.Request, err Error) {
	w.Header().Add("Vary", "Accept, Accept-Language")
	errorScreen(address{lang: Preferred(r), path: "/", codes: r.PathValue}, err).writeError(w, err.Status)
}

// Language is the language of the page for the lang attribute.
func (s screen) Language() string { return strings.ToLower(string(s.lang)) }

// Direction is the writing direction of the page.
func (s screen) Direction() string { return strings.ToLower(string(s.lang.Direction())) }

// OtherLanguage is the language of the same page in the other language.
func (s screen) OtherLanguage() string { return strings.ToLower(string(s.lang.Other())) }

// OtherAddress is the address of the same page in the other language.
func (s screen) OtherAddress() string { return s.in(s.lang.Other()) }

// Canonical is the whole address of the page.
func (s screen) Canonical() string { return s.base + s.in(s.lang) }

// Alternate is the whole address of the page in the other language.
func (s screen) Alternate() string { return s.base + s.in(s.lang.Other()) }

// Here is the path and query of the page.
func (s screen) Here() string { return s.in(s.lang) }

// Permalink is the permanent address of the page's subject; without a subject, the address of the page.
func (s screen) Permalink() string {
	switch e := s.Head.Entity; {
	case e != nil:
		return s.base + permalink(string(e.Kind), e.Code)
	case s.Head.Permalink != "":
		return s.base + s.Head.Permalink
	}
	return s.Canonical()
}

// text is a text in the language of the page.
func (s screen) text(value string) LocalizedText {
	return LocalizedText{Value: value, Lang: string(s.lang), Dir: strings.ToUpper(s.Direction())}
}

// With is the address of the page with another value of a parameter; without it if the value is empty.
func (s screen) With(name, value string) string { return s.with(name, value) }

// After is the address of the next part of a list.
func (s screen) After(cursor string) string { return s.replaced("after", cursor) }

// IsFirst reports whether the page shows the start of its list.
func (s screen) IsFirst() bool { return !s.query.Has("after") }

// Without is the address of the page without one value of a parameter.
func (s screen) Without(name, value string) string { return s.without(name, value) }

// Chosen reports whether a parameter has a value.
func (s screen) Chosen(name, value string) bool { return s.chosen(name, value) }

// Value is the value of a parameter; empty if it is missing.
func (s screen) Value(name string) string { return s.query.Get(name) }

// Filtered reports whether the address has any of the parameters.
func (s screen) Filtered(names ...string) bool {
	for _, name := range names {
		if s.query.Get(name) != "" {
			return true
		}
	}
	return false
}

// IsHome reports whether the page is the home page, whose search box is part of the page.
func (s screen) IsHome() bool { return s.path == "/" && s.Failure == nil }

// HasQuery reports whether the address has any parameter.
func (s screen) HasQuery() bool { return len(s.query) > 0 }

// parameter is a parameter of an address with one value.
type parameter struct{ Name, Value string }

// Hidden are the parameters of the address that a form must keep: all but those with its own fields.
func (s screen) Hidden(fields ...string) []parameter {
	var kept []parameter
	for _, name := range slices.Sorted(maps.Keys(s.query)) {
		if slices.Contains(fields, name) || name == "after" {
			continue
		}
		for _, value := range s.query[name] {
			kept = append(kept, parameter{name, value})
		}
	}
	return kept
}

// Path is the path of the page without its query.
func (s screen) Path() string { return prefix(s.lang) + escaped(s.path) }

// Query is what the search box of the frame contains.
func (s screen) Query() string {
	if s.Sought != "" {
		return s.Sought
	}
	if s.path == "/search" {
		return s.query.Get("q")
	}
	return ""
}

// Message is the error's message in the language of the page.
func (s screen) Message() string {
	if s.Failure == nil {
		return ""
	}
	return pick(s.lang, s.Failure.Message)
}

// pick is a message in a language.
func pick(l masar.Language, m masar.Message) string {
	if l == masar.Arabic {
		return m.AR
	}
	return m.EN
}

// Parameter is the parameter of the address that the error is about; empty if it is about none.
func (s screen) Parameter() string {
	name := s.Failure.Argument[strings.LastIndex(s.Failure.Argument, ".")+1:]
	name, _, _ = strings.Cut(name, "[")
	if s.query.Has(name) {
		return name
	}
	return ""
}

// Again reports whether trying the same again may help.
func (s screen) Again() bool {
	switch s.Failure.Status {
	case http.StatusTooManyRequests, http.StatusServiceUnavailable, http.StatusGatewayTimeout, http.StatusInternalServerError:
		return true
	}
	return false
}

// Title is the heading as the value of a slot of another message. The heading of a claim is a sentence, whose full stop is
// left out.
func (s screen) Title() any {
	if s.Head.Entity != nil {
		return s.Head.Entity.Title.Value
	}
	title := textual(s.Head.Title)
	for name, v := range title.Args {
		if text, ok := v.(string); ok {
			title.Args[name] = strings.TrimSuffix(text, ".")
		}
	}
	return title
}

// Description is the short answer as text, for search engines.
func (s screen) Description() string {
	var sentences []string
	for _, p := range s.Head.Answer {
		sentences = append(sentences, plain(s.lang, p))
	}
	return strings.Join(sentences, " ")
}

// call is an operation as a program sends it.
type call struct {
	Document, Variables, Curl, GraphiQL string
}

func newCall(document string, variables map[string]any, a address) call {
	short := around.ReplaceAllString(spaces.ReplaceAllString(document, " "), "$1")
	body := compact(map[string]any{"query": short, "variables": variables})
	return call{
		Document:  document,
		Variables: compact(variables),
		Curl:      "curl -s " + a.base + "/graphql -H 'Content-Type: application/json' -d '" + strings.ReplaceAll(body, "'", `'\''`) + "'",
		GraphiQL:  "/graphiql/?" + url.Values{"lang": {strings.ToLower(string(a.lang))}, "query": {short}, "variables": {compact(variables)}}.Encode(),
	}
}

// spaces are the white space of an operation, and around that which it does not need.
var (
	spaces = regexp.MustCompile(`\s+`)
	around = regexp.MustCompile(` ?([{}():,!=\[\]]) ?`)
)
