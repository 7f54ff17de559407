package server

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"masar"
	"masar/exchange/dump"
	"masar/exchange/linked"
	"masar/internal/etag"
	"masar/operations"
	"masar/web"
)

// recordsPath is the path of the permanent addresses of records: /id/SDG_TARGET/16.6.
const recordsPath = "/id/"

// recordForm is a form in which a record is answered.
type recordForm struct {
	suffix    string
	mediaType media
	charset   bool
	write     func(recordAnswer) ([]byte, error)
}

// recordForms are the forms besides the page, in the order in which equally wanted ones are taken.
var recordForms = []recordForm{
	{".jsonld", "application/ld+json", false, describedAs(linked.JSONLD)},
	{".nq", "application/n-quads", false, describedAs(linked.NQuads)},
	{".ttl", "text/turtle", true, describedAs(linked.Turtle)},
	{".json", "application/json", true, func(a recordAnswer) ([]byte, error) { return append(a.Line, '\n'), nil }},
	{".bib", "application/x-bibtex", true, recordAnswer.bib},
}

// contentType is the form as a Content-Type.
func (f recordForm) contentType() string {
	if f.charset {
		return f.mediaType.header()
	}
	return string(f.mediaType)
}

// suits reports whether records of a type have the form.
func (f recordForm) suits(t masar.RecordType) bool {
	return f.suffix != ".bib" || t == masar.RecordType(masar.KindDocument)
}

// recordAnswer is a record with what its forms need.
type recordAnswer struct {
	dump.Shown
	ctx       context.Context
	published *dump.Published
	base      string
}

// describedAs writes a record in a form of linked data.
func describedAs(form linked.Form) func(recordAnswer) ([]byte, error) {
	return func(a recordAnswer) ([]byte, error) {
		var failed error
		isSDG := func(code string) bool {
			found, err := a.published.Record(a.ctx, masar.RecordRef{Type: masar.RecordType(masar.KindSdgIndicator), Key: code})
			if err != nil {
				failed = err
			}
			return found.Visibility == dump.Visible
		}
		text, err := linked.Describe(form, a.Record, a.Evidence, isSDG, linked.Options{Base: a.base})
		if failed != nil {
			return nil, failed
		}
		return text, err
	}
}

// bib is a document as BibTeX.
func (a recordAnswer) bib() ([]byte, error) {
	document := a.Record.(*masar.Document)
	publisher, err := a.published.Record(a.ctx, document.Publishing.Record())
	if err != nil {
		return nil, err
	}
	var head *masar.Header
	if organization, is := publisher.Record.(*masar.Organization); is {
		head = organization.Head()
	}
	return []byte(linked.BibTeX(document, head, a.base)), nil
}

// records serves the permanent addresses of records: a page for browsers, and linked data for programs.
type records struct {
	pages
	rows      *rows // for its errors
	published func(context.Context) (*dump.Published, error)
	explorer  http.Handler
}

// ServeHTTP answers a GET or HEAD.
func (s records) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := s.serve(w, r); err != nil {
		w.Header().Add("Vary", "Accept, Accept-Language")
		s.rows.refuse(w, r, err)
	}
}

func (s records) serve(w http.ResponseWriter, r *http.Request) error {
	if err := readOnly(w, r); err != nil {
		return err
	}
	kind, code, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, recordsPath), "/")
	ref := masar.RecordRef{Type: masar.RecordType(kind), Key: code}
	if to, moved := movedTo(ref); moved {
		redirectForGood(w, to+queryOfURL(r))
		return nil
	}
	form, ref, isNamed := recordFormOf(ref)
	if !isNamed && web.PrefersPage(r) {
		s.explorer.ServeHTTP(w, r)
		return nil
	}
	if _, refused := s.begin(w, r); refused != nil {
		return refused
	}
	published, err := s.published(r.Context())
	if err != nil {
		return err
	}
	shown, ref, form, err := s.find(r, published, ref, form)
	if err != nil {
		return err
	}
	switch shown.Visibility {
	case dump.Missing:
		return noRecord(ref.String())
	case dump.Gone:
		return masar.NewError(masar.CodeGone, "error.record.gone", nil)
	}
	if form == nil {
		if form, err = s.negotiated(r, ref.Type); err != nil {
			return err
		}
	}
	if !form.suits(ref.Type) {
		return noRecord(ref.String() + form.suffix)
	}
	return s.send(w, r, *form, recordAnswer{shown, r.Context(), published, s.public.iris()})
}

// find reads the record of an address. A code that ends like a suffix is a code first.
func (s records) find(r *http.Request, published *dump.Published, ref masar.RecordRef, form *recordForm) (dump.Shown, masar.RecordRef, *recordForm, error) {
	if form != nil {
		whole := masar.RecordRef{Type: ref.Type, Key: ref.Key + form.suffix}
		if shown, err := published.Record(r.Context(), whole); err != nil || shown.Visibility != dump.Missing {
			return shown, whole, nil, err
		}
	}
	shown, err := published.Record(r.Context(), ref)
	return shown, ref, form, err
}

// recordFormOf splits a suffix off the key of a record.
func recordFormOf(ref masar.RecordRef) (form *recordForm, without masar.RecordRef, isNamed bool) {
	for i, f := range recordForms {
		if key, is := strings.CutSuffix(ref.Key, f.suffix); is && key != "" {
			return &recordForms[i], masar.RecordRef{Type: ref.Type, Key: key}, true
		}
	}
	return nil, ref, false
}

// movedTo is the address of a record that is named by its global ID, or by its kind in lower case with hyphens.
func movedTo(ref masar.RecordRef) (string, bool) {
	form, plain, _ := recordFormOf(ref)
	suffix := ""
	if form != nil {
		suffix = form.suffix
	}
	if _, known := masar.SpecOf(ref.Type); !known {
		kind := masar.RecordType(strings.ToUpper(strings.ReplaceAll(string(ref.Type), "-", "_")))
		if _, known := masar.SpecOf(kind); known {
			return masar.RecordRef{Type: kind, Key: ref.Key}.Permalink(), true
		}
		return "", false
	}
	if named, err := masar.DecodeID(plain.Key); err == nil && named.Type == ref.Type {
		return named.Permalink() + suffix, true
	}
	return "", false
}

func queryOfURL(r *http.Request) string {
	if r.URL.RawQuery == "" {
		return ""
	}
	return "?" + r.URL.RawQuery
}

// redirectForGood leads to another address for good.
func redirectForGood(w http.ResponseWriter, to string) {
	w.Header().Set("Location", to)
	w.WriteHeader(http.StatusPermanentRedirect)
}

// negotiated is the form that a client prefers. A form that is named counts as much as one in a range; equally wanted ones are taken
// in the order of the list.
func (s records) negotiated(r *http.Request, t masar.RecordType) (*recordForm, error) {
	accept := strings.Join(r.Header["Accept"], ",")
	if strings.TrimSpace(accept) == "" {
		accept = "*/*"
	}
	ranges, best := mediaRanges(accept), 0.
	var chosen *recordForm
	offered := []string{"text/html"}
	for i, f := range recordForms {
		if !f.suits(t) {
			continue
		}
		offered = append(offered, string(f.mediaType))
		if q := mostSpecific(ranges, f.mediaType).q; q > best {
			best, chosen = q, &recordForms[i]
		}
	}
	if chosen == nil {
		return nil, masar.NewError(masar.CodeNotAcceptable, "error.record.accept", masar.Args{"types": offered})
	}
	return chosen, nil
}

// send sends a record in a form.
func (s records) send(w http.ResponseWriter, r *http.Request, form recordForm, a recordAnswer) error {
	text, err := form.write(a)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Add("Vary", "Accept, Accept-Language")
	h["Link"] = s.links(r, a.Record.Identity())
	answerWhole(w, r, form.contentType(), text)
	return nil
}

// links lead to the record, to its other forms, and to the vocabulary.
func (s records) links(r *http.Request, ref masar.RecordRef) (links []string) {
	base := strings.TrimSuffix(s.public.base(r), "/")
	links = append(links, "<"+base+ref.Permalink()+`>; rel="canonical"`)
	for _, f := range recordForms {
		if f.suits(ref.Type) {
			links = append(links, "<"+base+ref.Permalink()+f.suffix+`>; rel="alternate"; type="`+string(f.mediaType)+`"`)
		}
	}
	return append(links, "<"+base+`/ns>; rel="describedby"`)
}

// answerWhole answers with a short body, or 304 if the client has it.
func answerWhole(w http.ResponseWriter, r *http.Request, contentType string, body []byte) {
	h := w.Header()
	tag := etag.Weak(body)
	h.Set("Cache-Control", "no-cache") // caches must revalidate with the ETag
	h.Set("ETag", tag)
	if _, known := etag.Known(r.Header["If-None-Match"], tag); known {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", contentType)
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the only error is a client that has disconnected
	}
}

// serveVocabulary serves the vocabulary of linked data: a page for browsers, Turtle for programs.
func serveVocabulary(w http.ResponseWriter, r *http.Request) {
	w.Header().Add("Vary", "Accept, Accept-Language")
	var body strings.Builder
	if web.PrefersPage(r) {
		if err := linked.WriteVocabularyPage(&body, web.Preferred(r)); err != nil {
			panic(err) // the template is a constant, and a test executes it
		}
		answerWhole(w, r, "text/html; charset=utf-8", []byte(body.String()))
		return
	}
	if err := linked.WriteVocabulary(&body); err != nil {
		panic(err) // a builder returns no error
	}
	answerWhole(w, r, "text/turtle; charset=utf-8", []byte(body.String()))
}

// serveContext serves the context of JSON-LD.
func serveContext(w http.ResponseWriter, r *http.Request) {
	var body strings.Builder
	if err := linked.WriteContext(&body); err != nil {
		panic(err) // texts always encode
	}
	answerWhole(w, r, "application/ld+json", []byte(body.String()))
}

// serveLinked adds the routes of exports and linked data.
func serveLinked(mux *http.ServeMux, o Options, loads downloads, asking pages, explorer http.Handler) {
	mux.HandleFunc("GET /ns", serveVocabulary)
	mux.HandleFunc("GET /context.jsonld", serveContext)
	mux.Handle("GET /feeds/changes.atom", feed{asking})
	if o.Published == nil || o.Rows == nil {
		mux.Handle(recordsPath, explorer)
		return
	}
	files := rowsOf(o)
	mux.Handle(exportsPath, loads.wrap(newExports(o, files)))
	mux.Handle(recordsPath, records{asking, files, o.Published, explorer})
}

// allowedLangs are the values of lang.
var allowedLangs = []string{"ar", "en"}

// langOf is the language in the parameter lang, or else that of the request.
func langOf(r *http.Request, query url.Values) (masar.Language, error) {
	if !query.Has("lang") {
		return web.Preferred(r), nil
	}
	if !slices.Contains(allowedLangs, query.Get("lang")) {
		return "", masar.NewArgumentError(masar.CodeBadInput, "lang", "error.export.lang", nil)
	}
	return masar.Language(strings.ToUpper(query.Get("lang"))), nil
}

// noRecord is the error for an address of no record that readers see.
func noRecord(named string) error {
	return masar.NewError(masar.CodeNotFound, "error.record.not_found", masar.Args{"record": operations.Shorten(named, 100), "example": "/id/SDG_TARGET/16.6"})
}
