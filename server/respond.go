package server

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

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

// answer writes the answer of an operation. An answer with data, even null, has status 200, because the operation was
// executed. Without data, the status gives the reason if the media type allows it.
func (x call) answer(response *graphql.Response) {
	status := http.StatusOK
	if response.Data == nil && x.media == graphqlResponse {
		status = statusOf(response.Errors[0])
	}
	x.send(status, response)
}

func (x call) send(status int, response *graphql.Response) {
	entryOf(x.r.Context()).outcome = operations.OutcomeOf(response.Errors)
	body := operations.Encode(response)
	header := x.w.Header()
	header.Set("Content-Type", string(x.media)+"; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	if again := status == http.StatusServiceUnavailable || status == http.StatusTooManyRequests; again && header.Get("Retry-After") == "" {
		header.Set("Retry-After", retryAfter)
	}
	if x.r.Method != http.MethodPost && len(response.Errors) == 0 {
		tag := entityTag(body)
		header.Set("Cache-Control", "no-cache") // caches must revalidate with the ETag
		header.Set("ETag", tag)
		if knows(x.r.Header.Values("If-None-Match"), tag) {
			x.w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	header.Set("Content-Length", strconv.Itoa(len(body)))
	x.w.WriteHeader(status)
	_, _ = x.w.Write(body) // the only error is a client that has disconnected
}

// entityTag returns the ETag of a body. The tag is weak, because the body may also be sent compressed.
func entityTag(body []byte) string {
	sum := sha256.Sum256(body)
	return `W/"` + base64.RawURLEncoding.EncodeToString(sum[:18]) + `"`
}

// knows reports whether an If-None-Match header contains a weak tag.
func knows(ifNoneMatch []string, tag string) bool {
	for _, known := range strings.Split(strings.Join(ifNoneMatch, ","), ",") {
		known = strings.TrimSpace(known)
		if known == "*" || strings.TrimPrefix(known, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}
