package server

import (
	"net/http"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
	"github.com/klauspost/compress/gzhttp"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"masar/internal/etag"
	"masar/operations"
	"masar/web"
)

// retryAfter is the number of seconds to wait before a retry when the service cannot answer now.
const retryAfter = "2"

// call is a request with the writer of its answer.
type call struct {
	w     http.ResponseWriter
	r     *http.Request
	media media
}

// refuse answers a request that was not run as an operation, or that failed. The status reports the error in any media
// type. Browsers get a page.
func (x call) refuse(err *gqlerror.Error) {
	if web.PrefersHTML(x.r) {
		entryOf(x.r.Context()).outcome = operations.OutcomeOf(gqlerror.List{err})
		web.WriteError(x.w, x.r, shownError(err))
		return
	}
	x.send(statusOf(err), &graphql.Response{Errors: gqlerror.List{err}})
}

// answer writes the answer of an operation; kept is its whole form, or nil if it is not kept. An answer with data, even
// null, has status 200, because the operation was executed. Without data, the status gives the reason if the media type
// allows it.
func (x call) answer(response *graphql.Response, kept *operations.Answer) {
	if kept != nil {
		x.repeat(kept)
		return
	}
	status := http.StatusOK
	if response.Data == nil && x.media == graphqlResponse {
		status = statusOf(response.Errors[0])
	}
	x.send(status, response)
}

func (x call) send(status int, response *graphql.Response) {
	entryOf(x.r.Context()).outcome = operations.OutcomeOf(response.Errors)
	body := operations.Encode(response)
	x.heading()
	header := x.w.Header()
	if again := status == http.StatusServiceUnavailable || status == http.StatusTooManyRequests; again && header.Get("Retry-After") == "" {
		header.Set("Retry-After", retryAfter)
	}
	if x.isTagged() && len(response.Errors) == 0 && x.isKnown(etag.Weak(body)) {
		return
	}
	header.Set("Content-Length", strconv.Itoa(len(body)))
	x.w.WriteHeader(status)
	_, _ = x.w.Write(body) // the only error is a client that has disconnected
}

// repeat writes the whole answer of an operation.
func (x call) repeat(kept *operations.Answer) {
	x.heading()
	if x.isTagged() && x.isKnown(kept.Tag()) {
		return
	}
	whole(x.w, x.r, kept)
}

func (x call) heading() {
	header := x.w.Header()
	header.Set("Content-Type", x.media.header())
	header.Set("Cache-Control", "no-store")
}

// isTagged reports whether caches may keep the answers of the method.
func (x call) isTagged() bool { return x.r.Method != http.MethodPost }

// isKnown sets the tag of the answer. It answers 304 if the client has the answer, and reports whether it did.
func (x call) isKnown(tag string) bool {
	header := x.w.Header()
	header.Set("Cache-Control", "no-cache") // caches must revalidate with the ETag
	header.Set("ETag", tag)
	_, known := etag.Known(x.r.Header["If-None-Match"], tag)
	if known {
		x.w.WriteHeader(http.StatusNotModified)
	}
	return known
}

// whole writes the body of a kept answer, in the coding that the client prefers. At the first use of the answer, and for
// files that are compressed themselves, it leaves the coding to the handler around it.
func whole(w http.ResponseWriter, r *http.Request, a *operations.Answer) {
	header, body := w.Header(), a.Body
	if len(body) >= gzhttp.DefaultMinSize && header[gzhttp.HeaderNoCompression] == nil {
		if c, ok := codingOf(r); ok {
			if packed := a.Packed(c.name, c.pack); packed != nil {
				body = packed
				header.Set("Content-Encoding", c.name)
				if tag := header.Get("ETag"); tag != "" {
					header.Set("ETag", etag.In(tag, c.name))
				}
			}
		}
	}
	header.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusOK)
	_, _ = w.Write(body) // the only error is a client that has disconnected
}
