package server

import (
	"net/http"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"masar"
)

// statuses are those of answers without data, by the code of what went wrong.
var statuses = map[masar.Code]int{
	masar.CodeForbidden:            http.StatusForbidden,
	masar.CodeNotFound:             http.StatusNotFound,
	masar.CodeMethodNotAllowed:     http.StatusMethodNotAllowed,
	masar.CodeNotAcceptable:        http.StatusNotAcceptable,
	masar.CodeRequestTimeout:       http.StatusRequestTimeout,
	masar.CodeRateLimited:          http.StatusTooManyRequests,
	masar.CodeOverloaded:           http.StatusServiceUnavailable,
	masar.CodeConflict:             http.StatusConflict,
	masar.CodeStaleVersion:         http.StatusConflict,
	masar.CodeMisdirected:          http.StatusMisdirectedRequest,
	masar.CodeContentTooLarge:      http.StatusRequestEntityTooLarge,
	masar.CodeURITooLong:           http.StatusRequestURITooLong,
	masar.CodeUnsupportedMediaType: http.StatusUnsupportedMediaType,
	masar.CodeInternal:             http.StatusInternalServerError,
	masar.CodeUnavailable:          http.StatusServiceUnavailable,
	masar.CodeTimeout:              http.StatusGatewayTimeout,
}

// statusOf is the status for an error as it is shown: 400 for all that is not in the table, for it is about the request.
func statusOf(shown *gqlerror.Error) int {
	code, _ := shown.Extensions["code"].(masar.Code)
	if status, ok := statuses[code]; ok {
		return status
	}
	return http.StatusBadRequest
}
