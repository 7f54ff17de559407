package operations

import (
	"fmt"
	"math"
	"net/netip"
	"strconv"
	"strings"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"

	"masar"
)

// Rate is the number of requests that a client may send in a period. The zero value is unlimited.
type Rate struct {
	Requests int
	Per      time.Duration
}

var rateUnits = map[string]time.Duration{"s": time.Second, "min": time.Minute, "h": time.Hour}

// ParseRate parses a rate, such as 600/min, 10/s or 5000/h, or 0 for unlimited.
func ParseRate(s string) (Rate, error) {
	if s == "0" {
		return Rate{}, nil
	}
	number, unit, _ := strings.Cut(s, "/")
	n, err := strconv.Atoi(number)
	if per := rateUnits[unit]; err == nil && n > 0 && per > 0 {
		return Rate{n, per}, nil
	}
	return Rate{}, fmt.Errorf("%q is not a valid rate: give a positive number and a unit, such as 600/min, 10/s or 5000/h, or 0 for unlimited", s)
}

// maxClients is the number of clients that are remembered. Beyond it the oldest client is forgotten and starts with a
// full budget, so memory is bounded.
const maxClients = 1 << 16

// clients are the clients that have sent requests recently, with their remaining budgets. Clients on this machine have
// no limit.
type clients struct {
	rate  Rate
	known *lru.Cache[netip.Prefix, *rate.Limiter]
	now   func() time.Time
}

func newClients(r Rate) *clients {
	known, err := lru.New[netip.Prefix, *rate.Limiter](maxClients)
	if err != nil {
		panic(err) // the size is a constant
	}
	return &clients{rate: r, known: known, now: time.Now}
}

// budget returns the limiter of a client; nil if the client has no limit.
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

// spend charges one request to the client's budget. The error has code RATE_LIMITED.
func (c *clients) spend(client netip.Prefix) (Budget, *masar.Error) {
	budget := c.budget(client)
	if budget == nil {
		return Budget{}, nil
	}
	allowed := budget.AllowN(c.now(), 1)
	left := c.left(budget)
	if !allowed {
		return left, tooMany(c.rate, left.Next())
	}
	return left, nil
}

// costOfRequest is the operation cost that counts as one more request. An operation of the examples counts as a few
// requests, and the largest operation that the limits allow as 200.
const costOfRequest = 1000

// charge takes the cost of an operation beyond one request from the client's budget, and reports whether there was any.
// The budget may become negative; the client then waits longer for its next request.
func (c *clients) charge(client netip.Prefix, cost int) (left Budget, charged bool) {
	budget := c.budget(client)
	if budget == nil || cost < costOfRequest {
		return left, false
	}
	budget.ReserveN(c.now(), min(cost/costOfRequest, c.rate.Requests))
	return c.left(budget), true
}

func (c *clients) left(budget *rate.Limiter) Budget { return Budget{c.rate, budget.TokensAt(c.now())} }

// Budget is what a client has left. The zero value means unlimited.
type Budget struct {
	Rate Rate
	// Left is the number of requests that the client may send now. It can be negative.
	Left float64
}

// Bounded reports whether the client has a limit.
func (b Budget) Bounded() bool { return b.Rate.Requests > 0 }

// Next is the number of whole seconds until the next request is admitted.
func (b Budget) Next() float64 { return b.Rate.until(1 - b.Left) }

// Full is the number of whole seconds until the client has its full budget again.
func (b Budget) Full() float64 { return b.Rate.until(float64(b.Rate.Requests) - b.Left) }

func (r Rate) perSecond() float64 { return float64(r.Requests) / r.Per.Seconds() }

// until is the number of whole seconds until that many more requests may be sent.
func (r Rate) until(requests float64) float64 { return math.Ceil(requests / r.perSecond()) }

// String formats the rate in the syntax of ParseRate.
func (r Rate) String() string {
	if unit := r.unit(); unit != "" {
		return fmt.Sprintf("%d/%s", r.Requests, unit)
	}
	return "0"
}

// unit is the name of the period; empty if there is no limit.
func (r Rate) unit() string {
	for name, unit := range rateUnits {
		if unit == r.Per {
			return name
		}
	}
	return ""
}
