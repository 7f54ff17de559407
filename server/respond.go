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
)

// retryAfter is how many seconds a client had better wait before it asks again a service that cannot answer now.
const retryAfter = "2"

// call is a request, and where its answer goes.
type call struct {
	w     http.ResponseWriter
	r     *http.Request
	media media
}

// refuse answers a request that was not looked at as an operation, or that failed: the status says so in any media type.
func (x call) refuse(err *gqlerror.Error) {
	x.send(statusOf(err), &graphql.Response{Errors: gqlerror.List{err}})
}

// answer writes the answer of an operation. With data, be it null, it was executed, and that is success; without, the status tells
// why where the media type has it so.
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
		header.Set("Cache-Control", "no-cache") // may be kept, and is to be asked for again with its tag
		header.Set("ETag", tag)
		if knows(x.r.Header.Values("If-None-Match"), tag) {
			x.w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	header.Set("Content-Length", strconv.Itoa(len(body)))
	x.w.WriteHeader(status)
	_, _ = x.w.Write(body) // an error is the client's going away
}

// entityTag names a body. It is a weak tag, for the body may go compressed as well.
func entityTag(body []byte) string {
	sum := sha256.Sum256(body)
	return `W/"` + base64.RawURLEncoding.EncodeToString(sum[:18]) + `"`
}

// knows reports whether an If-None-Match header names a weak tag.
func knows(ifNoneMatch []string, tag string) bool {
	for _, known := range strings.Split(strings.Join(ifNoneMatch, ","), ",") {
		known = strings.TrimSpace(known)
		if known == "*" || strings.TrimPrefix(known, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}
