package web

import (
	"cmp"
	"strings"

	"masar"
)

// suggestPage are the suggestions while a reader types: options of a list, without a page around them.
var suggestPage = page{
	path: "suggest", operation: "suggest", template: "suggest", parameters: []string{"q", "kind"}, bare: true,
	variables: suggestVariables,
	view:      func() view { return new(suggestView) },
}

func suggestVariables(a address) (map[string]any, error) {
	q, err := a.one("q")
	kinds, errKinds := a.kinds()
	if err := cmp.Or(err, errKinds); err != nil {
		return nil, err
	}
	if q == nil || strings.TrimSpace(*q) == "" {
		return nil, refuse("page.error.missing", masar.Args{"name": "q"})
	}
	variables := map[string]any{"q": *q}
	if len(kinds) > 0 {
		variables["kinds"] = kinds
	}
	return variables, nil
}

// suggestView is the answer of operations/suggest.graphql.
type suggestView struct {
	PageFrame
	Search *struct {
		TotalCount int          `json:"totalCount"`
		Edges      []suggestion `json:"edges"`
	} `json:"search"`
}

// suggestion is an entity that the words may be about.
type suggestion struct {
	Highlights []Highlight   `json:"highlights"`
	Node       EntityHeading `json:"node"`
}

// Title is the title with the words marked.
func (s suggestion) Title() Marked { return markedIn(s.Node.Title, s.Highlights) }

func (v *suggestView) exists() bool { return v.Search != nil }

func (v *suggestView) head(address) head { return head{} }
