package server

import (
	"fmt"
	"math"
	"net/http"

	"masar"
	"masar/operations"
)

// transport is how the log names what comes over HTTP.
const transport = "http"

// checkRate begins the requests of clients, and takes them from their budgets.
type checkRate struct {
	operations *operations.Operations
	proxies    Proxies
}

// begin begins a request. Nothing of it is read before: what is refused has cost next to nothing.
func (c checkRate) begin(w http.ResponseWriter, r *http.Request) (*operations.Request, *masar.Error) {
	request := c.operations.NewRequest(operations.Client{Address: c.proxies.client(r), Transport: transport, Permit: permit(w, r)})
	refused := request.Admit()
	writeBudget(w.Header(), request.Budget())
	if refused != nil {
		w.Header().Set("Retry-After", fmt.Sprintf("%.0f", request.Budget().Next()))
	}
	return request, refused
}

// writeBudget writes what a client has left into the headers of draft-ietf-httpapi-ratelimit-headers.
func writeBudget(header http.Header, b operations.Budget) {
	if !b.Bounded() {
		return
	}
	header.Set("RateLimit-Policy", fmt.Sprintf(`"client";q=%d;w=%.0f`, b.Rate.Requests, b.Rate.Per.Seconds()))
	header.Set("RateLimit", fmt.Sprintf(`"client";r=%.0f;t=%.0f`, math.Max(0, math.Floor(b.Left)), b.Full()))
}
