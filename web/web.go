// Package web carries the pages that browsers are given. They are built by Node before the binary is (make build); a
// binary that was built without them serves [Missing] in their place.
package web

import (
	"embed"
	"io/fs"
)

// dist holds what the build made. The one file that is always there lets the package compile without it.
//
//go:embed all:dist
var dist embed.FS

// Missing is the page that says, in both languages, how to build what this binary lacks.
//
//go:embed missing.html
var Missing []byte

// GraphiQL is the GraphQL page with its scripts, styles and fonts; nil if the binary was built without it. A file whose
// name ends in .gz stands for the file that it unpacks to.
func GraphiQL() fs.FS {
	const dir = "dist/graphiql"
	if _, err := fs.Stat(dist, dir+"/index.html"); err != nil {
		return nil
	}
	built, err := fs.Sub(dist, dir)
	if err != nil {
		panic(err) // only a malformed name is an error
	}
	return built
}
