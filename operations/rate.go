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
	return Rate{}, fmt.Errorf("%q is not a valid rate: give a positive number and a unit, such as 600/min, 10/s or 5000/h, or 0 for unlimited", s)
}

// maxClients is how many clients are remembered. Whoever sends from more addresses makes the oldest be forgotten, and so
// be taken for new; the memory stays as it is.
const maxClients = 1 << 16

// clients are those that have sent something of late, each with what it has left to ask. Whoever asks from this machine
// is not bounded.
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

// budget is what a client has left; nil if there is no bound.
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

// spend takes a request from the client's budget. The error has code RATE_LIMITED.
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

// costOfRequest is how much of an operation's cost counts as one more request: a contract operation's few thousand as few,
// the largest operation that the limits allow as 200.
const costOfRequest = 1000

// charge takes from the client's budget what an operation costs beyond a request, and reports whether that is anything. Who
// has not enough left pays with the time until the next one is let in.
func (c *clients) charge(client netip.Prefix, cost int) (left Budget, charged bool) {
	budget := c.budget(client)
	if budget == nil || cost < costOfRequest {
		return left, false
	}
	budget.ReserveN(c.now(), min(cost/costOfRequest, c.rate.Requests))
	return c.left(budget), true
}

func (c *clients) left(budget *rate.Limiter) Budget { return Budget{c.rate, budget.TokensAt(c.now())} }

// Budget is what a client may still ask. The zero value is that of a client that is not bounded.
type Budget struct {
	Rate Rate
	// Left is how many requests the client may send at once; it is below zero for one that has to wait for more than a request.
	Left float64
}

// Bounded reports whether there is a bound at all.
func (b Budget) Bounded() bool { return b.Rate.Requests > 0 }

// Next is the time, in whole seconds, after which the next request is let in.
func (b Budget) Next() float64 { return b.Rate.until(1 - b.Left) }

// Full is the time, in whole seconds, after which the client has all of its budget again.
func (b Budget) Full() float64 { return b.Rate.until(float64(b.Rate.Requests) - b.Left) }

func (r Rate) perSecond() float64 { return float64(r.Requests) / r.Per.Seconds() }

// until is the time in whole seconds after which so many more requests may be sent.
func (r Rate) until(requests float64) float64 { return math.Ceil(requests / r.perSecond()) }

// String writes the rate as ParseRate reads it.
func (r Rate) String() string {
	if unit := r.unit(); unit != "" {
		return fmt.Sprintf("%d/%s", r.Requests, unit)
	}
	return "0"
}

// unit is the name of the time that the rate is for; empty if there is no bound.
func (r Rate) unit() string {
	for name, unit := range rateUnits {
		if unit == r.Per {
			return name
		}
	}
	return ""
}
