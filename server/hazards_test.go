package server

import (
	"testing"
	"time"

	"masar/internal/hazards"
	"masar/resolvers"
)

// Catches: a request that is misread, does harm, or gets an answer against HTTP or GraphQL over HTTP.
func TestHazardsOnTheWire(t *testing.T) {
	origins, err := AllowOrigins([]string{"https://allowed.test"})
	if err != nil {
		t.Fatal(err)
	}
	s := newService(t, nil, func(o *settings) { o.run.Schema, o.Origins = resolvers.NewSchema(), origins })
	hazards.Play(t, serve(t, s.ServeHTTP, Serving{}).address, "testdata/hazards/http/*.txtar")
}

// Catches: clients that block the service by sending slowly, alone or many at once, and a slow client cut off before
// its deadline.
func TestHazardsOfSlowness(t *testing.T) {
	s := newService(t, nil, func(o *settings) { o.run.Schema, o.run.Queue.Running = resolvers.NewSchema(), 2 })
	short := Serving{HeaderTime: 400 * time.Millisecond, RequestTime: 800 * time.Millisecond}
	hazards.Play(t, serve(t, s.ServeHTTP, short).address, "testdata/hazards/slow/*.txtar")
}
