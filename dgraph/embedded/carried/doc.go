// Package carried links Dgraph itself into the binary, and hands over to it.
//
// It stands apart from package embedded so that only the command links Dgraph's 80 MB: what merely starts and watches
// Dgraph, and every test, stays small. The build tag nodgraph leaves Dgraph out.
package carried
