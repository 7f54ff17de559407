package web

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"masar"
	"masar/words"
)

var documentsPage = page{
	path: "documents", operation: "documents", template: "documents",
	parameters: []string{"after", "form", "publisher", "text"},
	variables:  documentsVariables,
	view:       func() view { return new(documentsView) },
}

func documentsVariables(a address) (map[string]any, error) {
	variables := map[string]any{}
	after, err := a.one("after")
	if after != nil {
		variables["after"] = *after
	}
	_, errForm := a.one("form")
	_, errPublisher := a.one("publisher")
	_, errText := a.flag("text", false)
	return variables, cmp.Or(err, errForm, errPublisher, errText)
}

// documentsView is the answer of operations/documents.graphql.
type documentsView struct {
	PageFrame
	Documents *struct {
		TotalCount int            `json:"totalCount"`
		PageInfo   PageInfo       `json:"pageInfo"`
		Nodes      []documentItem `json:"nodes"`
	} `json:"documents"`
}

// documentItem is a document in a list.
type documentItem struct {
	EntityHeading
	DocumentForm masar.DocumentForm `json:"documentForm"`
	URL          *string            `json:"url"`
	Languages    []masar.Language   `json:"languages"`
	Date         *DateInWords       `json:"date"`
	Publisher    *EntityHeading     `json:"publisher"`
	Versions     []struct {
		Imported bool `json:"imported"`
	} `json:"versions"`
	Evidence     *Total `json:"evidence"`
	Observations *Total `json:"observations"`
}

// Place is what the publisher part shows.
func (d documentItem) Place() PassageDocument {
	return PassageDocument{EntityHeading: d.EntityHeading, URL: d.URL, Publisher: d.Publisher}
}

// IsHere reports whether a text of the document is in this installation.
func (d documentItem) IsHere() bool {
	for _, v := range d.Versions {
		if v.Imported {
			return true
		}
	}
	return false
}

// IsCited reports whether evidence cites the document, or it is not known.
func (d documentItem) IsCited() bool { return d.Evidence == nil || d.Evidence.TotalCount > 0 }

// HasText reports whether evidence cites a text of the document.
func (d documentItem) HasText() bool { return len(d.Versions) > 0 }

// Filterable reports whether all documents are on the page, so that its filters concern all of them.
func (v *documentsView) Filterable() bool { return v.Documents.TotalCount == len(v.Documents.Nodes) }

// Items are the documents that match the filters of the address.
func (v *documentsView) Items(s screen) []documentItem {
	return slices.DeleteFunc(slices.Clone(v.Documents.Nodes), func(d documentItem) bool {
		form, publisher, text := s.query.Get("form"), s.query.Get("publisher"), s.query.Get("text")
		return form != "" && form != string(d.DocumentForm) ||
			publisher != "" && (d.Publisher == nil || publisher != d.Publisher.Code) ||
			text != "" && (text == "1") != d.IsHere()
	})
}

// option is a value of a filter.
type option struct{ Value, Label string }

// Forms are the types of the documents.
func (v *documentsView) Forms(s screen) []option {
	return v.options(func(d documentItem) (option, bool) {
		return option{string(d.DocumentForm), words.Value(s.lang, d.DocumentForm)}, true
	})
}

// Publishers are the publishers of the documents.
func (v *documentsView) Publishers() []option {
	return v.options(func(d documentItem) (option, bool) {
		if d.Publisher == nil {
			return option{}, false
		}
		return option{d.Publisher.Code, d.Publisher.Title.Value}, true
	})
}

func (v *documentsView) options(of func(documentItem) (option, bool)) []option {
	var all []option
	for _, d := range v.Documents.Nodes {
		if o, ok := of(d); ok && !slices.Contains(all, o) {
			all = append(all, o)
		}
	}
	slices.SortFunc(all, func(a, b option) int { return strings.Compare(a.Label, b.Label) })
	return all
}

func (v *documentsView) exists() bool { return v.Documents != nil }

func (v *documentsView) head(address) head {
	here, evidence, values := 0, 0, 0
	for _, d := range v.Documents.Nodes {
		if d.IsHere() {
			here++
		}
		if d.Evidence != nil {
			evidence += d.Evidence.TotalCount
		}
		if d.Observations != nil {
			values += d.Observations.TotalCount
		}
	}
	answer := []masar.Phrase{say("page.documents.answer", masar.Args{"n": v.Documents.TotalCount})}
	if v.Filterable() {
		answer = append(answer, say("page.documents.answer.here", masar.Args{"n": here}), say("page.documents.answer.evidence", masar.Args{"evidence": evidence, "values": fmt.Sprint(values)}))
	}
	return head{Title: say("page.menu.documents", nil), Answer: answer}
}
