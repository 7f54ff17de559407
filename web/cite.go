package web

import (
	"strings"

	"masar"
)

// Reference is a page as a source that others cite.
type Reference struct {
	// Title is its heading, and Address its permanent address.
	Title, Address string
	// Snapshot is the state of the graph, and Date its as-of date, as YYYY-MM-DD.
	Snapshot, Date string
	Lang           masar.Language
}

// Citations are a reference in the formats of reference managers.
type Citations struct{ BibTeX, CSL string }

// citations are the page as a reference; empty if the service writes none.
func (h handler) citations(s screen) Citations {
	if h.Cite == nil || s.Frame == nil {
		return Citations{}
	}
	return h.Cite(Reference{s.plainTitle(), s.Permalink(), s.Frame.Snapshot, s.Frame.AsOf(), s.lang})
}

// plainTitle is the heading as text.
func (s screen) plainTitle() string {
	if s.Head.Entity != nil {
		return s.Head.Entity.Title.Value
	}
	return strings.TrimSuffix(plain(s.lang, s.Head.Title), ".")
}

// Record is the permanent address of the record that the page shows; empty if it shows none.
func (s screen) Record() string {
	if s.Failure != nil || s.Head.Entity == nil && s.Head.Permalink == "" {
		return ""
	}
	return s.Permalink()
}

// IsDocument reports whether the page shows a document.
func (s screen) IsDocument() bool {
	return s.Head.Entity != nil && s.Head.Entity.Kind == masar.KindDocument
}

// linkedPage is a page as linked data in the terms of schema.org.
type linkedPage struct {
	Context     string       `json:"@context"`
	Type        string       `json:"@type"`
	ID          string       `json:"@id"`
	Name        string       `json:"name"`
	Description string       `json:"description,omitempty"`
	Language    string       `json:"inLanguage"`
	Version     string       `json:"version,omitempty"`
	Site        linkedSite   `json:"isPartOf"`
	Main        *linkedEntry `json:"mainEntity,omitempty"`
}

type linkedSite struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url"`
}

type linkedEntry struct {
	ID string `json:"@id"`
}

// LinkedData describes the page for search engines, and names the record that it shows.
func (s screen) LinkedData() linkedPage {
	p := linkedPage{
		Context: "https://schema.org", Type: "WebPage", ID: s.Canonical(), Name: s.plainTitle(), Description: s.Description(), Language: s.Language(),
		Site: linkedSite{"WebSite", plain(s.lang, say("page.name", nil)), s.base + prefix(s.lang) + "/"},
	}
	if s.Frame != nil {
		p.Version = s.Frame.Snapshot
	}
	if record := s.Record(); record != "" {
		p.Main = &linkedEntry{record}
	}
	return p
}
