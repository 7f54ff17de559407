package server

import (
	"net/http"

	"github.com/jub0bs/cors"
)

// Origins are the sites whose pages may read answers in a browser. The zero value allows none but the service's own.
type Origins struct {
	middleware *cors.Middleware
}

// AllowOrigins allows patterns of origins, such as https://example.org, https://*.example.org, http://localhost:* or *.
// What is allowed is to read: neither cookies nor logins are ever sent along, and mutations are refused all the same.
func AllowOrigins(patterns []string) (Origins, error) {
	if len(patterns) == 0 {
		return Origins{}, nil
	}
	middleware, err := cors.NewMiddleware(cors.Config{
		Origins:         patterns,
		Methods:         []string{http.MethodGet, http.MethodHead, http.MethodPost},
		RequestHeaders:  []string{"*"},
		ResponseHeaders: []string{"*"},
		MaxAgeInSeconds: 600,
	})
	return Origins{middleware}, err
}

// wrap lets the pages of the allowed sites read what a handler answers.
func (o Origins) wrap(h http.Handler) http.Handler {
	if o.middleware == nil {
		return h
	}
	return o.middleware.Wrap(h)
}
