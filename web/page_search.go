package web

import (
	"cmp"
	"slices"
	"strings"

	"masar"
	"masar/answers"
	"masar/words"
)

var searchPage = page{
	path: "search", operation: "search", template: "search", parameters: []string{"q", "kind", "after"},
	variables:  searchVariables,
	view:       func() view { return new(searchView) },
	isComplete: func(a address) bool { return strings.TrimSpace(a.query.Get("q")) != "" },
	otherwise: &page{
		operation: "search-start", template: "search-start",
		variables: noVariables,
		view:      func() view { return new(searchStartView) },
	},
}

func searchVariables(a address) (map[string]any, error) {
	q, err := a.one("q")
	after, errAfter := a.one("after")
	kinds, errKinds := a.kinds()
	if err := cmp.Or(err, errAfter, errKinds); err != nil {
		return nil, err
	}
	variables := map[string]any{"q": strings.TrimSpace(*q)}
	if len(kinds) > 0 {
		variables["kinds"] = kinds
	}
	if after != nil {
		variables["after"] = *after
	}
	return variables, nil
}

// kinds are the kinds of entities in the parameter kind.
func (a address) kinds() ([]masar.Kind, error) {
	var kinds []masar.Kind
	for _, value := range a.query["kind"] {
		kind := masar.Kind(value)
		if value == "" {
			continue
		}
		if !slices.Contains(masar.Kinds, kind) {
			return nil, refuseValue("kind", value, masar.Kinds)
		}
		kinds = append(kinds, kind)
	}
	return kinds, nil
}

// searchView is the answer of operations/search.graphql.
type searchView struct {
	PageFrame
	Search *struct {
		Snapshot    string              `json:"snapshot"`
		TotalCount  int                 `json:"totalCount"`
		Match       answers.SearchMatch `json:"match"`
		Facets      []searchFacet       `json:"facets"`
		PageInfo    PageInfo            `json:"pageInfo"`
		Corrections []struct {
			Term      string `json:"term"`
			Corrected string `json:"corrected"`
		} `json:"corrections"`
		Ambiguities []struct {
			Term     string `json:"term"`
			Readings []struct {
				Name   LocalizedText  `json:"name"`
				Meant  bool           `json:"meant"`
				Entity *EntityHeading `json:"entity"`
			} `json:"readings"`
		} `json:"ambiguities"`
		Edges []searchHit `json:"edges"`
	} `json:"search"`
}

type searchFacet struct {
	Name    string `json:"name"`
	Buckets []struct {
		Value masar.Kind `json:"value"`
		Count int        `json:"count"`
	} `json:"buckets"`
}

// searchHit is an entity that matches the words of a search.
type searchHit struct {
	MatchedBy  []answers.MatchedBy `json:"matchedBy"`
	Highlights []Highlight         `json:"highlights"`
	Node       struct {
		EntityHeading
		Summary *LocalizedText `json:"summary"`
		Claims  *Total         `json:"claims"`
	} `json:"node"`
}

func (v *searchView) exists() bool { return v.Search != nil }

func (v *searchView) head(a address) head {
	return head{Title: say("page.search.title", masar.Args{"n": v.Search.TotalCount, "q": words.Shortened(strings.TrimSpace(a.query.Get("q")))})}
}

// leadsTo is the page of the entity whose code is the whole query. With a kind or a later page of the list, the reader has
// asked for the list.
func (v *searchView) leadsTo(a address) string {
	if a.query.Get("kind") != "" || a.query.Get("after") != "" {
		return ""
	}
	var headings []EntityHeading
	for _, hit := range v.Search.Edges {
		headings = append(headings, hit.Node.EntityHeading)
	}
	if e := namedBy(a.query.Get("q"), headings); e != nil {
		return pathOf(e.Kind, e.Code)
	}
	return ""
}

// namedBy is the one entity whose code is a text; nil if there is none or several. A code in lower-case letters, such as
// skills, is also a word that readers search for.
func namedBy(text string, of []EntityHeading) *EntityHeading {
	var found *EntityHeading
	for i, e := range of {
		isWord := strings.ToLower(e.Code) == e.Code && !strings.ContainsAny(e.Code, "0123456789")
		if isWord || !strings.EqualFold(asked(e.Kind, strings.TrimSpace(text)), e.Code) {
			continue
		}
		if found != nil {
			return nil
		}
		found = &of[i]
	}
	return found
}

// ByKind are the numbers of hits by kind.
func (v *searchView) ByKind() []KindCount {
	var all []KindCount
	for _, f := range v.Search.Facets {
		for _, b := range f.Buckets {
			all = append(all, KindCount{b.Value, b.Count})
		}
	}
	return all
}

// Title is the title with the words of the search marked.
func (h searchHit) Title() Marked { return markedIn(h.Node.Title, h.Highlights) }

// Summary is the summary with the words of the search marked; nil if there is none.
func (h searchHit) Summary() *Marked {
	if h.Node.Summary == nil {
		return nil
	}
	m := markedIn(*h.Node.Summary, h.Highlights)
	return &m
}

// maxNames is the number of other names of a hit that are shown.
const maxNames = 2

// Names are other names with words of the search; none if the title shows why the entity was found.
func (h searchHit) Names() []Marked {
	var names []Marked
	if h.Title().isMarked() {
		return nil
	}
	for _, l := range h.Highlights {
		if isName := l.Field == answers.FieldAlias || l.Field == answers.FieldTitle; isName && len(names) < maxNames {
			names = append(names, l.marked())
		}
	}
	return names
}

// searchStartView is the answer of operations/search-start.graphql.
type searchStartView struct {
	PageFrame
	Dashboard *struct {
		Counts []KindCount         `json:"counts"`
		Topics *DistributionCounts `json:"topics"`
	} `json:"dashboard"`
}

func (v *searchStartView) exists() bool { return v.Snapshot != "" }

func (v *searchStartView) head(address) head { return head{Title: say("page.search.start", nil)} }

// Topics are the topics with the most claims.
func (v *searchStartView) Topics() []Bucket {
	return slices.DeleteFunc(slices.Clone(v.Dashboard.Topics.Buckets), func(b Bucket) bool { return b.Key == answers.Unknown || b.Count == 0 })
}
