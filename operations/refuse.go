package operations

import (
	"math"

	"masar"
)

// overloaded is the error when no place is free.
func overloaded() *masar.Error {
	return masar.NewError(masar.CodeOverloaded, "error.service.overloaded", nil)
}

// tooMany is the error of a client that exceeds its rate. wait is the number of seconds until its next request is
// admitted.
func tooMany(r Rate, wait float64) *masar.Error {
	return masar.NewError(masar.CodeRateLimited, "error.rate."+r.unit(), masar.Args{"allowed": r.Requests, "wait": int(math.Ceil(wait))})
}

// tooManyAtOnce is the error of a client that exceeds its share of concurrent operations.
func tooManyAtOnce(share int) *masar.Error {
	return masar.NewError(masar.CodeRateLimited, "error.rate.at_once", masar.Args{"allowed": share})
}
