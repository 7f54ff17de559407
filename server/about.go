package server

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"masar/internal/etag"
)

// SDL is the text of the whole schema with its descriptions: first the file that defines Query, then the others by
// name. The fields that the others add to Query are printed in its definition, because Relay takes an extension for one
// of the client's own.
func SDL(schema *ast.Schema) string {
	first := schema.Query.Position.Src
	parts := map[string]string{}
	for _, definition := range schema.Types {
		if src := definition.Position.Src; !src.BuiltIn && src != first {
			parts[src.Name] = src.Input
		}
	}
	var fields, rest strings.Builder
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		part := parts[name]
		if extension, ok := strings.CutPrefix(part, "extend type Query {"); ok {
			var added string
			added, part, _ = strings.Cut(extension, "\n}\n")
			fields.WriteString(added)
		}
		rest.WriteString("\n" + strings.TrimLeft(part, "\n"))
	}
	before, root, _ := strings.Cut(first.Input, "\ntype Query {")
	own, after, _ := strings.Cut(root, "\n}\n")
	return before + "\ntype Query {" + own + fields.String() + "\n}\n" + after + rest.String()
}

func serveSchema(schema *ast.Schema) http.HandlerFunc {
	sdl := SDL(schema)
	tag := etag.Weak(sdl)
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("Cache-Control", "no-cache") // caches must revalidate with the ETag
		w.Header().Set("ETag", tag)
		http.ServeContent(w, r, "", time.Time{}, strings.NewReader(sdl))
	}
}

func serveVersion(version any) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, http.StatusOK, version) }
}

const welcomeText = `مسار: السياسات وأدلتها، بالعربية والإنكليزية.
Masar: a knowledge graph of evidence-based policy, in Arabic and English.

  GET  /ar/              المستكشف بالعربية     the explorer in Arabic, for browsers
  GET  /en/              المستكشف بالإنكليزية  the explorer in English, for browsers
  POST /graphql          الاستعلامات          queries: {"query": "{ sdgTarget(code: \"16.6\") { title { value } } }"}
  POST /mcp              المساعدات الذكية     assistants, by the Model Context Protocol
  GET  /graphiql/        صفحة للاستعلام       a page to write and run queries, with ready examples
  GET  /api/v1/rows/     الجداول              the graph as tables, in CSV, JSON and XLSX, for spreadsheets and dashboards
  GET  /api/v1/briefs/   موجزات السياسات      policy briefs, such as /api/v1/briefs/targets/16.6.docx?lang=en
  GET  /schema.graphql   المخطط وشرح حقوله     the schema, with a description of every field
  GET  /livez            هل تعمل الخدمة        whether the service runs
  GET  /readyz?verbose   حالة الخدمة           how the service is doing
  GET  /version          الإصدار               what is running
  GET  /metrics          القياسات              figures for Prometheus, to this machine alone or on a port of their own
`

func welcome(w http.ResponseWriter, _ *http.Request) { text(w, http.StatusOK, welcomeText) }
