//go:build !nodgraph

package carried

import (
	"os"

	"github.com/dgraph-io/dgraph/v25/dgraph/cmd"
)

// Carried reports whether this binary carries Dgraph.
const Carried = true

// Execute runs Dgraph's own command with the arguments, such as "alpha", "--port_offset=100", and ends the process
// itself when they are wrong.
func Execute(args []string) {
	os.Args = append([]string{"dgraph"}, args...)
	cmd.Execute()
}
