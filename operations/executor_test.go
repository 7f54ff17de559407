package operations

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"masar"
	"masar/operations/limits"
)

// Catches: a cache that long documents fill.
func TestShortDocumentsAreKept(t *testing.T) {
	kept := documents{graphql.MapCache[*ast.QueryDocument]{}}
	for length, want := range map[int]bool{maxKept: true, maxKept + 1: false} {
		text := strings.Repeat("x", length)
		kept.Add(t.Context(), text, &ast.QueryDocument{})
		if _, is := kept.Get(t.Context(), text); is != want {
			t.Errorf("%d bytes: kept %v", length, is)
		}
	}
}

// Catches: errors in the order in which concurrent resolvers happen to fail.
func TestErrorsAreInOrder(t *testing.T) {
	at := func(line, column int, path ...ast.PathElement) *gqlerror.Error {
		return &gqlerror.Error{Locations: []gqlerror.Location{{Line: line, Column: column}}, Path: path}
	}
	want := gqlerror.List{{Message: "of the whole"}, at(1, 3), at(1, 20, ast.PathIndex(1)), at(1, 20, ast.PathIndex(2)), at(2, 1)}
	s := newService(t, func(ctx context.Context) error {
		for _, e := range slices.Backward(want) {
			graphql.AddError(ctx, &gqlerror.Error{Err: masar.NewError(masar.CodeBadInput, "error.list.bounds", nil), Locations: e.Locations, Path: e.Path})
		}
		return nil
	})
	var got []string
	for _, e := range s.ask(t, "{ field }").Errors {
		got = append(got, fmt.Sprint(e.Path))
	}
	if !slices.Equal(got, []string{"[]", "[]", "[1]", "[2]", "[]"}) {
		t.Errorf("%v", got)
	}
}

// Catches: an answer with as many errors as the document has fields.
func TestErrorsAreBounded(t *testing.T) {
	s := newService(t, nil, func(o *Options) {
		o.Limits = limits.Default()
		o.Limits.RootFields, o.Limits.Aliases = 2000, 2000
	})
	a := s.ask(t, "{"+strings.Repeat(" nothing", 1000)+"}")
	if len(a.Errors) != maxErrors {
		t.Errorf("%d errors", len(a.Errors))
	}
}

// Catches: a refusal without an error code of its own, and an operation without a timeout.
func TestBeginAndDeadline(t *testing.T) {
	s := newService(t, nil, func(o *Options) {
		o.Begin = func(ctx context.Context, _ *graphql.OperationContext) (context.Context, error) {
			return ctx, masar.NewError(masar.CodeUnavailable, "error.service.starting", nil)
		}
	})
	if a := s.ask(t, "{ field }"); len(a.Errors) != 1 || a.Errors[0].Extensions["code"] != "BACKEND_UNAVAILABLE" {
		t.Errorf("%+v", a)
	}
	if n := strings.Count(s.log.String(), `"msg":"operation"`); n != 1 {
		t.Errorf("%d lines for a refused operation", n)
	}
	for name, resolve := range map[string]func(context.Context) error{
		"in the resolver": func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() },
		"before it":       nil,
	} {
		s := newService(t, resolve, func(o *Options) {
			o.Timeout = 20 * time.Millisecond
			if resolve == nil {
				o.Begin = func(ctx context.Context, _ *graphql.OperationContext) (context.Context, error) {
					<-ctx.Done()
					return ctx, nil
				}
			}
		})
		if a := s.ask(t, "{ field }"); len(a.Errors) != 1 || a.Errors[0].Extensions["code"] != "TIMEOUT" {
			t.Errorf("%s: %+v", name, a)
		}
	}
}
