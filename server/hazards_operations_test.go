package server_test

import (
	"strings"
	"testing"

	"masar/internal/hazards"
	"masar/internal/masartest"
	"masar/loaders"
)

// Catches: a document or a value that takes long, breaks the service, gets an answer that GraphQL does not allow, or
// reveals internals. Each case runs against the whole service, which must still answer afterwards.
func TestHazardsOfOperations(t *testing.T) {
	api := masartest.Start(t).API(t, loaders.Options{})
	address := strings.TrimPrefix(api.Listen(t), "http://")
	for _, sort := range []string{"doc", "arg", "limits"} {
		hazards.Play(t, address, "testdata/hazards/"+sort+"/*.txtar")
	}
}
