package web

import (
	"bytes"
	"errors"
	"net/http"
	"slices"
	"strings"

	"masar"
	"masar/internal/etag"
	"masar/words"
)

// Options configure the pages.
type Options struct {
	// Ask runs an operation.
	Ask Ask
	// State identifies what the pages show; nil if pages are never compared with an earlier version.
	State State
	// Build identifies the program. Pages of another build are not equal.
	Build string
	// PDF reports whether the service writes briefs as PDF.
	PDF bool
	// Base returns the address of the service for a request, for links that leave the page: https://masar.example.org.
	Base func(*http.Request) string
	// Cite writes a page as a reference; nil for none.
	Cite func(Reference) Citations
}

// policy restricts a page to the resources of this service. A page has no inline scripts and styles.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// methods are the methods of all pages.
const methods = "GET, HEAD"

// Pages returns the handler of the explorer: /ar/, /en/, the permanent addresses below /id/, and /robots.txt and
// /sitemap.xml for search engines.
func Pages(o Options) http.Handler {
	mux := http.NewServeMux()
	for _, l := range []masar.Language{masar.Arabic, masar.English} {
		for _, p := range pages {
			mux.Handle("GET "+prefix(l)+"/"+p.path, handler{o, p, l})
		}
		mux.HandleFunc(prefix(l)+"/", func(w http.ResponseWriter, r *http.Request) { o.noPage(w, r, l) })
	}
	mux.HandleFunc("GET /id/{kind}/{code}", o.permanent)
	mux.HandleFunc("/id/", func(w http.ResponseWriter, r *http.Request) { o.noPage(w, r, Preferred(r)) })
	mux.HandleFunc("GET /robots.txt", o.robots)
	mux.HandleFunc("GET /sitemap.xml", o.sitemap)
	return mux
}

// handler serves one page in one language.
type handler struct {
	Options
	page page
	lang masar.Language
}

// ServeHTTP answers a request for the page.
func (h handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a := h.addressOf(r, h.lang)
	if err := a.check(h.page.parameters); err != nil {
		h.refused(w, a, err)
		return
	}
	h.page = h.page.at(a)
	if h.page.redirect != nil {
		if to := h.page.redirect(a); to != "" {
			redirect(w, prefix(a.lang)+to, http.StatusSeeOther)
			return
		}
	}
	tag := h.tag(r)
	if _, known := etag.Named(r.Header["If-None-Match"], tag); known && tag != "" {
		head := w.Header()
		setHeaders(head)
		head.Set("Cache-Control", "no-cache")
		head.Set("ETag", tag)
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.answer(w, r, a, tag)
}

// answer runs the operation of the page and shows its answer.
func (h handler) answer(w http.ResponseWriter, r *http.Request, a address, tag string) {
	if h.page.brief != "" {
		h.showBrief(w, r, a, tag)
		return
	}
	variables, err := h.variables(a)
	if err != nil {
		h.refused(w, a, err)
		return
	}
	document := operations()[h.page.operation]
	answer := h.Ask(w, r, document, variables)
	v := h.page.view()
	if err := answer.decode(v); err != nil {
		panic(err) // TestViewsFit: every view fits its operation
	}
	if isAnswered := v.pageFrame().Snapshot != ""; isAnswered && !v.exists() && h.page.otherwise != nil {
		h.page = *h.page.otherwise
		h.answer(w, r, a, tag)
		return
	}
	h.show(w, a, v, answer, newCall(document, variables, a), tag)
}

func (h handler) variables(a address) (map[string]any, error) {
	variables, err := h.page.variables(a)
	if err != nil {
		return nil, err
	}
	for name, value := range variables {
		if value == nil {
			delete(variables, name)
		}
	}
	variables["lang"] = []masar.Language{a.lang, a.lang.Other()}
	return variables, nil
}

// show writes the page of an answer, or the error if it has no data. An error in the address concerns the whole page, even
// if other parts of it could be loaded; but a page with a form shows it beside the field.
func (h handler) show(w http.ResponseWriter, a address, v view, answer Answer, behind call, tag string) {
	if s, ok := v.(subjected); ok && s.isUnknown() {
		h.absent(w, a, Answer{})
		return
	}
	status := http.StatusOK
	if f, ok := v.(form); ok && v.exists() && f.mistaken(a, answer.Errors) {
		status, tag = http.StatusBadRequest, ""
	} else if i := slices.IndexFunc(answer.Errors, Error.isOfRequest); i >= 0 {
		h.failed(w, a, answer.Errors[i])
		return
	}
	if !v.exists() {
		h.absent(w, a, answer)
		return
	}
	about := v.head(a)
	if code, e := a.codes("code"), about.named(); e != nil && code != "" && code != e.Code {
		about.Path = h.page.renamed(a.path, e.Code)
	}
	if about.Path != "" && about.Path != a.path {
		a.path = about.Path
		redirect(w, a.in(a.lang), http.StatusPermanentRedirect)
		return
	}
	if l, ok := v.(leading); ok {
		if to := l.leadsTo(a); to != "" {
			redirect(w, prefix(a.lang)+to, http.StatusSeeOther)
			return
		}
	}
	s := screen{address: a, Head: about, Frame: v.pageFrame(), View: v, Errors: answer.Errors, Call: behind}
	s.Citations = h.citations(s)
	if len(answer.Errors) == 0 {
		s.Tag = tag
	}
	s.write(w, h.page.layout(), h.page.template, status)
}

// absent writes the page of an answer without its subject: its error, or that it does not exist.
func (h handler) absent(w http.ResponseWriter, a address, answer Answer) {
	code := a.codes("code")
	if len(answer.Errors) > 0 {
		h.failed(w, a, answer.Errors[0])
		return
	}
	message := words.Both("page.error.address", masar.Args{"path": words.Shortened(a.path)})
	if kind := h.page.kindOf(a); kind != "" {
		message = words.Both("page.error.unknown", masar.Args{"kind": kind, "code": words.Shortened(code)})
	}
	s := errorScreen(a, Error{Status: http.StatusNotFound, Message: message})
	s.Sought = code
	s.writeError(w, http.StatusNotFound)
}

// refused writes the page of an error in the address.
func (o Options) refused(w http.ResponseWriter, a address, err error) {
	message := words.Message(err)
	var r refusal
	if errors.As(err, &r) {
		message = words.Both(r.message.Key, r.message.Args)
	}
	o.failed(w, a, Error{Status: http.StatusBadRequest, Message: message})
}

// failed writes the page of an error.
func (o Options) failed(w http.ResponseWriter, a address, err Error) {
	errorScreen(a, err).writeError(w, err.Status)
}

// noPage answers a request for an address without a page, or with a method that no page has.
func (o Options) noPage(w http.ResponseWriter, r *http.Request, l masar.Language) {
	a := o.addressOf(r, l)
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", methods)
		o.failed(w, a, Error{Status: http.StatusMethodNotAllowed, Message: words.Both("error.http.method", masar.Args{"allowed": methods})})
		return
	}
	s := errorScreen(a, Error{Status: http.StatusNotFound, Message: words.Both("page.error.address", masar.Args{"path": words.Shortened(r.URL.Path)})})
	s.Sought = lastPart(r.URL.Path)
	s.writeError(w, http.StatusNotFound)
}

// lastPart is the last part of a path, which may be a code or a word that a reader looks for.
func lastPart(path string) string {
	path = strings.TrimSuffix(path, "/")
	return path[strings.LastIndex(path, "/")+1:]
}

// tag is the ETag of a page: equal for equal builds, states and addresses. It is empty if the state is not known.
func (h handler) tag(r *http.Request) string {
	if h.State == nil {
		return ""
	}
	snapshot, asOf, err := h.State()
	if err != nil {
		return ""
	}
	return etag.Weak(h.Build, ours(), snapshot, asOf, r.Host, r.URL.RequestURI())
}

func setHeaders(header http.Header) {
	header.Set("Content-Security-Policy", policy)
	header.Set("Referrer-Policy", "no-referrer")
	header.Add("Vary", "Accept-Encoding")
}

// redirect leads to another path of this service. The path begins with /ar/, /en/ or /graphiql/, never with //.
func redirect(w http.ResponseWriter, path string, status int) {
	setHeaders(w.Header())
	w.Header().Set("Location", path)
	w.WriteHeader(status)
}

// writeError writes the page of an error.
func (s screen) writeError(w http.ResponseWriter, status int) {
	s.write(w, "layout", "error", status)
}

// write writes the page in its layout.
func (s screen) write(w http.ResponseWriter, layout, template string, status int) {
	var page bytes.Buffer
	if err := templateOf(template, s.lang).ExecuteTemplate(&page, layout, s); err != nil {
		panic(err) // the tests execute every template
	}
	header := w.Header()
	setHeaders(header)
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Language", s.Language())
	header.Set("Cache-Control", "no-store")
	if s.Tag != "" {
		header.Set("Cache-Control", "no-cache")
		header.Set("ETag", s.Tag)
	}
	if again := status == http.StatusServiceUnavailable || status == http.StatusTooManyRequests; again && header.Get("Retry-After") == "" {
		header.Set("Retry-After", "2")
	}
	w.WriteHeader(status)
	_, _ = w.Write(page.Bytes()) // the only error is a client that has disconnected
}
