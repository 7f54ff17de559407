package masar_test

import (
	"slices"
	"strings"
	"testing"
)

// libraries are the libraries that each room may import, by prefix of the import path. Rooms that are not listed may
// import only the standard library. Tests may import more.
var libraries = map[string][]string{
	"":       {"github.com/sfomuseum/go-edtf"},
	"arabic": {"github.com/blevesearch/snowballstem", "golang.org/x/text"},
	"bench/benchmark": {
		"github.com/99designs/gqlgen", "github.com/dgraph-io/dgo/v230", "github.com/vektah/gqlparser/v2", "google.golang.org/grpc",
	},
	"cmd/masar":               {"github.com/99designs/gqlgen", "github.com/adrg/xdg", "github.com/lmittmann/tint", "github.com/spf13/cobra", "github.com/spf13/pflag", "golang.org/x/term"},
	"dgraph":                  {"github.com/cenkalti/backoff/v5", "github.com/dgraph-io/dgo/v230", "google.golang.org/grpc"},
	"dgraph/embedded":         {"github.com/cenkalti/backoff/v5"},
	"dgraph/embedded/carried": {"github.com/dgraph-io/badger/v4", "github.com/dgraph-io/dgraph/v25", "github.com/dgraph-io/ristretto/v2"},
	"exchange":                {"github.com/xuri/excelize/v2"},
	"exchange/dump":           {"github.com/klauspost/compress", "golang.org/x/sync"},
	"faults/faulttest":        {"github.com/modelcontextprotocol/go-sdk"},
	"graph":                   {"github.com/99designs/gqlgen", "github.com/vektah/gqlparser/v2"},
	"internal/brieftest":      {"golang.org/x/net", "golang.org/x/text"},
	"internal/hazards":        {"github.com/rogpeppe/go-internal"},
	"loaders":                 {"github.com/99designs/gqlgen", "github.com/maypok86/otter/v2", "github.com/vektah/gqlparser/v2", "github.com/vikstrous/dataloadgen", "golang.org/x/text"},
	"mcp":                     {"github.com/google/jsonschema-go", "github.com/modelcontextprotocol/go-sdk", "github.com/vektah/gqlparser/v2"},
	"resolvers":               {"github.com/99designs/gqlgen"},
	"scalars":                 {"github.com/99designs/gqlgen", "golang.org/x/text"},
	"search":                  {"github.com/RoaringBitmap/roaring/v2", "github.com/blevesearch/vellum"},
	"seed":                    {"github.com/goccy/go-yaml", "golang.org/x/text"},
	"server": {
		"github.com/99designs/gqlgen", "github.com/jub0bs/cors", "github.com/klauspost/compress", "github.com/modelcontextprotocol/go-sdk",
		"github.com/prometheus/client_golang", "github.com/vektah/gqlparser/v2",
	},
	"internal/documents/documentstest": {
		"github.com/vektah/gqlparser/v2",
	},
	"operations": {
		"github.com/99designs/gqlgen", "github.com/hashicorp/golang-lru/v2", "github.com/vektah/gqlparser/v2", "golang.org/x/sync",
		"golang.org/x/time",
	},
	"operations/kept":    {"github.com/hashicorp/golang-lru/v2"},
	"operations/limits":  {"github.com/99designs/gqlgen", "github.com/vektah/gqlparser/v2"},
	"operations/metrics": {"github.com/prometheus/client_golang"},
	"operations/traces":  {"go.opentelemetry.io/otel"},
	"operations/traces/tracestest": {
		"go.opentelemetry.io/proto/otlp", "google.golang.org/protobuf",
	},
	"web":      {"golang.org/x/text"},
	"words":    {"github.com/goccy/go-yaml", "golang.org/x/text"},
	"topology": {"github.com/RoaringBitmap/roaring/v2"},
}

// Catches: a library that is imported without a decision, such as a Dgraph driver outside dgraph/, and an unused
// permission.
func TestLibraries(t *testing.T) {
	needed := map[string]bool{}
	for _, p := range packages(t) {
		from := room(p.ImportPath)
		for _, imported := range p.Imports {
			if ours(imported) || standard(imported) {
				continue
			}
			at := slices.IndexFunc(libraries[from], func(library string) bool {
				return imported == library || strings.HasPrefix(imported, library+"/")
			})
			if at < 0 {
				t.Errorf("%s imports %s, which is not among its libraries in house_libraries_test.go. Do without it, or list it there.", p.ImportPath, imported)
				continue
			}
			needed[from+" "+libraries[from][at]] = true
		}
	}
	for from, allowed := range libraries {
		for _, library := range allowed {
			if !needed[from+" "+library] {
				t.Errorf("room %q may import %s and does not. Delete it from house_libraries_test.go.", from, library)
			}
		}
	}
}

// standard reports whether a package is in the standard library: the first part of its path is not a host.
func standard(importPath string) bool {
	first, _, _ := strings.Cut(importPath, "/")
	return !strings.Contains(first, ".")
}
