package words

import (
	"errors"

	"masar"
)

// Message is what a client reads of an error, in both languages. An error that was not made for clients is an internal
// error.
func Message(err error) masar.Message {
	e, ok := errors.AsType[*masar.Error](err)
	if !ok || e.Key == "" {
		return Both("error.internal", nil)
	}
	return Both(e.Key, e.Args)
}

// Fault is what is wrong with a record, what is allowed and what to do, in both languages. Its message has the key
// "fault." + code.
func Fault(f masar.Fault) masar.Message { return Both("fault."+string(f.Code), f.Args) }
