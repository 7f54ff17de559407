package loaders_test

import (
	"context"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"

	"masar/internal/masartest"
	"masar/loaders"
	"masar/operations"
	"masar/server"
)

// asksLists has lists of each sort, with arguments that are given, left to their defaults and null.
const asksLists = `query ($first: Int, $none: ClaimFilter) {
  sdgTargets(first: 100) { nodes {
    recommendations(first: $first, includeGoalLevel: true, orderBy: {field: SUPPORT, direction: DESC}) { edges {
      claim { evidence(first: 2) { nodes { stance } } }
      node { claims(first: 3, end: OBJECT, filter: $none) { totalCount nodes { id } } topics { totalCount } }
    } }
  } }
  claims(last: 50, filter: {basis: STATED}) { nodes { evidence { nodes { passage { document { evidence(first: 1) { totalCount } observations { totalCount } } } } } } }
  countries(first: 50, after: null) { nodes { caseStudies(filter: {minNet: 0.1}) { totalCount } organizations(first: 5) { totalCount } } }
}`

// Catches: a list that the read-ahead and its resolver both compute, because they name it or decode its arguments in
// different ways.
func TestResolversShareTheListsOfTheReadAhead(t *testing.T) {
	var request *loaders.Request
	var ahead int
	api := masartest.Disputed(t).API(t, loaders.Options{}, func(o *operations.Options, _ *server.Options) {
		begin := o.Begin
		o.Begin = func(ctx context.Context, operation *graphql.OperationContext) (context.Context, error) {
			ctx, err := begin(ctx, operation)
			if err == nil {
				request = loaders.From(ctx)
				ahead = request.ComputedPages()
			}
			return ctx, err
		}
	})
	answer := api.Ask(t, asksLists, map[string]any{"first": 7, "none": nil})
	if strings.Contains(string(answer.Body), `"errors"`) {
		t.Fatalf("%s", answer.Body)
	}
	if ahead < 10 {
		t.Errorf("the read-ahead computed %d lists: the comparison shows nothing", ahead)
	}
	if all := request.ComputedPages(); all != ahead {
		t.Errorf("the resolvers computed %d lists again", all-ahead)
	}
}
