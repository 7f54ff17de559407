package server_test

import (
	"strings"
	"testing"

	"masar/internal/hazards"
	"masar/internal/masartest"
	"masar/loaders"
)

// Catches: a document or a value that takes long, breaks something, is answered otherwise than GraphQL has it, or tells of
// the inside; played to the whole service, which has to be alive after each.
func TestHazardsOfOperations(t *testing.T) {
	api := masartest.Start(t).API(t, loaders.Options{})
	address := strings.TrimPrefix(api.Listen(t), "http://")
	for _, sort := range []string{"doc", "arg", "limits"} {
		hazards.Play(t, address, "testdata/hazards/"+sort+"/*.txtar")
	}
}
