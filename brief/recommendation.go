package brief

import (
	"context"
	"slices"

	"masar"
	"masar/words"
)

// recommendationAnswer is the answer to operations/recommendation.graphql.
type recommendationAnswer struct {
	foot
	Recommendation *recommendation `json:"recommendation"`
}

type recommendation struct {
	heading
	Form         masar.RecommendationForm `json:"recommendationForm"`
	Number       *int                     `json:"number"`
	Strength     *masar.Strength          `json:"strength"`
	HasContent   bool                     `json:"hasContent"`
	Summary      *localized               `json:"summary"`
	MaturityBand *struct {
		Low       float64     `json:"low"`
		High      float64     `json:"high"`
		Basis     masar.Basis `json:"basis"`
		Rationale localized   `json:"rationale"`
	} `json:"maturityBand"`
	Claims *struct {
		TotalCount int                   `json:"totalCount"`
		Nodes      []recommendationClaim `json:"nodes"`
	} `json:"claims"`
	CaseStudies *struct {
		Nodes []practised `json:"nodes"`
	} `json:"caseStudies"`
}

type recommendationClaim struct {
	stated
	Subject heading `json:"subject"`
	Object  heading `json:"object"`
}

func (a *recommendationAnswer) ask(ctx context.Context, ask Ask, w writer) error {
	return w.run(ctx, ask, "recommendation", map[string]any{"code": w.request.Code}, a)
}

func (a *recommendationAnswer) exists() bool { return a.Recommendation != nil }

func (a *recommendationAnswer) identify(w writer, b *Brief) {
	b.Subject = *w.identify(&b.Subject, a.Recommendation.heading)
}

func (a *recommendationAnswer) title(w writer) string {
	r := a.Recommendation
	if r.Number != nil {
		return w.word("brief.title", masar.Args{"a": w.word("page.recommendation.number", masar.Args{"form": r.Form, "n": *r.Number})})
	}
	return w.word("brief.title", masar.Args{"a": r.Form})
}

func (a *recommendationAnswer) sections(w writer) []Section {
	return filled(
		Section{Blocks: []Block{paragraph(strong(w.plain(a.Recommendation.Title))), paragraph(a.answer(w))}},
		Section{w.word("brief.says", nil), a.says(w)},
		Section{w.word("brief.who", nil), a.who(w)},
		Section{w.word("brief.unknown", nil), list(a.unknown(w))},
		Section{w.word("brief.overview", nil), a.table(w)},
	)
}

// answer is how many claims there are, how many of them a source states, whether any is about an SDG target, and how certain
// the best effect is.
func (a *recommendationAnswer) answer(w writer) Paragraph {
	claims := a.Recommendation.Claims
	said := []Paragraph{w.say("page.recommendation.answer", "n", claims.TotalCount)}
	stated, ofTarget := 0, false
	var all []rated
	for _, c := range claims.Nodes {
		all = append(all, c.rated)
		if c.Basis == masar.Stated {
			stated++
		}
		ofTarget = ofTarget || c.Object.Kind == masar.KindSdgTarget
	}
	switch {
	case len(claims.Nodes) == 0 || claims.TotalCount > len(claims.Nodes):
		return said[0]
	case stated == claims.TotalCount:
		said = append(said, w.say("page.recommendation.answer.all_stated"))
	default:
		said = append(said, w.say("page.recommendation.answer.stated", "n", stated))
	}
	if !ofTarget {
		said = append(said, w.say("page.recommendation.answer.no_target"))
	}
	return spaced(append(said, w.highest(all))...)
}

// says is what the recommendation says, where it was issued, for whom it is, and what it requires.
func (a *recommendationAnswer) says(w writer) []Block {
	r := a.Recommendation
	var blocks []Block
	if r.Summary != nil {
		blocks = append(blocks, paragraph(w.plain(*r.Summary)))
	}
	blocks = append(blocks, a.ends(w, "brief.issued", masar.IssuedIn)...)
	if band := r.MaturityBand; band != nil {
		basis := joined("", text("("), strong(text(words.Value(w.language, band.Basis))), text(")"))
		meant := w.say("brief.for", "low", words.Hundredths(band.Low), "high", words.Hundredths(band.High))
		blocks = append(blocks, paragraph(spaced(meant, basis, w.plain(band.Rationale))))
	}
	return append(blocks, a.ends(w, "brief.requires", masar.Requires)...)
}

// ends lists the objects of the claims with a predicate whose subject is the recommendation, after a title.
func (a *recommendationAnswer) ends(w writer, key string, of masar.Predicate) []Block {
	var items []Paragraph
	for _, c := range a.Recommendation.Claims.Nodes {
		if c.Predicate == of && c.Subject.ref() == a.Recommendation.ref() {
			items = append(items, spaced(w.plain(c.Object.Title), w.rated(c.sourced)))
		}
	}
	if len(items) == 0 {
		return nil
	}
	return []Block{paragraph(sentence(spaced(strong(w.say(key)), joined(w.word("list.long_separator", nil), items...))))}
}

// demonstrations are the claims that something shows the recommendation in practice.
func (a *recommendationAnswer) demonstrations() []recommendationClaim {
	var all []recommendationClaim
	for _, c := range a.Recommendation.Claims.Nodes {
		if c.Predicate == masar.Demonstrates && c.Object.ref() == a.Recommendation.ref() {
			all = append(all, c)
		}
	}
	return all
}

func (a *recommendationAnswer) who(w writer) []Block {
	var items []Paragraph
	for _, c := range a.demonstrations() {
		p := strong(w.plain(c.Subject.Title))
		i := slices.IndexFunc(a.Recommendation.CaseStudies.Nodes, func(p practised) bool { return p.ref() == c.Subject.ref() })
		if i >= 0 {
			if at := a.Recommendation.CaseStudies.Nodes[i].place(); at != nil {
				p = spaced(p, w.say("brief.practised", "country", at.Object.Title), w.rated(at.sourced))
			}
		}
		items = append(items, spaced(sentence(p), sentence(spaced(w.say("brief.shows.it"), w.rated(c.sourced)))))
	}
	if len(items) == 0 {
		return []Block{paragraph(w.say("brief.cases.none_one"))}
	}
	return list(items)
}

// unknown are the sentences on what is not known of the recommendation.
func (a *recommendationAnswer) unknown(w writer) []Paragraph {
	r := a.Recommendation
	var all []Paragraph
	if !r.HasContent {
		all = append(all, w.say("brief.heading_only"))
	}
	if r.Strength == nil {
		all = append(all, w.say("brief.strength.none"))
	}
	if r.MaturityBand == nil {
		all = append(all, w.say("brief.for.none"))
	}
	return append(all, w.say("brief.not_zero"))
}

func (a *recommendationAnswer) table(w writer) []Block {
	claims := make([]stated, len(a.Recommendation.Claims.Nodes))
	for i, c := range a.Recommendation.Claims.Nodes {
		claims[i] = c.stated
	}
	blocks := w.claims(claims)
	for _, p := range w.more(a.Recommendation.Claims.TotalCount - len(claims)) {
		blocks = append(blocks, paragraph(p))
	}
	return blocks
}

// claims is a table of claims with their ratings and sources; nothing without claims.
func (w writer) claims(all []stated) []Block {
	if len(all) == 0 {
		return nil
	}
	t := &Table{Caption: w.word("brief.table.claims", nil)}
	for _, key := range []string{"brief.column.claim", "brief.column.rating", "brief.column.basis", "brief.sources"} {
		t.Columns = append(t.Columns, w.word(key, nil))
	}
	for _, c := range all {
		row := append([]Paragraph{w.plain(c.Sentence)}, w.columns(c.sourced, c.Support)...)
		t.Rows = append(t.Rows, append(row, w.cites(c.sourced)))
	}
	return []Block{{Table: t}}
}
