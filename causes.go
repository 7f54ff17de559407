package masar

import (
	"regexp"
	"strings"
)

// Causes remembers why something that is tried again and again has failed, so that a log names each cause once and not once
// for each try. The zero value has seen none.
type Causes struct{ seen map[string]bool }

// maxCauses bounds the causes that are remembered. When there are more, all are forgotten and logged again.
const maxCauses = 50

// varying is what differs between two errors of one cause: ports, times, addresses in memory.
var varying = regexp.MustCompile(`0x[0-9a-f]+|[0-9]+`)

// New reports whether an error has a cause that has not been seen since the last Forget, and remembers it.
func (c *Causes) New(err error) bool {
	first, _, _ := strings.Cut(err.Error(), "\n")
	cause := varying.ReplaceAllString(first, "#")
	if c.seen[cause] {
		return false
	}
	if c.seen == nil || len(c.seen) >= maxCauses {
		c.seen = map[string]bool{}
	}
	c.seen[cause] = true
	return true
}

// Forget forgets all causes after a success, and reports whether there were any.
func (c *Causes) Forget() bool {
	had := len(c.seen) > 0
	c.seen = nil
	return had
}
