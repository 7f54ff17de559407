package web

import (
	"net/url"
	"slices"
	"strings"

	"masar"
	"masar/brief"
)

// page is an entry of the table of pages.
type page struct {
	// path is the address without the language, as a pattern of http.ServeMux: targets/{code}.
	path string
	// operation is the name of the page's file in operations/, without .graphql.
	operation string
	// template is the name of the page's file in templates/pages/, without .html.
	template string
	// kind is the kind of the entity of a page with {code}; empty for other pages.
	kind masar.Kind
	// parameters are the names that the query of the address may have.
	parameters []string
	// variables are the variables of the operation, read from the address. $lang is added.
	variables func(address) (map[string]any, error)
	// view returns a new struct for the data of the answer.
	view func() view
	// brief is the kind of the policy brief that the page shows; empty for other pages. A brief runs its operation itself.
	brief brief.Kind
	// bare reports whether the page is a fragment of HTML without the layout.
	bare bool
	// isComplete reports whether an address names everything that the page shows; nil if every address does.
	isComplete func(address) bool
	// otherwise is the page for addresses that are not complete, or that name something that does not exist.
	otherwise *page
	// redirect is the path and query, without the language, that an address of a form leads to; empty if it has a page of its
	// own. Nil for pages without such a form.
	redirect func(address) string
}

// at is the page for an address.
func (p page) at(a address) page {
	if p.isComplete != nil && !p.isComplete(a) {
		return *p.otherwise
	}
	return p
}

// layout is the name of the template that a page begins with.
func (p page) layout() string {
	if p.bare {
		return "content"
	}
	return "layout"
}

// renamed is the path of the page with another code.
func (p page) renamed(path, code string) string {
	parts := strings.Split(path, "/")
	parts[1+slices.Index(strings.Split(p.path, "/"), "{code}")] = code
	return strings.Join(parts, "/")
}

// kindOf is the kind of the entity of an address; empty if it has none.
func (p page) kindOf(a address) masar.Kind {
	if p.kind != "" {
		return p.kind
	}
	return masar.Kind(a.codes("kind"))
}

// pages are all pages that show the answer to an operation. Each is built from a file page_NAME.go.
var pages = append([]page{
	homePage,
	searchPage,
	suggestPage,
	pathsPage,
	goalsPage,
	goalPage,
	targetPage,
	recommendationPage,
	claimPage,
	claimsPage,
	documentPage,
	documentsPage,
	countriesPage,
	countryPage,
	planPage,
	initiativePage,
	comparePage,
	gapsPage,
	coveragePage,
	aroundPage,
	targetBriefPage,
	countryBriefPage,
	recommendationBriefPage,
	pathBriefPage,
	aboutPage,
	developersPage,
	accessibilityPage,
}, entityPages()...)

// view is the data of a page: a struct that fits the operation and embeds PageFrame.
type view interface {
	pageFrame() *PageFrame
	// head returns what the layout shows of the page. It is called only if exists.
	head(address) head
	// exists reports whether the subject of the page exists.
	exists() bool
}

// leading is a view whose answer can lead to another page.
type leading interface {
	// leadsTo is the path and query of that page without the language; empty if the answer is shown.
	leadsTo(address) string
}

// form is a view with a form. It shows what is wrong with the values beside their fields.
type form interface {
	// mistaken keeps what is wrong with the address according to its values and the errors of the answer, and reports
	// whether anything is.
	mistaken(address, []Error) bool
}

// subjected is a view whose operation refuses an unknown subject, although the subject is missing and the address is valid.
type subjected interface {
	// isUnknown reports whether the answer has no subject.
	isUnknown() bool
}

// head is what the layout shows of a page.
type head struct {
	// Entity is the subject of the page; nil if it has none. Its title is the heading, its code is part of the address, and
	// it has a permanent address.
	Entity *EntityHeading
	// Title is the heading of a page without an entity.
	Title masar.Phrase
	// Permalink is the permanent address of a page's subject that is not an entity, below the address of the service.
	Permalink string
	// Path is the canonical path of such a page, without the language; empty if the page has only one.
	Path string
	// Of is the entity whose code is part of the address of a page with a title; nil if there is none.
	Of *EntityHeading
	// Eyebrow is the line above the heading; zero for none.
	Eyebrow masar.Phrase
	// Answer is the short answer: sentences made from the data.
	Answer []masar.Phrase
	// Crumbs lead to the page, without the home page and without the page.
	Crumbs []link
	// Rows are the datasets of /api/v1/rows/ with the same data.
	Rows []rows
	// Brief is the path of the policy brief of the subject, without the language; empty if it has none.
	Brief string
}

// named is the entity whose code is part of the address.
func (h head) named() *EntityHeading {
	if h.Entity != nil {
		return h.Entity
	}
	return h.Of
}

// link is a link to another page.
type link struct {
	// Path is the address without the language.
	Path string
	// Text is the text of the link, or else Phrase.
	Text   *LocalizedText
	Phrase masar.Phrase
}

// rows is a dataset, with a filter of claims if it takes one.
type rows struct {
	Dataset string
	Filter  map[string]any
}

// Address is the address of the dataset as CSV.
func (r rows) Address() string {
	query := url.Values{}
	if len(r.Filter) > 0 {
		query.Set("filter", compact(r.Filter))
	}
	return withQuery("/api/v1/rows/"+r.Dataset+".csv", query)
}

// toEntity is a link to the page of an entity.
func toEntity(e EntityHeading) link { return link{Path: pathOf(e.Kind, e.Code), Text: &e.Title} }

// say is a message.
func say(key string, args masar.Args) masar.Phrase { return masar.Phrase{Key: key, Args: args} }
