package web

import (
	"encoding/json"
	"net/http"

	"masar"
)

// Ask runs a GraphQL operation for the client of a request, with the limits, queue and log of /graphql. It may add headers
// about the client's budget to the answer.
type Ask func(w http.ResponseWriter, r *http.Request, document string, variables map[string]any) Answer

// Answer is the answer to an operation: data, errors or both.
type Answer struct {
	// Data is the data as JSON; null if the operation was refused or failed.
	Data json.RawMessage
	// Errors are the errors, in the order of the answer.
	Errors []Error
}

// Error is an error as a reader sees it.
type Error struct {
	// Status is the HTTP status of a page that shows nothing but this error.
	Status int
	// Message says in both languages what is wrong and what to do.
	Message masar.Message
	// ID is the id under which the log has the cause of an internal error; empty for other errors.
	ID string
	// Argument is the argument or variable that the error is about, such as filter.basis; empty for other errors.
	Argument string
}

// isOfRequest reports whether the reader's address caused the error.
func (e Error) isOfRequest() bool { return e.Status == http.StatusBadRequest }

// State identifies what the pages show: the newest snapshot and the as-of date. Pages with the same address and state are
// equal.
type State func() (snapshot, asOf string, err error)

// decode reads the data of an answer. The struct fits the operation, which TestViewsFit checks.
func (a Answer) decode(into any) error {
	if len(a.Data) == 0 || string(a.Data) == "null" {
		return nil
	}
	return json.Unmarshal(a.Data, into)
}
