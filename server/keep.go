package server

import (
	"net/http"
	"slices"

	"github.com/klauspost/compress/gzhttp"

	"masar/internal/etag"
	"masar/operations"
)

// keeper answers repeated requests for pages and files from memory. Their handlers are those of one path, whose answers
// depend on the graph, on the address with its host, and on nothing else of the request.
type keeper struct {
	checkRate
	// admits is whether the keeper charges requests to the rates of their clients. Otherwise a handler around it does.
	admits bool
}

// keptHeaders are the headers that belong to an answer. All others belong to the request that it was made for.
var keptHeaders = []string{
	"Cache-Control", "Content-Disposition", "Content-Language", "Content-Security-Policy", "Content-Type", "Etag", "Link", "Referrer-Policy",
	"X-Snapshot", "X-Total-Count", gzhttp.HeaderNoCompression,
}

// wrap keeps the answers of a handler.
func (k keeper) wrap(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked, keeps := k.question(r)
		if !keeps {
			h.ServeHTTP(w, r)
			return
		}
		if a, is := k.operations.Kept(asked); is && !names(r, a) {
			k.repeat(w, r, a)
			return
		}
		made := &recorder{ResponseWriter: w, most: k.operations.LargestKept()}
		h.ServeHTTP(made, r)
		if r.Method == http.MethodGet && made.isWhole() {
			k.operations.Keep(asked, entryOf(r.Context()).request, made.kept, made.body)
		}
	})
}

func (k keeper) question(r *http.Request) (q operations.Question, keeps bool) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return q, false
	}
	return k.operations.Question("address", r.Host, r.URL.RequestURI())
}

// names reports whether the client has an answer. The handler then answers 304.
func names(r *http.Request, a *operations.Answer) bool {
	_, is := etag.Named(r.Header["If-None-Match"], http.Header(a.Header).Get("Etag"))
	return is
}

// repeat sends a kept answer, or refuses a client that exceeds its rate.
func (k keeper) repeat(w http.ResponseWriter, r *http.Request, a *operations.Answer) {
	request := k.newRequest(w, r)
	if k.admits {
		if refused := admit(w, request); refused != nil {
			call{w, r, plainJSON}.refuse(k.operations.Present(r.Context(), refused))
			return
		}
		entryOf(r.Context()).request = request
	}
	request.Repeat(a)
	writeBudget(w.Header(), request.Budget())
	for name, values := range a.Header {
		w.Header()[name] = slices.Clone(values)
	}
	whole(w, r, a)
}

// recorder is a ResponseWriter that copies a short answer.
type recorder struct {
	http.ResponseWriter
	most   int // the maximum number of bytes to copy
	status int
	kept   map[string][]string // the headers to keep, as they are when the answer begins
	body   []byte
	long   bool // whether the answer has more bytes
}

// isWhole reports whether the copy is a whole answer with a tag, which answers with errors do not have.
func (c *recorder) isWhole() bool {
	return c.status == http.StatusOK && len(c.kept["Etag"]) > 0 && !c.long
}

// WriteHeader copies the status and the headers.
func (c *recorder) WriteHeader(status int) {
	if c.status == 0 {
		c.status, c.kept = status, map[string][]string{}
		for _, name := range keptHeaders {
			if values, has := c.Header()[name]; has {
				c.kept[name] = slices.Clone(values)
			}
		}
	}
	c.ResponseWriter.WriteHeader(status)
}

// Write copies a part of the body.
func (c *recorder) Write(part []byte) (int, error) {
	if c.status == 0 {
		c.WriteHeader(http.StatusOK)
	}
	if c.long = c.long || len(c.body)+len(part) > c.most; c.long {
		c.body = nil
	} else {
		c.body = append(c.body, part...)
	}
	return c.ResponseWriter.Write(part)
}

// Unwrap gives http.ResponseController the wrapped writer.
func (c *recorder) Unwrap() http.ResponseWriter { return c.ResponseWriter }
