package server

import (
	"net/http"

	"github.com/vektah/gqlparser/v2/ast"

	"masar"
)

// sameOrigin detects requests that a browser sends for a page of another site.
var sameOrigin http.CrossOriginProtection

// permit refuses mutations in requests that a person may not have intended, such as a link or a form on another site.
func permit(w http.ResponseWriter, r *http.Request) func(ast.Operation) *masar.Error {
	return func(operation ast.Operation) *masar.Error {
		switch {
		case operation == ast.Query:
			return nil
		case r.Method != http.MethodPost:
			w.Header().Set("Allow", http.MethodPost)
			return masar.NewError(masar.CodeMethodNotAllowed, "error.operation.by_post", masar.Args{"operation": string(operation)})
		case sameOrigin.Check(r) != nil:
			return masar.NewError(masar.CodeForbidden, "error.operation.cross_site", masar.Args{"operation": string(operation)})
		}
		return nil
	}
}
