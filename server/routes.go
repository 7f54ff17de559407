package server

import (
	"errors"
	"net/http"

	"masar"
	"masar/operations"
)

// routes are all routes. A request for none of them, or by the wrong method, is answered with an error of the usual form; and
// what breaks behind one of them breaks one answer.
type routes struct {
	*http.ServeMux
	operations *operations.Operations
}

// ServeHTTP answers a request.
func (m routes) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	answer := &counter{ResponseWriter: w}
	defer func() {
		broken := recover()
		if broken == nil {
			return
		}
		if err, ok := broken.(error); ok && errors.Is(err, http.ErrAbortHandler) {
			panic(broken)
		}
		shown := m.operations.Present(r.Context(), masar.Recovered(broken))
		if answer.status != 0 {
			panic(http.ErrAbortHandler) // the client has a part of an answer, and shall not take it for the whole
		}
		call{w, r, plainJSON}.refuse(shown)
	}()
	if _, pattern := m.Handler(r); pattern == "" {
		m.notFound(answer, r)
		return
	}
	m.ServeMux.ServeHTTP(answer, r)
}

// notFound answers a request for which there is no route. What http.ServeMux says of it is made into an error like others.
func (m routes) notFound(w http.ResponseWriter, r *http.Request) {
	unanswered := &heading{header: http.Header{}}
	m.ServeMux.ServeHTTP(unanswered, r)
	var err *masar.Error
	switch unanswered.status {
	case http.StatusNotFound:
		err = masar.NewError(masar.CodeNotFound, "error.http.not_found", masar.Args{"path": operations.Shorten(r.URL.Path, 100)})
	case http.StatusMethodNotAllowed:
		allowed := unanswered.header.Get("Allow")
		w.Header().Set("Allow", allowed)
		err = masar.NewError(masar.CodeMethodNotAllowed, "error.http.method", masar.Args{"allowed": allowed})
	default: // a path with // or .. in it, which leads elsewhere
		m.ServeMux.ServeHTTP(w, r)
		return
	}
	call{w, r, plainJSON}.refuse(m.operations.Present(r.Context(), err))
}

// heading takes an answer, of which it keeps what stands before the body.
type heading struct {
	header http.Header
	status int
}

// Header is the answer's header.
func (h *heading) Header() http.Header { return h.header }

// WriteHeader notes the status.
func (h *heading) WriteHeader(status int) { h.status = status }

// Write takes the body.
func (h *heading) Write(b []byte) (int, error) { return len(b), nil }

// secure sets what keeps browsers from making more of an answer than it is: from taking it for another type, from showing
// it within another site's page, from running or loading anything for it. A route that answers a page sets its own policy.
func secure(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("X-Frame-Options", "DENY")
		header.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		header.Set("Referrer-Policy", "no-referrer")
		h.ServeHTTP(w, r)
	})
}
