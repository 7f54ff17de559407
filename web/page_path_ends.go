package web

import (
	"strings"

	"masar"
	"masar/answers"
)

func pathEndsVariables(a address) (map[string]any, error) {
	variables := map[string]any{}
	for _, name := range []string{"from", "to"} {
		value, err := a.one(name)
		if err != nil {
			return nil, err
		}
		words := ""
		if value != nil {
			words = strings.TrimSpace(*value)
		}
		if ref := refOf(words); ref != nil {
			words, variables[name+"Kinds"] = ref.Code, []masar.Kind{ref.Kind}
		}
		variables[name], variables["has"+strings.ToUpper(name[:1])+name[1:]] = words, words != ""
	}
	return variables, nil
}

// pathEndsView is the answer of operations/path-ends.graphql: what the reader may mean by the ends.
type pathEndsView struct {
	PageFrame
	From *endHits `json:"from"`
	To   *endHits `json:"to"`
}

// endHits are the entities that the words of an end may mean.
type endHits struct {
	TotalCount int                 `json:"totalCount"`
	Match      answers.SearchMatch `json:"match"`
	Nodes      []EntityHeading     `json:"nodes"`
}

// PathEnd is an end of the paths in the form: chosen, to be chosen from several, or empty.
type PathEnd struct {
	Name  string
	Words string
	// Chosen is the entity; nil if none is chosen yet.
	Chosen *EntityHeading
	// Change is the address of the page without this end.
	Change string
	// Choices are the entities that the words may mean.
	Choices []EntityHeading
}

func (v *pathEndsView) exists() bool { return v.Snapshot != "" }

func (v *pathEndsView) head(address) head {
	return head{Title: say("page.menu.paths", nil), Answer: []masar.Phrase{say("page.paths.what", nil)}}
}

// leadsTo is the address with both codes, once the words of both ends mean one entity.
func (v *pathEndsView) leadsTo(a address) string {
	from, to := v.From.meant(a.query.Get("from")), v.To.meant(a.query.Get("to"))
	if from == nil || to == nil {
		return ""
	}
	return a.between(from, to)
}

// Found is nil: there are no paths until both ends are chosen.
func (v *pathEndsView) Found() *PathsFound { return nil }

// End is an end of the paths in the form.
func (v *pathEndsView) End(s screen, name string) PathEnd {
	hits := v.From
	if name == "to" {
		hits = v.To
	}
	end := PathEnd{Name: name, Words: strings.TrimSpace(s.query.Get(name)), Change: s.With(name, "")}
	end.Chosen = hits.meant(end.Words)
	switch ref := refOf(end.Words); {
	case ref != nil:
		end.Words = ref.Code
	case end.Chosen == nil && hits != nil:
		end.Choices = hits.Nodes
	}
	return end
}

// meant is the entity that a value of the address means: by its kind and code, by its code alone, by its title, or because
// it is the only one found; nil if it is not certain.
func (h *endHits) meant(value string) *EntityHeading {
	if h == nil {
		return nil
	}
	value = strings.TrimSpace(value)
	if ref := refOf(value); ref != nil {
		for i, e := range h.Nodes {
			if e.Kind == ref.Kind && strings.EqualFold(e.Code, ref.Code) {
				return &h.Nodes[i]
			}
		}
		return nil
	}
	if e := namedBy(value, h.Nodes); e != nil {
		return e
	}
	if h.TotalCount == 1 && h.Match == answers.MatchAll {
		return &h.Nodes[0]
	}
	return h.titled(value)
}

// titled is the one entity with a title; nil if there is none or several.
func (h *endHits) titled(title string) *EntityHeading {
	var found *EntityHeading
	for i, e := range h.Nodes {
		if !strings.EqualFold(e.Title.Value, title) {
			continue
		}
		if found != nil {
			return nil
		}
		found = &h.Nodes[i]
	}
	return found
}
