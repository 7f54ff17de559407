package server

import (
	"testing"

	"masar/internal/hazards"
	"masar/resolvers"
)

// Catches: a request that is misread, answered otherwise than HTTP and GraphQL over HTTP have it, or that does harm.
func TestHazardsOnTheWire(t *testing.T) {
	origins, err := AllowOrigins([]string{"https://allowed.test"})
	if err != nil {
		t.Fatal(err)
	}
	s := newService(t, nil, func(o *Options) { o.Schema, o.Origins = resolvers.NewSchema(), origins })
	hazards.Play(t, serve(t, s.ServeHTTP, Serving{}).address, "testdata/hazards/http/*.txtar")
}
