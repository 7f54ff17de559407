package masar

import (
	"fmt"
	"runtime/debug"
)

// Panic is a panic as an error. Its text has the stack, and is for the log alone.
type Panic struct {
	Value any
	Stack []byte
}

// Recovered makes an error of what recover gave. It is called by the function that is deferred, for the stack's sake.
func Recovered(value any) *Panic { return &Panic{value, debug.Stack()} }

// Error tells the value and the stack.
func (p *Panic) Error() string { return fmt.Sprintf("panic: %v\n%s", p.Value, p.Stack) }

// Guard runs what must not end the process: a panic in a goroutine that nobody guards does.
func Guard(do func() error) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = Recovered(value)
		}
	}()
	return do()
}
