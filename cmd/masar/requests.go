package main

import (
	"fmt"

	"github.com/spf13/pflag"

	"masar/server"
)

// requests are the flags about what a request may be, and whose pages may read the answer.
type requests struct {
	limits      server.Limits
	maxHeaders  int
	corsOrigins []string

	origins server.Origins // corsOrigins, read
}

func (r *requests) flags(f *pflag.FlagSet) {
	f.Int64Var(&r.limits.Body, "max-body", 128<<10, "the most bytes of a request's body")
	f.IntVar(&r.limits.URL, "max-url", 16<<10, "the most bytes of a URL")
	f.IntVar(&r.maxHeaders, "max-headers", 32<<10, "the most bytes of a request before its body, the URL included")
	f.StringSliceVar(&r.corsOrigins, "cors-origin", nil, "a site whose pages may read answers: https://example.org, https://*.example.org, or * for all; none but the service's own without it")
}

// check reads the flags that are no values of their own.
func (r *requests) check() (err error) {
	switch {
	case r.limits.Body < 1:
		return usageError{fmt.Errorf("--max-body %d is not above 0", r.limits.Body)}
	case r.limits.URL < 1:
		return usageError{fmt.Errorf("--max-url %d is not above 0", r.limits.URL)}
	case r.maxHeaders < 1:
		return usageError{fmt.Errorf("--max-headers %d is not above 0", r.maxHeaders)}
	}
	if r.origins, err = server.AllowOrigins(r.corsOrigins); err != nil {
		return usageError{fmt.Errorf("--cors-origin: %w", err)}
	}
	return nil
}
