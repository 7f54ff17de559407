package words

import (
	"errors"

	"masar"
)

// Message is what a client reads of an error, in both languages. An error that was not made for clients is an internal
// error.
func Message(err error) masar.Message {
	e, ok := errors.AsType[*masar.Error](err)
	switch {
	case !ok:
		return Both("error.internal", nil)
	case e.Key != "":
		return Both(e.Key, e.Args)
	}
	return e.Message
}

// Fault is what is wrong with a record, what is allowed and what to do, in both languages. Its message has the key
// "fault." + code.
func Fault(f masar.Fault) masar.Message { return Both("fault."+string(f.Code), f.Args) }
