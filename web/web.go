// Package web has the pages for browsers. Node builds them before the binary is built (make build). A binary built
// without them serves [Missing] instead.
package web

import (
	"embed"
	"io/fs"
)

// dist holds what the build made. The one file that is always there lets the package compile without it.
//
//go:embed all:dist
var dist embed.FS

// Missing is the page that explains, in both languages, how to build GraphiQL.
//
//go:embed missing.html
var Missing []byte

// GraphiQL is the GraphiQL page with its scripts, styles and fonts; nil if the binary was built without it. A file
// NAME.gz is the compressed form of the file NAME.
func GraphiQL() fs.FS {
	const dir = "dist/graphiql"
	if _, err := fs.Stat(dist, dir+"/index.html"); err != nil {
		return nil
	}
	built, err := fs.Sub(dist, dir)
	if err != nil {
		panic(err) // only an invalid name causes an error
	}
	return built
}
