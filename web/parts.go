package web

import (
	"iter"
	"slices"
	"strconv"
	"strings"

	"masar"
)

// Pager leads to the other parts of a list.
type Pager struct{ First, Next string }

func pager(s screen, info PageInfo) Pager { return pagerOf(s, "after", info) }

// pagerOf is a Pager of a list whose position has a parameter of its own, on a page with two lists.
func pagerOf(s screen, parameter string, info PageInfo) Pager {
	var p Pager
	if s.query.Has(parameter) {
		p.First = s.replaced(parameter, "")
	}
	if next := info.Next(); next != "" {
		p.Next = s.replaced(parameter, next)
	}
	return p
}

// Picker is a text field with suggestions.
type Picker struct {
	ID, Name string
	// Kind restricts the suggestions to a kind of entity; empty for all kinds.
	Kind string
	// Choose is what a chosen suggestion fills in: code, or ref for KIND:code. If it is empty, the suggestion leads to its page.
	Choose             string
	Placeholder, Value string
}

func newPicker(id, name, kind, choose, placeholder, value string) Picker {
	return Picker{id, name, kind, choose, placeholder, value}
}

// titledList is a list of entities with the key of its title.
type titledList struct {
	Title string
	List  *headings
}

func titled(title string, list *headings) titledList { return titledList{title, list} }

// noVariables are the variables of a page with one address.
func noVariables(address) (map[string]any, error) { return map[string]any{}, nil }

// codeAndAfter are the variables of a page of one entity with one list.
func codeAndAfter(kind masar.Kind) func(address) (map[string]any, error) {
	return func(a address) (map[string]any, error) {
		variables := map[string]any{"code": asked(kind, a.codes("code"))}
		after, err := a.one("after")
		if after != nil {
			variables["after"] = *after
		}
		return variables, err
	}
}

// Relation is what claims say about the entity of a page: their predicate, and whether the entity is their object.
type Relation struct {
	Predicate masar.Predicate
	Incoming  bool
}

// byRelation yields the claims about an entity by relation, in the order of the list.
func byRelation[C interface{ Relation(masar.Ref) Relation }](claims []C, of masar.Ref) iter.Seq2[Relation, []C] {
	var order []Relation
	groups := map[Relation][]C{}
	for _, c := range claims {
		relation := c.Relation(of)
		if groups[relation] == nil {
			order = append(order, relation)
		}
		groups[relation] = append(groups[relation], c)
	}
	return func(yield func(Relation, []C) bool) {
		for _, relation := range order {
			if !yield(relation, groups[relation]) {
				return
			}
		}
	}
}

// byTitle are entities by their titles.
func byTitle(entities []EntityHeading) []EntityHeading {
	return slices.SortedFunc(slices.Values(entities), func(a, b EntityHeading) int { return strings.Compare(a.Title.Value, b.Title.Value) })
}

// decimalText is a number with all of its decimals.
func decimalText(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
