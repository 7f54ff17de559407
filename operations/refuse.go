package operations

import (
	"math"

	"masar"
)

// overloaded is the error of an operation for which there is no place to run in.
func overloaded() *masar.Error {
	return masar.NewError(masar.CodeOverloaded, "error.service.overloaded", nil)
}

// tooMany is the error of a client that has sent more requests than it may; wait is the seconds until it may send another.
func tooMany(r Rate, wait float64) *masar.Error {
	return masar.NewError(masar.CodeRateLimited, "error.rate."+r.unit(), masar.Args{"allowed": r.Requests, "wait": int(math.Ceil(wait))})
}

// tooManyAtOnce is the error of a client that runs more operations at the same time than it may.
func tooManyAtOnce(share int) *masar.Error {
	return masar.NewError(masar.CodeRateLimited, "error.rate.at_once", masar.Args{"allowed": share})
}
