package web

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"masar"
	"masar/answers"
)

var pathsPage = page{
	path: "paths", operation: "paths", template: "paths", parameters: []string{"from", "to", "pattern", "minNet"},
	variables:  pathsVariables,
	view:       func() view { return new(pathsView) },
	isComplete: func(a address) bool { return refOf(a.query.Get("from")) != nil && refOf(a.query.Get("to")) != nil },
	otherwise: &page{
		operation: "path-ends", template: "paths",
		variables: pathEndsVariables,
		view:      func() view { return new(pathEndsView) },
	},
}

// patterns are the patterns that a path can follow.
var patterns = []answers.PathPattern{answers.PatternPolicy, answers.PatternProblem, answers.PatternInstitution}

// refOf is the entity that a parameter names as KIND:code; nil if it does not name one so.
func refOf(value string) *masar.Ref {
	kind, code, ok := strings.Cut(value, ":")
	if !ok || code == "" || !slices.Contains(masar.Kinds, masar.Kind(kind)) {
		return nil
	}
	return &masar.Ref{Kind: masar.Kind(kind), Code: asked(masar.Kind(kind), code)}
}

func pathsVariables(a address) (map[string]any, error) {
	from, errFrom := a.one("from")
	to, errTo := a.one("to")
	pattern, errPattern := a.one("pattern")
	minNet, errNet := a.number("minNet")
	if err := cmp.Or(errFrom, errTo, errPattern, errNet); err != nil {
		return nil, err
	}
	variables := map[string]any{"from": inputOf(refOf(*from)), "to": inputOf(refOf(*to))}
	if pattern != nil {
		if !slices.Contains(patterns, answers.PathPattern(*pattern)) {
			return nil, refuseValue("pattern", *pattern, patterns)
		}
		variables["pattern"] = *pattern
	}
	if minNet != nil {
		variables["minNet"] = *minNet
	}
	return variables, nil
}

func inputOf(r *masar.Ref) map[string]any {
	return map[string]any{"kind": string(r.Kind), "code": r.Code}
}

// pathsView is the answer of operations/paths.graphql.
type pathsView struct {
	PageFrame
	Start *EntityHeading `json:"from"`
	Goal  *EntityHeading `json:"to"`
	Found *PathsFound    `json:"evidencePaths"`
}

// PathsFound are the paths between two entities, best first.
type PathsFound struct {
	Snapshot  string               `json:"snapshot"`
	Complete  bool                 `json:"complete"`
	StoppedBy []answers.StopReason `json:"stoppedBy"`
	Paths     []FoundPath          `json:"paths"`
}

// FoundPath is a chain of claims.
type FoundPath struct {
	Score    float64    `json:"score"`
	Length   int        `json:"length"`
	Inferred bool       `json:"inferred"`
	Steps    []PathStep `json:"steps"`
}

// PathStep is a step of a path along a claim.
type PathStep struct {
	From  EntityHeading `json:"from"`
	To    EntityHeading `json:"to"`
	Claim pathClaim     `json:"claim"`
}

// pathClaim is the claim of a step, with its first passages.
type pathClaim struct {
	ClaimSummary
	Quotes *struct {
		Nodes []struct {
			Stance  masar.Stance   `json:"stance"`
			Passage *PassageDetail `json:"passage"`
		} `json:"nodes"`
	} `json:"quotes"`
}

// More is the number of evidence items that the step does not show.
func (c pathClaim) More() int {
	if c.Evidence == nil || c.Quotes == nil {
		return 0
	}
	return max(0, c.Evidence.TotalCount-len(c.Quotes.Nodes))
}

// Ends are the first and the last entity, and those between them.
func (p FoundPath) Ends() []EntityHeading {
	all := []EntityHeading{p.Steps[0].From}
	for _, s := range p.Steps {
		all = append(all, s.To)
	}
	return all
}

func (v *pathsView) exists() bool { return v.Start != nil && v.Goal != nil }

func (v *pathsView) head(address) head {
	h := head{Title: say("page.paths.between", masar.Args{"from": nameOf(v.Start), "to": nameOf(v.Goal)})}
	if v.Found != nil {
		h.Answer = v.Found.answer()
	}
	if v.Found != nil && len(v.Found.Paths) > 0 {
		h.Brief = "/briefs/path?from=" + refText(v.Start) + "&to=" + refText(v.Goal)
	}
	return h
}

// refText is an entity as the value of a parameter.
func refText(e *EntityHeading) string { return string(e.Kind) + ":" + url.QueryEscape(e.Code) }

// nameOf is what an entity is called in a sentence: SDG goals and targets by their number, others by their title.
func nameOf(e *EntityHeading) any {
	if e.Kind == masar.KindSdgGoal || e.Kind == masar.KindSdgTarget {
		return e.Ref()
	}
	return e.Title
}

// leadsTo is the address with the codes as the graph writes them.
func (v *pathsView) leadsTo(a address) string { return a.between(v.Start, v.Goal) }

// maxPaths is the number of paths that the operation asks for.
const maxPaths = 5

// answer is the short answer: how many paths, how many of them with an inferred step.
func (f PathsFound) answer() []masar.Phrase {
	n, inferred := len(f.Paths), 0
	for _, p := range f.Paths {
		if p.Inferred {
			inferred++
		}
	}
	answer := []masar.Phrase{say("page.paths.answer", masar.Args{"n": n})}
	switch {
	case n == 0:
		return answer
	case n == maxPaths:
		answer[0] = say("page.paths.answer.best", masar.Args{"n": n})
	}
	if inferred == n {
		return append(answer, say("page.paths.all_inferred", nil))
	}
	return append(answer, say("page.paths.inferred", masar.Args{"n": inferred}))
}

// End is an end of the paths in the form.
func (v *pathsView) End(s screen, name string) PathEnd {
	end := PathEnd{Name: name, Chosen: v.Start, Change: s.With(name, "")}
	if name == "to" {
		end.Chosen = v.Goal
	}
	return end
}

// between is the address of the paths between two entities; empty if it is this address.
func (a address) between(from, to *EntityHeading) string {
	changed := a
	changed.query = map[string][]string{}
	for name, values := range a.query {
		if len(values) > 0 && values[0] != "" {
			changed.query[name] = values
		}
	}
	for name, e := range map[string]*EntityHeading{"from": from, "to": to} {
		changed.query.Set(name, string(e.Kind)+":"+e.Code)
	}
	if changed.query.Get("from") == a.query.Get("from") && changed.query.Get("to") == a.query.Get("to") {
		return ""
	}
	return a.path + "?" + changed.query.Encode()
}
