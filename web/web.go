// Package web has the pages for browsers: the explorer at /ar/ and /en/, and GraphiQL. The explorer is rendered here from
// templates that are part of every binary. Node builds GraphiQL, the explorer's scripts and its fonts before the binary
// is built (make build). A binary built without Node has the pages without scripts and with the system's fonts, and
// serves [Missing] instead of GraphiQL.
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
func GraphiQL() fs.FS { return built("dist/graphiql", "index.html") }

// built returns a directory of the build that has a file; nil if the binary was built without it.
func built(dir, file string) fs.FS {
	if _, err := fs.Stat(dist, dir+"/"+file); err != nil {
		return nil
	}
	files, err := fs.Sub(dist, dir)
	if err != nil {
		panic(err) // only an invalid name causes an error
	}
	return files
}
