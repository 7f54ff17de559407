package web

import (
	"net/url"

	"masar"
)

var developersPage = page{
	path: "developers", operation: "frame", template: "developers",
	variables: noVariables,
	view:      func() view { return new(developersView) },
}

// developersView is the answer of operations/frame.graphql.
type developersView struct {
	PageFrame
}

func (v *developersView) exists() bool { return v.Snapshot != "" }

func (v *developersView) head(address) head {
	return head{Title: say("page.footer.developers", nil), Answer: []masar.Phrase{say("page.developers.answer", nil)}}
}

// route is an address of the service for programs.
type route struct {
	Path string
	// Text is the key of what it returns.
	Text string
	// IsOpen reports whether a browser can open it.
	IsOpen bool
}

// Routes are the addresses of the service for programs.
func (v *developersView) Routes() []route {
	return []route{
		{"/graphql", "page.developers.routes.graphql", false},
		{"/schema.graphql", "page.developers.routes.schema", true},
		{"/graphiql/", "page.developers.routes.graphiql", true},
		{"/api/v1/rows/", "page.developers.routes.rows", true},
		{"/api/v1/rows/datapackage.json", "page.developers.routes.package", true},
		{"/export/", "page.developers.routes.exports", true},
		{"/id/", "page.developers.routes.id", false},
		{"/ns", "page.developers.routes.vocabulary", true},
		{"/feeds/changes.atom", "page.developers.routes.feed", true},
		{"/version", "page.developers.routes.version", true},
		{"/readyz", "page.developers.routes.ready", false},
	}
}

// firstQuery is the first query that the page shows.
const firstQuery = `query Recommended($target: String!, $lang: [Language!]) {
  sdgTarget(code: $target) {
    title(lang: $lang) { value }
    recommendations(first: 3, orderBy: {field: SUPPORT, direction: DESC}) {
      totalCount
      edges {
        node { code title(lang: $lang) { value } }
        claim { basis sentence(lang: $lang) { value } }
        support { certainty net }
      }
    }
  }
}`

// FirstQuery is the first query as a program sends it.
func (s screen) FirstQuery() call {
	return newCall(firstQuery, map[string]any{"target": "16.6", "lang": []masar.Language{s.lang, s.lang.Other()}}, s.address)
}

// Base is the address of the service, without a slash at the end.
func (s screen) Base() string { return s.base }

// example is an operation of GraphiQL's list, with the key of its title.
type example struct{ Name, Title string }

// Address is the address of the example in GraphiQL.
func (e example) Address() string { return "/graphiql/#" + e.Name }

// Examples are operations to begin with.
func (v *developersView) Examples() []example {
	return []example{
		{"policymaker/recommendations-for-target", "page.developers.example.target"},
		{"policymaker/tailored-recommendations", "page.developers.example.country"},
		{"policymaker/action-plan", "page.developers.example.plan"},
		{"policymaker/trace-path", "page.developers.example.path"},
		{"policymaker/evidence-behind-recommendation", "page.developers.example.evidence"},
		{"researcher/search", "page.developers.example.search"},
		{"researcher/claims-by-filter", "page.developers.example.claims"},
		{"researcher/compare-initiatives", "page.developers.example.compare"},
		{"dashboard/overview", "page.developers.example.overview"},
		{"dashboard/gap-map", "page.developers.example.gaps"},
		{"dashboard/changes", "page.developers.example.changes"},
	}
}

// dataset is a table of /api/v1/rows/, with the keys of its title and description.
type dataset struct{ Name, Title, Text string }

// Address is the address of the table in a format.
func (d dataset) Address(format string) string {
	return "/api/v1/rows/" + url.PathEscape(d.Name) + "." + format
}

// Datasets are the tables of the service.
func (v *developersView) Datasets() []dataset {
	var all []dataset
	for _, name := range []string{"recommendations", "claims", "evidence", "observations", "coverage", "documents", "initiatives", "case-studies", "countries", "targets", "graph-nodes", "graph-edges"} {
		all = append(all, dataset{name, "dataset." + name + ".title", "dataset." + name + ".description"})
	}
	return all
}
