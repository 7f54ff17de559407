//go:build nodgraph

package carried

import (
	"fmt"
	"os"
)

// Carried reports whether this binary carries Dgraph.
const Carried = false

// Execute says that there is no Dgraph to run, and ends the process.
func Execute([]string) {
	fmt.Fprintln(os.Stderr, "this binary carries no Dgraph (it was built with the tag nodgraph): "+
		"name a running one with --dgraph ADDRESS, or use a binary built without that tag")
	os.Exit(1)
}
