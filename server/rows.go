package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/klauspost/compress/gzhttp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"masar"
	"masar/exchange"
	"masar/internal/etag"
	"masar/loaders"
	"masar/operations"
)

// The bounds of an answer with rows: its time, which is longer than that of an operation, and the size of the parts in
// which it is sent. Clients that do not receive the parts are disconnected, as for every answer.
const (
	rowsTime   = 5 * time.Minute
	rowsBuffer = 64 << 10
)

// Rows returns the source of rows of a service whose loaders may not be ready yet.
func Rows(service func() (*loaders.Service, error)) func() (exchange.Source, error) {
	return func() (exchange.Source, error) {
		s, err := service()
		if err != nil {
			return nil, err
		}
		return s.Rows()
	}
}

// rows serves /api/v1/rows/: the graph as flat rows, for tools that read tables.
type rows struct {
	newest     func() (exchange.Source, error)
	build      string // version of the program that makes the rows
	operations *operations.Operations
	public     PublicURLs
	described  *packageCache
	document   *ast.QueryDocument // filterOperation
	log        *slog.Logger
}

func newRows(o Options, rates checkRate) http.Handler {
	if o.Rows == nil {
		return http.NotFoundHandler()
	}
	return compressedRows(keeper{checkRate: rates}.wrap(rowsOf(o)))
}

// rowsOf returns the handler of rows without its limits.
func rowsOf(o Options) *rows {
	return &rows{
		newest: o.Rows, build: fmt.Sprint(o.Version), operations: o.Operations, public: o.Public, described: newPackageCache(),
		document: gqlparser.MustLoadQueryWithRules(o.Operations.Schema(), filterOperation, nil), log: o.Log,
	}
}

// compressedRows compresses rows for clients that accept it. Each coding has an ETag of its own, because strong ETags
// identify bytes. gzhttp replaces gzip in the suffix by the coding.
var compressedRows = func() func(http.Handler) http.HandlerFunc {
	wrap, err := gzhttp.NewWrapper(gzhttp.SuffixETag("-gzip"), gzhttp.PreferZstd(false))
	if err != nil {
		panic(err) // the options are constants
	}
	return wrap
}()

// ServeHTTP answers a GET or HEAD.
func (s *rows) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), rowsTime)
	defer cancel()
	if err := s.serve(w, r.WithContext(ctx)); err != nil {
		s.refuse(w, r, err)
	}
}

func (s *rows) serve(w http.ResponseWriter, r *http.Request) error {
	if err := readOnly(w, r); err != nil {
		return err
	}
	wanted, err := s.read(r)
	if err != nil {
		return err
	}
	source, err := s.newest()
	if err != nil {
		return err
	}
	answer, err := wanted.of(r.Context(), source)
	if err != nil || answer.known(w, r) {
		return err
	}
	if r.Method == http.MethodHead {
		answer.head(w)
		return nil
	}
	// From here on Dgraph is read. If the snapshot has changed since the request was checked, the newer one is
	// answered.
	if source, err = source.Settle(r.Context()); err != nil {
		return err
	}
	if answer, err = wanted.of(r.Context(), source); err != nil || answer.known(w, r) {
		return err
	}
	return s.send(w, r, answer)
}

// send writes an answer.
func (s *rows) send(w http.ResponseWriter, r *http.Request, a reply) error {
	return streamed(r.Context(), w, a.name, s.log, func() { a.head(w) }, a.write)
}

// refuse answers with an error in the same form as GraphQL errors.
func (s *rows) refuse(w http.ResponseWriter, r *http.Request, err error) {
	typed, is := errors.AsType[*masar.Error](err)
	switch {
	case is:
	case errors.Is(err, context.DeadlineExceeded):
		typed = masar.NewError(masar.CodeTimeout, "error.rows.timeout", nil).Because(err)
	default:
		typed = (&masar.Error{Code: masar.CodeInternal}).Because(err)
	}
	call{w, r, plainJSON}.refuse(s.operations.Present(r.Context(), typed))
}

// known answers 304 if the client has this answer, compressed or not, and reports whether it did.
func (a reply) known(w http.ResponseWriter, r *http.Request) bool {
	tag, is := etag.Known(r.Header["If-None-Match"], a.tag)
	if is {
		a.tag = tag
		a.validators(w.Header())
		w.WriteHeader(http.StatusNotModified)
	}
	return is
}

// validators sets the headers that a 304 answer has too.
func (a reply) validators(h http.Header) {
	h.Set("ETag", a.tag)
	h.Set("Cache-Control", "no-cache") // caches must revalidate with the ETag
}

// head sends the status and header of the answer.
func (a reply) head(w http.ResponseWriter) {
	h := w.Header()
	a.validators(h)
	h.Set("Content-Type", a.contentType)
	if a.packed {
		h.Set(gzhttp.HeaderNoCompression, "1")
	}
	h.Set("Content-Disposition", a.disposition)
	h.Set("X-Total-Count", strconv.Itoa(a.total))
	h.Set("X-Snapshot", a.snapshot)
	if a.next != "" {
		h.Set("Link", "<"+a.next+`>; rel="next"`) // an absolute URL: not every client resolves others
	}
	w.WriteHeader(http.StatusOK)
}
