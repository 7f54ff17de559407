package server

import (
	"net/http"

	"github.com/jub0bs/cors"
)

// Origins are the sites whose pages may read answers in a browser. The zero value allows only the service's own pages.
type Origins struct {
	middleware *cors.Middleware
}

// AllowOrigins allows patterns of origins, such as https://example.org, https://*.example.org, http://localhost:* or *.
// Pages of these origins may read answers. Cookies and credentials are never sent, and mutations are still refused.
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

// wrap adds CORS headers to the answers of a handler.
func (o Origins) wrap(h http.Handler) http.Handler {
	if o.middleware == nil {
		return h
	}
	return o.middleware.Wrap(h)
}
