// Command carrier is the smallest binary that carries Dgraph: it answers "carrier dgraph ..." as masar answers
// "masar dgraph ...", and nothing else. Tests run it where no masar has been built.
package main

import (
	"fmt"
	"os"

	"masar/dgraph/embedded/carried"
)

func main() {
	if len(os.Args) < 2 || os.Args[1] != "dgraph" {
		fmt.Fprintln(os.Stderr, "usage: carrier dgraph COMMAND [FLAGS]")
		os.Exit(2)
	}
	carried.Execute(os.Args[2:])
}
