package loaders

import (
	"errors"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"masar/answers"
	"masar/topology"
)

// Catches: a page computed twice for one list, and a page given to another list: of another field, of another entity, or
// with other arguments.
func TestAPageIsComputedOnceForEachList(t *testing.T) {
	var r Request
	here, there := new(ast.Field), new(ast.Field)
	computed := 0
	list := func(field *ast.Field, of topology.Entity, first int) int {
		page, err := paged(&r, field, of, answers.ListArgs{First: &first}, func() (topology.Page[topology.Entity], error) {
			computed++
			return topology.Page[topology.Entity]{Total: computed}, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return page.Total
	}
	for i, asked := range []struct {
		field *ast.Field
		of    topology.Entity
		first int
		want  int
	}{
		{here, 1, 5, 1}, {here, 1, 5, 1}, {there, 1, 5, 2}, {here, 2, 5, 3}, {there, 1, 5, 2}, {here, 1, 6, 4}, {here, 2, 5, 3},
	} {
		if got := list(asked.field, asked.of, asked.first); got != asked.want {
			t.Errorf("question %d got page %d, want %d", i, got, asked.want)
		}
	}
}

// Catches: the error of one attempt that all later ones get, and an empty page in place of an error.
func TestAnErrorIsNoPage(t *testing.T) {
	var r Request
	field, failed := new(ast.Field), errors.New("failed")
	for _, want := range []error{failed, nil} {
		page, err := paged(&r, field, topology.Claim(1), answers.ListArgs{}, func() (topology.Page[topology.Claim], error) {
			return topology.Page[topology.Claim]{Total: 7}, want
		})
		if !errors.Is(err, want) || page.Total != 7 {
			t.Errorf("%+v, %v, want %v", page, err, want)
		}
	}
}
