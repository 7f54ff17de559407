package words

import (
	"errors"

	"masar"
)

// Message returns the message of an error for clients in both languages. For an error that is not made for clients, it
// is that of an internal error.
func Message(err error) masar.Message {
	e, ok := errors.AsType[*masar.Error](err)
	if !ok || e.Key == "" {
		return Both("error.internal", nil)
	}
	return Both(e.Key, e.Args)
}

// Fault returns the message of a fault in both languages: what is wrong, what is allowed and what to do. Its key is
// "fault." + code.
func Fault(f masar.Fault) masar.Message { return Both("fault."+string(f.Code), f.Args) }
