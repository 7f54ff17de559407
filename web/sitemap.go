package web

import (
	"encoding/xml"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"masar"
)

// robots tells search engines what to read: the pages, and not their filters, the API and its tool.
func (o Options) robots(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	fmt.Fprintf(w, `User-agent: *
Disallow: /graphql
Disallow: /graphiql/
Disallow: /api/
Disallow: /ar/suggest
Disallow: /en/suggest
Disallow: /*?

Sitemap: %s/sitemap.xml
`, o.addressOf(r, masar.Arabic).base)
}

// always are the paths of pages without an entity.
var always = []string{"/", "/goals", "/countries", "/paths", "/gaps", "/coverage", "/documents", "/claims", "/about", "/developers", "/accessibility"}

// codes is a part of the list of all entities of a kind.
type codes struct {
	Nodes []struct {
		Kind masar.Kind `json:"kind"`
		Code string     `json:"code"`
	} `json:"nodes"`
	PageInfo PageInfo `json:"pageInfo"`
}

// sitemap lists the pages of all entities in both languages.
func (o Options) sitemap(w http.ResponseWriter, r *http.Request) {
	paths := slices.Clone(always)
	after := map[string]any{}
	for more := true; more; {
		answer := o.Ask(w, r, operations()["sitemap"], after)
		lists := map[string]codes{}
		if err := answer.decode(&lists); err != nil {
			panic(err) // TestSitemap: the type fits the operation
		}
		if len(answer.Errors) > 0 {
			o.failed(w, o.addressOf(r, Preferred(r)), answer.Errors[0])
			return
		}
		more = false
		for _, name := range slices.Sorted(maps.Keys(lists)) {
			list := lists[name]
			for _, n := range list.Nodes {
				paths = append(paths, pathOf(n.Kind, n.Code))
			}
			if list.PageInfo.EndCursor != nil {
				after[name] = *list.PageInfo.EndCursor // the next round begins there, also at the end of a list
			}
			more = more || list.PageInfo.HasNextPage
		}
	}
	writeSitemap(w, o.addressOf(r, masar.Arabic).base, paths)
}

// writeSitemap writes the addresses of pages in both languages.
func writeSitemap(w http.ResponseWriter, base string, paths []string) {
	var b strings.Builder
	b.WriteString(xml.Header + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
	for _, path := range paths {
		for _, l := range []masar.Language{masar.Arabic, masar.English} {
			b.WriteString("<url><loc>")
			_ = xml.EscapeText(&b, []byte(base+prefix(l)+path)) // a builder does not fail
			b.WriteString("</loc></url>\n")
		}
	}
	b.WriteString("</urlset>\n")
	w.Header().Set("Content-Type", "application/xml; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	_, _ = w.Write([]byte(b.String())) // the only error is a client that has disconnected
}
