package server

import (
	"net/http"

	"github.com/vektah/gqlparser/v2/ast"

	"masar"
)

// sameOrigin finds the requests that a browser sends for a page of somebody else.
var sameOrigin http.CrossOriginProtection

// permit refuses the operations of a request that could change something and may have been sent behind a person's back: by a
// link, or by a page of another site.
func permit(w http.ResponseWriter, r *http.Request) func(ast.Operation) *masar.Error {
	return func(operation ast.Operation) *masar.Error {
		switch {
		case operation == ast.Query:
			return nil
		case r.Method != http.MethodPost:
			w.Header().Set("Allow", http.MethodPost)
			return masar.Errorf(masar.CodeMethodNotAllowed, "a %s is sent by POST", "تُرسل عملية %s بطريقة POST", operation)
		case sameOrigin.Check(r) != nil:
			return masar.Errorf(masar.CodeForbidden, "a %s is not taken from a page of another site",
				"لا تُقبل عملية %s من صفحة موقع آخر", operation)
		}
		return nil
	}
}
