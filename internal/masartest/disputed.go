package masartest

import (
	"embed"
	"io/fs"
	"testing"

	"masar/dgraph/embedded/embeddedtest"
)

//go:embed testdata/disputed
var disputed embed.FS

// Disputed gives the service over a Dgraph of its own, with a small graph of claims on which sources disagree: contested and
// refuted ones, facts and effects, beside sound ones. It is read from seed files; nothing in it is true of any country.
func Disputed(tb testing.TB) *Service {
	tb.Helper()
	files, err := fs.Sub(disputed, "testdata/disputed")
	if err != nil {
		tb.Fatal(err)
	}
	return Graph(tb, files)
}

// Graph gives the service over a Dgraph of its own, with the graph of seed files.
func Graph(tb testing.TB, files fs.FS) *Service {
	tb.Helper()
	service, err := start(embeddedtest.Start(tb).URL(), files)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(service.Store.Close)
	return service
}
