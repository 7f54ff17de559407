package web

import (
	"os"
	"testing"

	"github.com/vektah/gqlparser/v2"

	"masar/internal/documents/documentstest"
)

// Catches: an example of the developers page that GraphiQL does not have, and a first query that is not valid.
func TestExamplesExist(t *testing.T) {
	for _, e := range new(developersView).Examples() {
		if _, err := os.Stat("../examples/" + e.Name + ".graphql"); err != nil {
			t.Error(err)
		}
	}
	if _, errs := gqlparser.LoadQueryWithRules(documentstest.Schema(t, ".."), firstQuery, nil); errs != nil {
		t.Error(errs)
	}
}
