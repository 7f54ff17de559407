package server

import (
	"fmt"
	"math"
	"net/http"

	"masar"
	"masar/operations"
)

// transport is the name of HTTP in the log.
const transport = "http"

// checkRate charges requests to the budgets of their clients.
type checkRate struct {
	operations *operations.Operations
	proxies    Proxies
}

// begin starts a request. It reads nothing of the request, so a refusal costs little.
func (c checkRate) begin(w http.ResponseWriter, r *http.Request) (*operations.Request, *masar.Error) {
	request := c.newRequest(w, r)
	return request, admit(w, request)
}

func (c checkRate) newRequest(w http.ResponseWriter, r *http.Request) *operations.Request {
	return c.operations.NewRequest(operations.Client{Address: c.proxies.client(r), Transport: transport, Permit: permit(w, r)})
}

// admit charges a request to the budget of its client.
func admit(w http.ResponseWriter, request *operations.Request) *masar.Error {
	refused := request.Admit()
	writeBudget(w.Header(), request.Budget())
	if refused != nil {
		w.Header().Set("Retry-After", fmt.Sprintf("%.0f", request.Budget().Next()))
	}
	return refused
}

// writeBudget writes the client's remaining budget as RateLimit headers (draft-ietf-httpapi-ratelimit-headers).
func writeBudget(header http.Header, b operations.Budget) {
	if !b.Bounded() {
		return
	}
	header.Set("RateLimit-Policy", fmt.Sprintf(`"client";q=%d;w=%.0f`, b.Rate.Requests, b.Rate.Per.Seconds()))
	header.Set("RateLimit", fmt.Sprintf(`"client";r=%.0f;t=%.0f`, math.Max(0, math.Floor(b.Left)), b.Full()))
}
