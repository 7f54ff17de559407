package server

import (
	"fmt"
	"math"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"

	"masar"
)

// Rate is how many requests a client may send within a time. The zero value bounds nothing.
type Rate struct {
	Requests int
	Per      time.Duration
}

var rateUnits = map[string]time.Duration{"s": time.Second, "min": time.Minute, "h": time.Hour}

// ParseRate reads a rate, such as 600/min, 10/s, 5000/h, or 0 for none.
func ParseRate(s string) (Rate, error) {
	if s == "0" {
		return Rate{}, nil
	}
	number, unit, _ := strings.Cut(s, "/")
	n, err := strconv.Atoi(number)
	if per := rateUnits[unit]; err == nil && n > 0 && per > 0 {
		return Rate{n, per}, nil
	}
	return Rate{}, fmt.Errorf("%q is no rate; give a number above 0 and a unit, such as 600/min, 10/s or 5000/h, or 0 for no bound", s)
}

// maxClients is how many clients are remembered. Whoever sends from more addresses makes the oldest be forgotten, and so
// be taken for new; the memory stays as it is.
const maxClients = 1 << 16

// clients are those that have sent something of late, each with what it has left to ask. Whoever asks from this machine
// is not bounded.
type clients struct {
	rate    Rate
	proxies Proxies
	known   *lru.Cache[netip.Prefix, *rate.Limiter]
	now     func() time.Time
}

func newClients(r Rate, proxies Proxies) *clients {
	known, err := lru.New[netip.Prefix, *rate.Limiter](maxClients)
	if err != nil {
		panic(err) // the size is a constant
	}
	return &clients{rate: r, proxies: proxies, known: known, now: time.Now}
}

// of is the client that a request comes from: an address, or a network that counts as one; the zero value for this machine.
func (c *clients) of(r *http.Request) (client netip.Prefix) {
	if from := c.proxies.client(r); !from.IsLoopback() {
		return household(from)
	}
	return client
}

// budget is what a client has left; nil where there is no bound.
func (c *clients) budget(client netip.Prefix) *rate.Limiter {
	if !client.IsValid() || c.rate.Requests == 0 {
		return nil
	}
	if known, ok := c.known.Get(client); ok {
		return known
	}
	made := rate.NewLimiter(rate.Limit(c.rate.perSecond()), c.rate.Requests)
	if before, ok, _ := c.known.PeekOrAdd(client, made); ok {
		return before
	}
	return made
}

// spend takes a request from the client's budget, and tells what is left in the headers of
// draft-ietf-httpapi-ratelimit-headers. The error has code RATE_LIMITED.
func (c *clients) spend(w http.ResponseWriter, client netip.Prefix) *masar.Error {
	budget := c.budget(client)
	if budget == nil {
		return nil
	}
	allowed := budget.AllowN(c.now(), 1)
	left := c.tell(w.Header(), budget)
	if allowed {
		return nil
	}
	wait := c.rate.until(1 - left)
	w.Header().Set("Retry-After", fmt.Sprintf("%.0f", wait))
	return tooMany(c.rate, wait)
}

// costOfRequest is how much of an operation's cost counts as one more request: a contract operation's few thousand as few,
// the largest operation that the limits allow as 200.
const costOfRequest = 1000

// charge takes from the client's budget what an operation costs beyond a request. Who has not enough left pays with the
// time until the next one is let in.
func (c *clients) charge(w http.ResponseWriter, client netip.Prefix, cost int) {
	budget := c.budget(client)
	if budget == nil || cost < costOfRequest {
		return
	}
	budget.ReserveN(c.now(), min(cost/costOfRequest, c.rate.Requests))
	c.tell(w.Header(), budget)
}

// tell writes into a header what is left of a budget, and answers it.
func (c *clients) tell(header http.Header, budget *rate.Limiter) (left float64) {
	left = budget.TokensAt(c.now())
	header.Set("RateLimit-Policy", fmt.Sprintf(`"client";q=%d;w=%.0f`, c.rate.Requests, c.rate.Per.Seconds()))
	header.Set("RateLimit", fmt.Sprintf(`"client";r=%.0f;t=%.0f`, math.Max(0, math.Floor(left)), c.rate.until(float64(c.rate.Requests)-left)))
	return left
}

func (r Rate) perSecond() float64 { return float64(r.Requests) / r.Per.Seconds() }

// until is the time in whole seconds after which so many more requests may be sent.
func (r Rate) until(requests float64) float64 { return math.Ceil(requests / r.perSecond()) }

// String writes the rate as ParseRate reads it.
func (r Rate) String() string {
	for name, unit := range rateUnits {
		if unit == r.Per {
			return fmt.Sprintf("%d/%s", r.Requests, name)
		}
	}
	return "0"
}
