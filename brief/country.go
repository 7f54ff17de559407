package brief

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"masar"
	"masar/answers"
	"masar/words"
)

// countryAnswer is the answer to operations/country.graphql.
type countryAnswer struct {
	foot
	Country *country `json:"country"`
	Profile *struct {
		Maturity []struct {
			Indicator string `json:"indicator"`
		} `json:"maturity"`
	} `json:"profile"`

	advice adviceAnswer
}

// adviceAnswer is the answer to operations/advice.graphql.
type adviceAnswer struct {
	Snapshot string `json:"snapshot"`
	Values   *struct {
		Observations *struct {
			Nodes []observed `json:"nodes"`
		} `json:"observations"`
	} `json:"values"`
	Tailored *tailored `json:"tailored"`
	Twinning *twinning `json:"twinning"`
}

type country struct {
	heading
	Maturity *struct {
		Value    float64      `json:"value"`
		Coverage float64      `json:"coverage"`
		Indices  []indexValue `json:"indices"`
	} `json:"maturity"`
	CaseStudies *claimedList `json:"caseStudies"`
	Initiatives *claimedList `json:"initiatives"`
}

// indexValue is an index in the maturity of a country.
type indexValue struct {
	Indicator string   `json:"indicator"`
	Measured  *heading `json:"measured"`
	Year      int      `json:"year"`
	Value     float64  `json:"value"`
	Vintage   string   `json:"vintage"`
	Weight    float64  `json:"weight"`
}

// observed is where the value of an index comes from.
type observed struct {
	Indicator string   `json:"indicator"`
	Year      int      `json:"year"`
	Vintage   string   `json:"vintage"`
	Source    document `json:"source"`
}

// tailored are the recommendations that suit the country, best first.
type tailored struct {
	TotalCount int            `json:"totalCount"`
	Target     *heading       `json:"target"`
	Items      []tailoredItem `json:"items"`
}

type tailoredItem struct {
	Recommendation struct {
		heading
		Advances *struct {
			Nodes []advance `json:"nodes"`
		} `json:"advances"`
	} `json:"recommendation"`
	Score      interval    `json:"score"`
	Components []component `json:"components"`
}

// advance is the claim that a recommendation advances a target or a goal.
type advance struct {
	reasoned
	Object heading `json:"object"`
}

// twinning are the countries to learn from, best first.
type twinning struct {
	TotalCount int `json:"totalCount"`
	Matches    []struct {
		Supplier    heading     `json:"supplier"`
		Coverage    float64     `json:"coverage"`
		CaseStudies []practised `json:"caseStudies"`
	} `json:"matches"`
}

func (a *countryAnswer) ask(ctx context.Context, ask Ask, w writer) error {
	if err := w.run(ctx, ask, "country", map[string]any{"code": w.request.Code}, a); err != nil || !a.exists() {
		return err
	}
	variables := map[string]any{"code": a.Country.Code, "first": w.request.First, "indices": a.indices()}
	if w.request.Target != "" {
		variables["target"] = w.request.Target
	}
	if err := w.run(ctx, ask, "advice", variables, &a.advice); err != nil {
		return err
	}
	return a.sameSnapshot(a.advice.Snapshot)
}

// indices are the codes of the indices in the maturity of the country.
func (a *countryAnswer) indices() []string {
	codes := []string{}
	if a.Country.Maturity != nil {
		for _, i := range a.Country.Maturity.Indices {
			codes = append(codes, i.Indicator)
		}
	}
	return codes
}

func (a *countryAnswer) exists() bool { return a.Country != nil }

func (a *countryAnswer) identify(w writer, b *Brief) {
	b.Subject = *w.identify(&b.Subject, a.Country.heading)
	if a.advice.Tailored.Target != nil {
		b.Target = w.identify(b.Target, *a.advice.Tailored.Target)
	}
}

func (a *countryAnswer) title(w writer) string {
	if a.advice.Tailored.Target != nil {
		return w.word("brief.title.two", masar.Args{"a": a.Country.Title.Value, "b": w.name(*a.advice.Tailored.Target)})
	}
	return w.word("brief.title", masar.Args{"a": a.Country.Title.Value})
}

func (a *countryAnswer) sections(w writer) []Section {
	return filled(
		Section{Blocks: []Block{paragraph(a.answer(w))}},
		Section{w.word("brief.recommended", nil), a.recommended(w)},
		Section{w.word("brief.who", nil), a.who(w)},
		Section{w.word("brief.unknown", nil), list(a.unknown(w))},
		Section{w.word("brief.overview", nil), a.table(w)},
	)
}

// answer is the maturity of the country, the number of recommendations, and the number of countries to learn from.
func (a *countryAnswer) answer(w writer) Paragraph {
	said := []Paragraph{w.say("page.country.answer.unknown")}
	if m := a.Country.Maturity; m != nil {
		said = []Paragraph{w.say("page.country.answer", "value", words.Hundredths(m.Value)), w.phrase(words.Known(m.Coverage)), cite(a.indexSources(w))}
	}
	if t := a.advice.Tailored; t.Target != nil {
		said = append(said, w.say("page.country.answer.target", "n", t.TotalCount, "target", t.Target.ref()))
	} else {
		said = append(said, w.say("page.country.answer.all", "n", t.TotalCount))
	}
	return spaced(append(said, w.highest(a.effects()), w.say("page.country.answer.twinning", "n", a.advice.Twinning.TotalCount))...)
}

// effects are the claims behind the recommendations that the brief shows.
func (a *countryAnswer) effects() []rated {
	var all []rated
	for _, i := range a.advice.Tailored.Items {
		if c := i.advances(); c != nil {
			all = append(all, c.rated)
		}
		for _, c := range i.claims(answers.ComponentNeed) {
			all = append(all, c.rated)
		}
	}
	return all
}

// indexSources are the numbers of the sources of all indices.
func (a *countryAnswer) indexSources(w writer) []int {
	var numbers []int
	for _, i := range a.Country.Maturity.Indices {
		for _, n := range a.sourceOf(w, i) {
			if !slices.Contains(numbers, n) {
				numbers = append(numbers, n)
			}
		}
	}
	return numbers
}

// sourceOf is the number of the source of an index value; none if the graph does not have it.
func (a *countryAnswer) sourceOf(w writer, i indexValue) []int {
	for _, o := range a.advice.Values.Observations.Nodes {
		if o.Indicator == i.Indicator && o.Year == i.Year && o.Vintage == i.Vintage {
			place := w.word("brief.place.value", masar.Args{"index": w.index(i), "year": strconv.Itoa(i.Year)})
			return []int{w.sources.value(w, o.Source, place, i.Indicator+" "+strconv.Itoa(i.Year))}
		}
	}
	return nil
}

// index is the name of an index; its code if the graph does not have its name.
func (w writer) index(i indexValue) string {
	if i.Measured == nil {
		return i.Indicator
	}
	return i.Measured.Title.Value
}

func (a *countryAnswer) recommended(w writer) []Block {
	if len(a.advice.Tailored.Items) == 0 {
		return []Block{paragraph(w.say("page.country.recommendations.none"))}
	}
	var items []Paragraph
	for _, i := range a.advice.Tailored.Items {
		items = append(items, a.item(w, i))
	}
	return append([]Block{paragraph(w.say("page.country.order"))}, list(items)...)
}

func (a *countryAnswer) item(w writer, i tailoredItem) Paragraph {
	p := []Paragraph{sentence(strong(w.plain(i.Recommendation.Title))), w.score(i.Score)}
	if c := i.advances(); c != nil {
		p = append(p, sentence(spaced(w.say("brief.advances", "target", c.Object.ref()), w.rated(c.sourced))), w.reason(c.Rationale))
	}
	return spaced(append(p, w.need(i))...)
}

// score is a score as a sentence: its ends, and how much of it is known.
func (w writer) score(i interval) Paragraph {
	low, high := words.Hundredths(i.Low), words.Hundredths(i.High)
	if low == high {
		return spaced(w.say("page.interval.exact", "value", low), w.phrase(words.Known(i.Coverage)))
	}
	return spaced(w.say("page.interval.range", "low", low, "high", high), w.phrase(words.Known(i.Coverage)))
}

// sentence ends a paragraph with a full stop, unless it has one.
func sentence(p Paragraph) Paragraph {
	if last := p[len(p)-1]; strings.HasSuffix(last.Text, ".") {
		return p
	}
	return joined("", p, text("."))
}

// claims are the claims behind a component of the score.
func (i tailoredItem) claims(name answers.ScoreComponentName) []ended {
	for _, c := range i.Components {
		if c.Name == name {
			return c.Claims
		}
	}
	return nil
}

// advances is the claim whose support is the evidence of the score; nil if there is none.
func (i tailoredItem) advances() *advance {
	claims := i.claims(answers.ComponentEvidence)
	if len(claims) == 0 {
		return nil
	}
	counted := claims[0]
	for _, c := range i.Recommendation.Advances.Nodes {
		if c.ID == counted.ID {
			return &c
		}
	}
	return &advance{reasoned{sourced: counted.sourced}, counted.Object}
}

// need says which challenge the recommendation addresses, and who faces it.
func (w writer) need(i tailoredItem) Paragraph {
	var parts []Paragraph
	for _, c := range i.claims(answers.ComponentNeed) {
		switch c.Predicate {
		case masar.Addresses:
			parts = append(parts, sentence(spaced(w.say("brief.addresses", "challenge", c.Object.Title), w.rated(c.sourced))))
		case masar.HasChallenge:
			parts = append(parts, sentence(spaced(w.say("brief.faces", "country", c.Subject.Title, "challenge", c.Object.Title), w.rated(c.sourced))))
		}
	}
	return spaced(parts...)
}

func (a *countryAnswer) who(w writer) []Block {
	blocks := a.claimed(w, "brief.here", a.Country.CaseStudies, "brief.cases.none_country")
	blocks = append(blocks, a.claimed(w, "page.country.initiatives", a.Country.Initiatives, "brief.initiatives.none")...)
	blocks = append(blocks, paragraph(strong(w.say("page.country.learn"))))
	switch {
	case len(a.advice.Twinning.Matches) > 0:
		return append(append(blocks, paragraph(w.say("page.country.learn.order"))), list(a.suppliers(w))...)
	case a.Country.Maturity == nil:
		return append(blocks, paragraph(w.say("page.country.learn.unknown")))
	}
	return append(blocks, paragraph(w.say("page.country.learn.none")))
}

// claimed is a list of entities that claims connect to the country, under a title.
func (a *countryAnswer) claimed(w writer, title string, all *claimedList, none string) []Block {
	blocks := []Block{paragraph(strong(w.say(title)))}
	if len(all.Edges) == 0 {
		return append(blocks, paragraph(w.say(none)))
	}
	var items []Paragraph
	for _, e := range all.Edges {
		items = append(items, spaced(w.plain(e.Node.Title), w.rated(*e.Claim)))
	}
	return append(blocks, list(append(items, w.more(all.TotalCount-len(all.Edges))...))...)
}

// more says how many items a list leaves out; nothing for none.
func (w writer) more(n int) []Paragraph {
	if n <= 0 {
		return nil
	}
	return []Paragraph{w.say("page.more", "n", n)}
}

// maxSupplierCases is the number of case studies that a brief names of each country to learn from.
const maxSupplierCases = 3

func (a *countryAnswer) suppliers(w writer) []Paragraph {
	var items []Paragraph
	for _, m := range a.advice.Twinning.Matches {
		named := m.CaseStudies[:min(maxSupplierCases, len(m.CaseStudies))]
		var cases []Paragraph
		for _, c := range named {
			if at := c.place(); at != nil {
				cases = append(cases, spaced(w.plain(c.Title), w.rated(at.sourced)))
			}
		}
		cases = append(cases, w.more(len(m.CaseStudies)-len(named))...)
		p := spaced(sentence(strong(w.plain(m.Supplier.Title))), w.phrase(words.Known(m.Coverage)))
		if len(cases) > 0 {
			p = spaced(p, w.say("brief.supplies", "cases", joined(w.word("list.long_separator", nil), cases...)))
		}
		items = append(items, p)
	}
	return items
}

// unknown are the sentences on what is not known of the country and of the scores.
func (a *countryAnswer) unknown(w writer) []Paragraph {
	var all []Paragraph
	if a.Country.Maturity == nil {
		all = append(all, w.say("page.country.maturity.unknown"))
	} else if missing := a.missing(); len(missing) > 0 {
		all = append(all, w.say("brief.missing", "indices", missing))
	}
	for _, name := range []answers.ScoreComponentName{answers.ComponentEvidence, answers.ComponentNeed, answers.ComponentFit, answers.ComponentTransfer} {
		if n := a.uncertain(name); n > 0 {
			all = append(all, w.say("brief.component", "name", name, "n", n, "total", len(a.advice.Tailored.Items)))
		}
	}
	return append(all, w.say("brief.not_zero"))
}

// missing are the codes of the indices of the scoring profile that have no value for the country.
func (a *countryAnswer) missing() []string {
	var codes []string
	for _, i := range a.Profile.Maturity {
		if !slices.ContainsFunc(a.Country.Maturity.Indices, func(v indexValue) bool { return v.Indicator == i.Indicator }) {
			codes = append(codes, i.Indicator)
		}
	}
	return codes
}

// uncertain is the number of listed recommendations whose component is not known exactly.
func (a *countryAnswer) uncertain(name answers.ScoreComponentName) (n int) {
	for _, i := range a.advice.Tailored.Items {
		if slices.ContainsFunc(i.Components, func(c component) bool { return c.Name == name && !c.Known }) {
			n++
		}
	}
	return n
}

func (a *countryAnswer) table(w writer) []Block {
	if a.Country.Maturity == nil {
		return nil
	}
	t := &Table{Caption: w.word("page.country.maturity.table", nil)}
	for _, key := range []string{"page.country.index", "page.country.year", "page.country.value", "page.country.weight", "brief.sources"} {
		t.Columns = append(t.Columns, w.word(key, nil))
	}
	for _, i := range a.Country.Maturity.Indices {
		name := text(i.Indicator)
		if i.Measured != nil {
			name = w.plain(i.Measured.Title)
		}
		t.Rows = append(t.Rows, []Paragraph{
			name, text(strconv.Itoa(i.Year)), text(strconv.FormatFloat(i.Value, 'f', 4, 64)), text(words.Hundredths(i.Weight)), cite(a.sourceOf(w, i)),
		})
	}
	return []Block{{Table: t}}
}
