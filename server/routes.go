package server

import (
	"errors"
	"net/http"

	"masar"
	"masar/operations"
)

// routes serves all routes. A request for an unknown path, or with the wrong method, gets an error in the usual form. A
// panic in a handler fails only its own answer.
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
			panic(http.ErrAbortHandler) // a part is sent: the client must not take it for the whole
		}
		call{w, r, plainJSON}.refuse(shown)
	}()
	if _, pattern := m.Handler(r); pattern == "" {
		m.notFound(answer, r)
		return
	}
	m.ServeMux.ServeHTTP(answer, r)
}

// notFound answers a request that matches no route. It turns the answer of http.ServeMux into an error in the usual
// form.
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
	default: // http.ServeMux redirects a path with // or ..
		m.ServeMux.ServeHTTP(w, r)
		return
	}
	call{w, r, plainJSON}.refuse(m.operations.Present(r.Context(), err))
}

// heading is a ResponseWriter that keeps the status and header and discards the body.
type heading struct {
	header http.Header
	status int
}

// Header returns the header of the answer.
func (h *heading) Header() http.Header { return h.header }

// WriteHeader records the status.
func (h *heading) WriteHeader(status int) { h.status = status }

// Write discards the body.
func (h *heading) Write(b []byte) (int, error) { return len(b), nil }

// secure sets headers that forbid browsers to guess another content type, to show an answer in a frame of another site,
// and to run or load anything for it. Routes that serve a page set their own policy.
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
