//go:build !nodgraph

package carried

import (
	"os"

	"github.com/dgraph-io/dgraph/v25/dgraph/cmd"

	"masar/internal/memory"
)

// Carried reports whether this binary carries Dgraph.
const Carried = true

// Execute runs Dgraph's own command with the arguments, such as "alpha", "--port_offset=100", and ends the process
// itself when they are wrong. GOMEMLIMIT is the bound on its memory until its data needs more. It has one command besides
// Dgraph's: "check-tables" with a directory prints which tables in it are damaged.
func Execute(args []string) {
	if len(args) == 2 && args[0] == "check-tables" {
		checkTables(args[1])
		return
	}
	memory.Follow(0)
	os.Args = append([]string{"dgraph"}, args...)
	cmd.Execute()
}
