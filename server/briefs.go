package server

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/klauspost/compress/gzhttp"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"masar"
	"masar/brief"
	"masar/internal/etag"
	"masar/operations"
)

// briefsPath is the path under which briefs are served.
const briefsPath = "/api/v1/briefs/"

// briefTime is the maximum time of a brief, with the wait for the PDFs before it.
const briefTime = time.Minute

// briefs serves /api/v1/briefs/: policy briefs as files. A brief runs its operation as a page does, so that it has the same
// limits, queue and log. PDFs have a queue of their own, because they are made one at a time.
type briefs struct {
	pages
	state   func() (snapshot, asOf string, err error)
	build   string
	printer *brief.Printer
	prints  *operations.Queue
	log     *slog.Logger
}

func newBriefs(o Options, p pages) http.Handler {
	return &briefs{p, p.operations.State(), o.build(), o.Printer, o.Operations.NewQueue("prints", 1), o.Log}
}

// ServeHTTP answers a GET or HEAD.
func (s *briefs) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), briefTime)
	defer cancel()
	r = r.WithContext(ctx)
	if err := s.serve(w, r); err != nil {
		s.refuse(w, r, err)
	}
}

func (s *briefs) serve(w http.ResponseWriter, r *http.Request) error {
	if err := readOnly(w, r); err != nil {
		return err
	}
	wanted, err := s.read(r)
	if err != nil {
		return err
	}
	if s.isKnown(w, r) {
		return nil
	}
	made, err := brief.Make(r.Context(), s.asker(w, r), wanted.request)
	if err != nil {
		return err
	}
	if to := wanted.canonical(r, made); to != "" {
		w.Header().Set("Location", to)
		w.WriteHeader(http.StatusPermanentRedirect)
		return nil
	}
	return s.send(w, r, wanted.form, made)
}

// wantedBrief is a parsed request.
type wantedBrief struct {
	request brief.Request
	form    brief.Form
	code    string // as it is written in the address
}

// read parses the path and the parameters of a request.
func (s *briefs) read(r *http.Request) (wanted wantedBrief, err error) {
	query, err := queryOf(r)
	if err != nil {
		return wanted, err
	}
	file := strings.TrimPrefix(r.URL.Path, briefsPath)
	if wanted.form, err = brief.FindForm(file); err != nil {
		return wanted, err
	}
	kind, code, _ := strings.Cut(strings.TrimSuffix(file, "."+string(wanted.form)), "/")
	if wanted.request, err = brief.Parse(brief.Kind(kind), code, query); err != nil {
		return wanted, err
	}
	if wanted.form == brief.FormPDF {
		err = s.printer.Prints()
	}
	wanted.code, wanted.request.Base = code, strings.TrimSuffix(s.public.base(r), "/")
	return wanted, err
}

// canonical is the address of a brief whose code is written in another way, such as egy; empty if it is written so.
func (b wantedBrief) canonical(r *http.Request, made brief.Brief) string {
	if b.request.Kind == brief.OfPath || b.code == made.Subject.Code {
		return ""
	}
	to := url.URL{Path: briefsPath + string(b.request.Kind) + "/" + made.Subject.Code + "." + string(b.form), RawQuery: r.URL.RawQuery}
	return to.String()
}

// asker runs the operations of a brief for the client of a request.
func (s *briefs) asker(w http.ResponseWriter, r *http.Request) brief.Ask {
	return func(ctx context.Context, document string, variables map[string]any) (json.RawMessage, error) {
		data, failed := s.run(w, r.WithContext(ctx), document, variables)
		if len(failed) > 0 {
			return nil, failed[0]
		}
		return data, nil
	}
}

// send writes a brief in a form.
func (s *briefs) send(w http.ResponseWriter, r *http.Request, form brief.Form, made brief.Brief) error {
	content, err := s.content(r, form, made)
	if err != nil {
		return err
	}
	h := w.Header()
	s.validators(h, r, made.Snapshot, made.AsOf)
	h.Set("Content-Type", form.ContentType())
	h.Set("Content-Disposition", disposition(form)+`; filename="`+made.FileName(form)+`"`)
	h.Set("Content-Language", made.LanguageTags())
	h.Set("X-Snapshot", made.Snapshot)
	if form == brief.FormHTML {
		h.Set("Content-Security-Policy", briefPolicy)
	}
	if form.IsPacked() {
		h.Set(gzhttp.HeaderNoCompression, "1")
	}
	w.WriteHeader(http.StatusOK)
	_, _ = w.Write(content) // the only error is a client that has disconnected
	return nil
}

// disposition is what a browser does with a form: it shows what it can show, and saves a Word file.
func disposition(f brief.Form) string {
	if f == brief.FormDOCX {
		return "attachment"
	}
	return "inline"
}

// briefPolicy lets a brief use the styles and fonts that it holds, and nothing else.
const briefPolicy = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// content is a brief in a form. A PDF has a place among the prints while it is made; none is made for HEAD.
func (s *briefs) content(r *http.Request, form brief.Form, made brief.Brief) ([]byte, error) {
	if form == brief.FormPDF {
		if r.Method == http.MethodHead {
			return nil, nil
		}
		leave, refused := entryOf(r.Context()).request.Enter(r.Context(), s.prints)
		if refused != nil {
			return nil, refused
		}
		defer leave()
	}
	return form.Write(r.Context(), made, s.printer)
}

// refuse answers with an error in the same form as GraphQL errors. An error of the operation is already in that form.
func (s *briefs) refuse(w http.ResponseWriter, r *http.Request, err error) {
	if shown, is := errors.AsType[*gqlerror.Error](err); is {
		call{w, r, plainJSON}.refuse(shown)
		return
	}
	switch {
	case masar.ErrorCode(err) == masar.CodePDFFailed:
		s.log.ErrorContext(r.Context(), "a PDF was not made", "error", err)
	case errors.Is(err, context.DeadlineExceeded):
		err = masar.NewError(masar.CodeTimeout, "error.brief.timeout", nil).Because(err)
	}
	call{w, r, plainJSON}.refuse(s.operations.Present(r.Context(), err))
}

// tag is the ETag of a brief: equal for equal builds, states and addresses. It is weak, because a PDF has the time at which
// it was made.
func (s *briefs) tag(r *http.Request, snapshot, asOf string) string {
	return etag.Weak(s.build, snapshot, asOf, s.public.base(r), r.URL.RequestURI())
}

// isKnown answers 304 if the client has the brief, and reports whether it did.
func (s *briefs) isKnown(w http.ResponseWriter, r *http.Request) bool {
	if s.state == nil {
		return false
	}
	snapshot, asOf, err := s.state()
	if err != nil {
		return false
	}
	_, known := etag.Named(r.Header["If-None-Match"], s.tag(r, snapshot, asOf))
	if known {
		s.validators(w.Header(), r, snapshot, asOf)
		w.WriteHeader(http.StatusNotModified)
	}
	return known
}

// validators sets the headers that a 304 answer has too.
func (s *briefs) validators(h http.Header, r *http.Request, snapshot, asOf string) {
	h.Set("ETag", s.tag(r, snapshot, asOf))
	h.Set("Cache-Control", "no-cache") // caches must revalidate with the ETag
}
