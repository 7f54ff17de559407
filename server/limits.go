package server

import "cmp"

// Limits bound what a client may send, in bytes. A zero stands for the default, which no standard client meets.
type Limits struct {
	// Body bounds the body of a request; 128 KiB.
	Body int64
	// Drain bounds what is read of a larger one and thrown away, so that its sender can read the answer; 16 MiB.
	Drain int64
	// URL bounds the path and the parameters of a URL; 16 KiB.
	URL int
}

// orDefaults fills in the defaults.
func (l Limits) orDefaults() Limits {
	return Limits{
		Body:  cmp.Or(l.Body, 128<<10),
		Drain: cmp.Or(l.Drain, 16<<20),
		URL:   cmp.Or(l.URL, 16<<10),
	}
}
