package brief

import (
	"context"
	"slices"

	"masar"
	"masar/answers"
)

// pathAnswer is the answer to operations/path.graphql.
type pathAnswer struct {
	foot
	Start *heading `json:"from"`
	Goal  *heading `json:"to"`
	Found *struct {
		StoppedBy []answers.StopReason `json:"stoppedBy"`
		Paths     []foundPath          `json:"paths"`
	} `json:"evidencePaths"`
}

type foundPath struct {
	Length   int  `json:"length"`
	Inferred bool `json:"inferred"`
	Steps    []struct {
		From  heading   `json:"from"`
		To    heading   `json:"to"`
		Claim stepClaim `json:"claim"`
	} `json:"steps"`
}

// stepClaim is the claim of a step, with the reason if it is inferred.
type stepClaim struct {
	stated
	Rationale *localized `json:"rationale"`
}

func (a *pathAnswer) ask(ctx context.Context, ask Ask, w writer) error {
	return w.run(ctx, ask, "path", map[string]any{"from": inputOf(w.request.From), "to": inputOf(w.request.To)}, a)
}

func inputOf(r *masar.Ref) map[string]any {
	return map[string]any{"kind": string(r.Kind), "code": r.Code}
}

func (a *pathAnswer) exists() bool { return a.Start != nil && a.Goal != nil }

func (a *pathAnswer) identify(w writer, b *Brief) {
	b.Subject = *w.identify(&b.Subject, *a.Start)
	b.To = w.identify(b.To, *a.Goal)
}

func (a *pathAnswer) title(w writer) string {
	return w.word("brief.title.path", masar.Args{"a": w.name(*a.Start), "b": w.name(*a.Goal)})
}

func (a *pathAnswer) sections(w writer) []Section {
	return filled(
		Section{Blocks: []Block{paragraph(a.answer(w))}},
		Section{w.word("brief.path", nil), a.steps(w)},
		Section{w.word("brief.paths.other", nil), a.others(w)},
		Section{w.word("brief.unknown", nil), list(a.unknown(w))},
		Section{w.word("brief.overview", nil), w.claims(a.claims())},
	)
}

// maxPaths is the number of paths that the operation asks for.
const maxPaths = 5

// answer is how many paths there are, and how many of them have an inferred step.
func (a *pathAnswer) answer(w writer) Paragraph {
	n, inferred := len(a.Found.Paths), 0
	for _, p := range a.Found.Paths {
		if p.Inferred {
			inferred++
		}
	}
	said := w.say("page.paths.answer", "n", n)
	switch {
	case n == 0:
		return said
	case n == maxPaths:
		said = w.say("page.paths.answer.best", "n", n)
	}
	var all []rated
	for _, c := range a.claims() {
		all = append(all, c.rated)
	}
	if inferred == n {
		return spaced(said, w.say("page.paths.all_inferred"), w.highest(all))
	}
	return spaced(said, w.say("page.paths.inferred", "n", inferred), w.highest(all))
}

// steps are the steps of the best path as sentences.
func (a *pathAnswer) steps(w writer) []Block {
	if len(a.Found.Paths) == 0 {
		return []Block{paragraph(w.say("page.paths.none"))}
	}
	var items []Paragraph
	for _, s := range a.Found.Paths[0].Steps {
		items = append(items, spaced(w.plain(s.Claim.Sentence), sentence(w.rated(s.Claim.sourced)), w.reason(s.Claim.Rationale)))
	}
	return list(items)
}

// others are the other paths as chains of what they pass. The table has their claims.
func (a *pathAnswer) others(w writer) []Block {
	if len(a.Found.Paths) < 2 {
		return nil
	}
	var items []Paragraph
	for _, p := range a.Found.Paths[1:] {
		chain := []Paragraph{w.called(p.Steps[0].From)}
		for _, s := range p.Steps {
			chain = append(chain, w.called(s.To))
		}
		items = append(items, joined(" – ", chain...))
	}
	return list(items)
}

// unknown are the sentences on what the search did not find.
func (a *pathAnswer) unknown(w writer) []Paragraph {
	var all []Paragraph
	for _, reason := range a.Found.StoppedBy {
		all = append(all, w.say("page.paths.stopped."+string(reason)))
	}
	return append(all, w.say("brief.not_zero"))
}

// claims are the claims of all paths, each once.
func (a *pathAnswer) claims() []stated {
	var all []stated
	for _, p := range a.Found.Paths {
		for _, s := range p.Steps {
			if !slices.ContainsFunc(all, func(c stated) bool { return c.ID == s.Claim.ID }) {
				all = append(all, s.Claim.stated)
			}
		}
	}
	return all
}
