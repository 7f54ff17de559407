package main

import (
	"fmt"
	"os"

	"github.com/spf13/pflag"

	"masar/server"
)

// requests are the flags of limits on requests, and of the origins that may read answers.
type requests struct {
	limits      server.Limits
	maxHeaders  int
	corsOrigins []string
	publicURLs  []string
	trustedFile string

	// Parsed from the flags above.
	origins server.Origins
	public  server.PublicURLs
	trusted server.TrustedDocuments
}

func (r *requests) flags(f *pflag.FlagSet) {
	f.Int64Var(&r.limits.Body, "max-body", 128<<10, "maximum size of a request body, in bytes")
	f.IntVar(&r.limits.URL, "max-url", 16<<10, "maximum length of a URL, in bytes")
	f.IntVar(&r.maxHeaders, "max-headers", 32<<10, "maximum size of the request line and headers, in bytes")
	f.StringSliceVar(&r.publicURLs, "public-url", nil, "address by which clients know the service, such as https://masar.example.org; repeatable; the first is the base of absolute links (default: the address of --listen)")
	f.StringSliceVar(&r.corsOrigins, "cors-origin", nil, "origin whose pages may read answers: https://example.org, https://*.example.org, or * for all; repeatable (default: none)")
	f.StringVar(&r.trustedFile, "trusted-documents", "", "JSON file with the only documents that clients may run at /graphql, by their SHA-256 (default: all documents)")
}

// check validates the flags and parses the origins and the trusted documents.
func (r *requests) check() (err error) {
	switch {
	case r.limits.Body < 1:
		return usageError{fmt.Errorf("--max-body %d is too small: the minimum is 1", r.limits.Body)}
	case r.limits.URL < 1:
		return usageError{fmt.Errorf("--max-url %d is too small: the minimum is 1", r.limits.URL)}
	case r.maxHeaders < 1:
		return usageError{fmt.Errorf("--max-headers %d is too small: the minimum is 1", r.maxHeaders)}
	}
	if r.origins, err = server.AllowOrigins(r.corsOrigins); err != nil {
		return usageError{fmt.Errorf("--cors-origin: %w", err)}
	}
	if r.public, err = server.ParsePublicURLs(r.publicURLs); err != nil {
		return usageError{fmt.Errorf("--public-url: %w", err)}
	}
	return r.readTrusted()
}

// readTrusted reads the file of trusted documents, if there is one.
func (r *requests) readTrusted() error {
	if r.trustedFile == "" {
		return nil
	}
	file, err := os.ReadFile(r.trustedFile)
	if err == nil {
		r.trusted, err = server.ParseTrustedDocuments(file)
	}
	if err != nil {
		return usageError{fmt.Errorf("--trusted-documents %s: %w", r.trustedFile, err)}
	}
	return nil
}
