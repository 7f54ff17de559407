package web

import (
	"slices"
	"strconv"
	"strings"

	"masar"
)

// Pager leads to the other parts of a list.
type Pager struct{ First, Next string }

func pager(s screen, info PageInfo) Pager {
	var p Pager
	if !s.IsFirst() {
		p.First = s.With("after", "")
	}
	if next := info.Next(); next != "" {
		p.Next = s.After(next)
	}
	return p
}

// titledList is a list of entities with the key of its title.
type titledList struct {
	Title string
	List  *headings
}

func titled(title string, list *headings) titledList { return titledList{title, list} }

// higher reports whether a certainty is higher than another.
func higher(a, b masar.Certainty) bool {
	return slices.Index(certainties, a) < slices.Index(certainties, b)
}

// first is the first error of several.
func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

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

// byTitle are entities by their titles.
func byTitle(entities []EntityHeading) []EntityHeading {
	return slices.SortedFunc(slices.Values(entities), func(a, b EntityHeading) int { return strings.Compare(a.Title.Value, b.Title.Value) })
}

// decimalText is a number with all of its decimals.
func decimalText(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
