package server

import (
	"testing"
	"time"

	"masar/internal/hazards"
	"masar/resolvers"
)

// Catches: a request that is misread, answered otherwise than HTTP and GraphQL over HTTP have it, or that does harm.
func TestHazardsOnTheWire(t *testing.T) {
	origins, err := AllowOrigins([]string{"https://allowed.test"})
	if err != nil {
		t.Fatal(err)
	}
	s := newService(t, nil, func(o *settings) { o.run.Schema, o.Origins = resolvers.NewSchema(), origins })
	hazards.Play(t, serve(t, s.ServeHTTP, Serving{}).address, "testdata/hazards/http/*.txtar")
}

// Catches: clients that hold the service by sending slowly, alone or many at once, and one cut off that is slow but in time.
func TestHazardsOfSlowness(t *testing.T) {
	s := newService(t, nil, func(o *settings) { o.run.Schema, o.run.Queue.Running = resolvers.NewSchema(), 2 })
	short := Serving{HeaderTime: 400 * time.Millisecond, RequestTime: 800 * time.Millisecond}
	hazards.Play(t, serve(t, s.ServeHTTP, short).address, "testdata/hazards/slow/*.txtar")
}
