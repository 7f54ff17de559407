package server

import "cmp"

// Limits bound what a client may send, in bytes. Zero means the default. No standard client reaches the defaults.
type Limits struct {
	// Body is the maximum size of a request body: 128 KiB.
	Body int64
	// Drain is how much of a larger body is read and discarded, so that the client can read the answer: 16 MiB.
	Drain int64
	// URL is the maximum length of a URL's path and query: 16 KiB.
	URL int
}

// orDefaults replaces zeros with the defaults.
func (l Limits) orDefaults() Limits {
	return Limits{
		Body:  cmp.Or(l.Body, 128<<10),
		Drain: cmp.Or(l.Drain, 16<<20),
		URL:   cmp.Or(l.URL, 16<<10),
	}
}
