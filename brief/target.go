package brief

import (
	"context"
	"slices"

	"masar"
	"masar/words"
)

// targetAnswer is the answer to operations/target.graphql.
type targetAnswer struct {
	foot
	Target   *target         `json:"target"`
	Country  *heading        `json:"country"`
	Tailored *targetTailored `json:"tailored"`

	// practice and isSilent are from the second operation.
	practice []*practiceNode
	isSilent bool
}

// practiceAnswer is the answer to operations/practice.graphql.
type practiceAnswer struct {
	Snapshot string `json:"snapshot"`
	GapMap   *struct {
		SilentTargetCount int `json:"silentTargetCount"`
	} `json:"gapMap"`
	Practice []*practiceNode `json:"practice"`
}

// practiceNode is a case study, with where it is practised, or a claim with its evidence.
type practiceNode struct {
	ID        *string     `json:"id"`
	Practised *placedList `json:"practised"`
	Sources   *evidence   `json:"sources"`
}

type target struct {
	heading
	Goal            heading         `json:"goal"`
	All             *targetSummary  `json:"all"`
	Recommendations *targetBestList `json:"recommendations"`
}

// targetSummary is what the answer in one sentence is made from.
type targetSummary struct {
	TotalCount int `json:"totalCount"`
	Edges      []struct {
		Claim *struct {
			Basis masar.Basis       `json:"basis"`
			Level *masar.ClaimLevel `json:"level"`
		} `json:"claim"`
		Support *struct {
			Certainty *masar.Certainty `json:"certainty"`
		} `json:"support"`
	} `json:"edges"`
}

type targetBestList struct {
	Edges []targetBest `json:"edges"`
}

// targetBest is a recommendation for the target, with its rating as it counts for the target.
type targetBest struct {
	Support *rating   `json:"support"`
	Claim   *reasoned `json:"claim"`
	Node    struct {
		heading
		Summary     *localized `json:"summary"`
		CaseStudies *struct {
			TotalCount int          `json:"totalCount"`
			Edges      []targetCase `json:"edges"`
		} `json:"caseStudies"`
	} `json:"node"`
}

// targetCase is a case study that demonstrates a recommendation.
type targetCase struct {
	Claim *rated `json:"claim"`
	Node  struct {
		ID string `json:"id"`
		heading
	} `json:"node"`
}

// targetTailored are the scores of the recommendations for a country.
type targetTailored struct {
	Items []struct {
		Recommendation struct {
			Code string `json:"code"`
		} `json:"recommendation"`
		Score interval `json:"score"`
	} `json:"items"`
}

func (a *targetAnswer) ask(ctx context.Context, ask Ask, w writer) error {
	variables := map[string]any{"code": w.request.Code, "ofCountry": w.request.Country != "", "first": w.request.First}
	if w.request.Country != "" {
		variables["country"] = w.request.Country
	}
	if err := w.run(ctx, ask, "target", variables, a); err != nil || !a.exists() {
		return err
	}
	if a.Target.All.TotalCount == 0 {
		return a.askPractice(ctx, ask, w, []string{})
	}
	for some := range slices.Chunk(a.ids(), maxIDs) {
		if err := a.askPractice(ctx, ask, w, some); err != nil {
			return err
		}
	}
	return nil
}

// ids are the IDs of the case studies, and of the claims that they demonstrate the recommendations.
func (a *targetAnswer) ids() []string {
	var ids []string
	for _, r := range a.Target.Recommendations.Edges {
		for _, c := range r.Node.CaseStudies.Edges {
			ids = append(ids, c.Claim.ID)
			if !slices.Contains(ids, c.Node.ID) {
				ids = append(ids, c.Node.ID)
			}
		}
	}
	return ids
}

// askPractice asks where case studies are practised, and for the evidence of claims; and whether a source names a target
// without recommendations.
func (a *targetAnswer) askPractice(ctx context.Context, ask Ask, w writer, ids []string) error {
	var answer practiceAnswer
	variables := map[string]any{"code": a.Target.Code, "ids": ids, "isBare": a.Target.All.TotalCount == 0}
	if err := w.run(ctx, ask, "practice", variables, &answer); err != nil {
		return err
	}
	a.practice = append(a.practice, answer.Practice...)
	a.isSilent = answer.GapMap != nil && answer.GapMap.SilentTargetCount > 0
	return a.sameSnapshot(answer.Snapshot)
}

// maxIDs is the maximum number of IDs in an operation.
const maxIDs = 100

// practised is what the second answer says of a case study or a claim; empty if it is not in the answer.
func (a *targetAnswer) practised(id string) practiceNode {
	for _, n := range a.practice {
		if n != nil && n.ID != nil && *n.ID == id {
			return *n
		}
	}
	return practiceNode{}
}

func (a *targetAnswer) exists() bool { return a.Target != nil }

func (a *targetAnswer) identify(w writer, b *Brief) {
	b.Subject = *w.identify(&b.Subject, a.Target.heading)
	if a.Country != nil {
		b.Country = w.identify(b.Country, *a.Country)
	}
}

func (a *targetAnswer) title(w writer) string {
	if a.Country != nil {
		return w.word("brief.title.two", masar.Args{"a": w.name(a.Target.heading), "b": a.Country.Title.Value})
	}
	return w.word("brief.title", masar.Args{"a": w.name(a.Target.heading)})
}

func (a *targetAnswer) sections(w writer) []Section {
	best := a.Target.Recommendations.Edges
	return filled(
		Section{Blocks: []Block{paragraph(strong(w.plain(a.Target.Title))), paragraph(a.Target.All.answer(w))}},
		Section{w.word("brief.recommended", nil), a.recommended(w, best)},
		Section{w.word("brief.who", nil), a.who(w, best)},
		Section{w.word("brief.unknown", nil), list(a.unknown(w, best))},
		Section{w.word("brief.overview", nil), a.table(w, best)},
	)
}

// answer says how many recommendations advance the target, how many of them are inferred or about its goal, and how certain
// the best of them is.
func (s *targetSummary) answer(w writer) Paragraph {
	var said []Paragraph
	inferred, ofGoal, best := s.count()
	for _, p := range words.TargetAnswer(s.TotalCount, inferred, ofGoal, best) {
		said = append(said, w.phrase(p))
	}
	return spaced(said...)
}

func (s *targetSummary) count() (inferred, ofGoal int, best masar.Certainty) {
	var found []masar.Certainty
	for _, e := range s.Edges {
		if e.Claim != nil && e.Claim.Basis == masar.Inferred {
			inferred++
		}
		if e.Claim != nil && isOfGoal(e.Claim.Level) {
			ofGoal++
		}
		if e.Support != nil && e.Support.Certainty != nil {
			found = append(found, *e.Support.Certainty)
		}
	}
	return inferred, ofGoal, masar.Highest(found)
}

func isOfGoal(level *masar.ClaimLevel) bool { return level != nil && *level == masar.LevelGoal }

func (a *targetAnswer) recommended(w writer, best []targetBest) []Block {
	var items []Paragraph
	for _, r := range best {
		items = append(items, a.recommendation(w, r))
	}
	blocks := list(items)
	if total := a.Target.All.TotalCount; len(best) > 0 && total > len(best) {
		blocks = append([]Block{paragraph(w.say("brief.best", "n", len(best), "total", total))}, blocks...)
	}
	return blocks
}

func (a *targetAnswer) recommendation(w writer, r targetBest) Paragraph {
	p := []Paragraph{sentence(spaced(strong(w.plain(r.Node.Title)), w.ratedBy(r.Claim.sourced, r.Support)))}
	if isOfGoal(r.Claim.Level) {
		p = append(p, w.say("page.level.goal", "code", a.Target.Goal.ref()))
	}
	if r.Node.Summary != nil {
		p = append(p, w.plain(*r.Node.Summary))
	}
	return spaced(append(p, w.reason(r.Claim.Rationale), a.suits(w, r.Node.Code))...)
}

// score is the score of a recommendation for the country of the brief; nil without a country, and if it has no rank there.
func (a *targetAnswer) score(code string) *interval {
	if a.Tailored == nil {
		return nil
	}
	for _, i := range a.Tailored.Items {
		if i.Recommendation.Code == code {
			return &i.Score
		}
	}
	return nil
}

// suits says how well a recommendation suits the country of the brief.
func (a *targetAnswer) suits(w writer, code string) Paragraph {
	score := a.score(code)
	switch {
	case a.Country == nil:
		return nil
	case score == nil:
		return w.say("brief.suits.unranked", "country", a.Country.Title)
	}
	return spaced(w.say("brief.suits", "country", a.Country.Title, "score", w.ends(*score)), w.phrase(words.Known(score.Coverage)))
}

// shownCase is a case study with where it is practised and the recommendations that it demonstrates.
type shownCase struct {
	heading
	at    *placed
	shows []Paragraph
}

// cases are the case studies of the recommendations, each once, in the order of their first recommendation.
func (a *targetAnswer) cases(w writer, best []targetBest) []shownCase {
	var all []shownCase
	for _, r := range best {
		for _, c := range r.Node.CaseStudies.Edges {
			i := slices.IndexFunc(all, func(s shownCase) bool { return s.Code == c.Node.Code })
			if i < 0 {
				i = len(all)
				all = append(all, shownCase{heading: c.Node.heading, at: a.practised(c.Node.ID).Practised.first()})
			}
			all[i].shows = append(all[i].shows, spaced(w.plain(r.Node.Title), w.rated(sourced{*c.Claim, a.practised(c.Claim.ID).Sources})))
		}
	}
	return all
}

func (a *targetAnswer) who(w writer, best []targetBest) []Block {
	if len(best) == 0 {
		return nil
	}
	var here, elsewhere []Paragraph
	for _, c := range a.cases(w, best) {
		if a.Country != nil && c.at != nil && c.at.Object.Code == a.Country.Code {
			here = append(here, w.caseOf(c))
		} else {
			elsewhere = append(elsewhere, w.caseOf(c))
		}
	}
	if a.Country == nil {
		if len(elsewhere) == 0 {
			return []Block{paragraph(w.say("brief.cases.none"))}
		}
		return list(elsewhere)
	}
	if len(here) == 0 {
		here = []Paragraph{w.say("brief.cases.none_here", "country", a.Country.Title)}
	}
	blocks := append([]Block{paragraph(strong(w.say("brief.here")))}, list(here)...)
	if len(elsewhere) > 0 {
		blocks = append(append(blocks, paragraph(strong(w.say("brief.elsewhere")))), list(elsewhere)...)
	}
	return blocks
}

// caseOf is a case study: where it is practised, and what it demonstrates.
func (w writer) caseOf(c shownCase) Paragraph {
	p := strong(w.plain(c.Title))
	if c.at != nil {
		p = spaced(p, w.say("brief.practised", "country", c.at.Object.Title), w.rated(c.at.sourced))
	}
	return spaced(sentence(p), sentence(w.say("brief.shows", "recommendations", joined(w.word("list.long_separator", nil), c.shows...))))
}

// unknown are the sentences on what is not known of the recommendations.
func (a *targetAnswer) unknown(w writer, best []targetBest) []Paragraph {
	var all, without []Paragraph
	if a.isSilent {
		all = append(all, w.say("brief.silent"))
	}
	for _, r := range best {
		if r.Node.CaseStudies.TotalCount == 0 {
			without = append(without, w.plain(r.Node.Title))
		}
	}
	if len(without) > 0 {
		all = append(all, w.say("brief.no_case", "n", len(without), "titles", joined(w.word("list.long_separator", nil), without...)))
	}
	return append(all, w.say("brief.not_zero"))
}

func (a *targetAnswer) table(w writer, best []targetBest) []Block {
	if len(best) == 0 {
		return nil
	}
	t := &Table{
		Caption: w.word("brief.table.target", masar.Args{"target": a.Target.ref()}),
		Columns: []string{w.word("brief.column.recommendation", nil), w.word("brief.column.certainty", nil), w.word("brief.column.basis", nil)},
	}
	if a.Country != nil {
		t.Columns = append(t.Columns, w.word("brief.column.suits", masar.Args{"country": a.Country.Title.Value}))
	}
	t.Columns = append(t.Columns, w.word("brief.sources", nil))
	for _, r := range best {
		row := append([]Paragraph{w.plain(r.Node.Title)}, w.columns(r.Claim.sourced, r.Support)...)
		if a.Country != nil {
			row = append(row, a.cell(w, r.Node.Code))
		}
		t.Rows = append(t.Rows, append(row, w.cites(r.Claim.sourced)))
	}
	return []Block{{Table: t}}
}

func (a *targetAnswer) cell(w writer, code string) Paragraph {
	if score := a.score(code); score != nil {
		return text(w.ends(*score))
	}
	return text("–")
}

// columns are the rating of a claim and its basis, as two cells of a table.
func (w writer) columns(c sourced, s *rating) []Paragraph {
	rated := w.rating(c.rated, s)
	if s != nil && s.Certainty != nil { // the basis has a cell of its own
		rated = append(rated[:1:1], rated[2:]...)
	}
	return []Paragraph{rated, text(words.Value(w.language, c.Basis))}
}
