package server

import (
	"net/http"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"masar"
)

// statuses are the HTTP statuses of answers without data, by error code.
var statuses = map[masar.Code]int{
	masar.CodeForbidden:            http.StatusForbidden,
	masar.CodeUntrustedDocument:    http.StatusForbidden,
	masar.CodeNotFound:             http.StatusNotFound,
	masar.CodeGone:                 http.StatusGone,
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
	masar.CodePDFFailed:            http.StatusInternalServerError,
	masar.CodePDFNotAvailable:      http.StatusNotImplemented,
	masar.CodeUnavailable:          http.StatusServiceUnavailable,
	masar.CodeTimeout:              http.StatusGatewayTimeout,
}

// statusOf is the HTTP status of an error: 400 for codes that are not in the table, because they concern the request.
func statusOf(shown *gqlerror.Error) int {
	code, _ := shown.Extensions["code"].(masar.Code)
	if status, ok := statuses[code]; ok {
		return status
	}
	return http.StatusBadRequest
}
