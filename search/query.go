package search

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"masar"
	"masar/answers"
	"masar/arabic"
)

// Bounds of a query. The work of a search grows with the number of words.
const (
	// MaxLength is the longest query, in runes.
	MaxLength = 200
	// MaxWords is the most words of a query, stop words not counted.
	MaxWords = 16
	// maxAlternatives is the most that stands for one word or phrase, itself counted; the weightiest stay.
	maxAlternatives = 8
	// maxLookups bounds what alternatives add to a query of many words; a query of two has some forty.
	maxLookups = 400
)

// Query is a query as it is looked for.
type Query struct {
	written     []rune
	units       int // the smallest words that are looked for
	ways        []way
	pairs       []string // words that follow each other, as terms
	wholes      []whole
	codes       []string // what the query is as a whole, where it is codes: each as a term
	light       []bool   // the units that say nothing beside a code: a hit need not have them
	common      string   // the query's only word, where it is a stop word that may be a code
	preferences []preference

	Ambiguities []answers.SearchAmbiguity
	// Corrections are the words of the query in whose place others were taken.
	Corrections []answers.SearchCorrection
	lookups     []Lookup
	at          map[Lookup]int
}

// way is something that stands for words of the query: the very word, or an alternative.
type way struct {
	units  []int    // of the query, by number
	words  []string // of the analyser; all of them have to be there
	weight float64
	// own says that it is the query's own word. Then exact is the term of its form, and spelt is how the query writes it.
	// A way of no words is a code, which exact is the term of.
	own          bool
	exact, spelt string
	at           span // in the query
	// beginnings are what the words that the query's last word begins may begin with, where it is the beginning of one.
	beginnings []string
}

// pairs are the terms by which titles and names have the words of a way: one after the other.
func (w way) pairs() []string {
	if len(w.words) < 2 {
		return w.words
	}
	return pairs(w.words)
}

// pairs are the terms of words that follow each other.
func pairs(words []string) []string {
	var all []string
	for i := 1; i < len(words); i++ {
		all = append(all, words[i-1]+" "+words[i])
	}
	return all
}

// whole is a whole title or name that would answer the query.
type whole struct {
	term   string
	weight float64
}

// preference is a reading of an ambiguous word that the query settles for.
type preference struct {
	entity masar.Ref  // that is meant; zero if it is not in the graph
	meant  []string   // words that name the reading meant
	others [][]string // words that name the other readings
}

// Parse reads a query. The error has code BAD_INPUT and says what is wrong with it.
func Parse(query string) (*Query, error) { return parse(query, false) }

// parse reads a query; with beginning, its last word as the beginning of one.
func parse(query string, beginning bool) (*Query, error) {
	bad := func(key string, args masar.Args) error {
		return masar.NewArgumentError(masar.CodeBadInput, "query", key, args)
	}
	if n := utf8.RuneCountInString(query); n > MaxLength {
		return nil, bad("error.query.long", masar.Args{"reached": n, "allowed": MaxLength})
	}
	read := read(query)
	terms := asked(string(read.text))
	if len(terms) == 0 {
		return nil, bad("error.query.empty", nil)
	}
	q := &Query{written: read.text, at: map[Lookup]int{}}
	capitals := q.codesAmongStops(terms)
	last := -1
	if beginning {
		last = q.lastWord(terms)
	}
	units := q.number(terms)
	switch {
	case q.units == 0:
		return nil, bad("error.query.common", masar.Args{"word": terms[0].Exact})
	case q.units > MaxWords:
		return nil, bad("error.query.words", masar.Args{"reached": q.units, "allowed": MaxWords})
	}
	q.lighten(terms, units, append(read.light, capitals...))
	q.addWays(terms, units, last)
	q.addCountryNames(terms, units, last)
	q.addPhrases(terms)
	q.addCodes(terms, units, read)
	q.addAmbiguities(string(read.text))
	return q, nil
}

// codesAmongStops takes stop words that may be codes for words: ARE, which is the United Arab Emirates, as the only word of
// a query or in capitals among others. It gives the places of the latter, which a hit need not have.
func (q *Query) codesAmongStops(terms []arabic.Term) (capitals []span) {
	for i, t := range terms {
		written := string(q.written[t.Start:t.End])
		switch {
		case !t.Stop || !countryCode.MatchString(written), slices.Contains(operators, written):
		case len(terms) == 1:
			q.common, terms[i].Stop = t.Exact, false
		case written == strings.ToUpper(written) && string(q.written) != strings.ToUpper(string(q.written)):
			terms[i].Stop = false
			capitals = append(capitals, span{t.Start, t.End})
		}
	}
	return capitals
}

// operators are what other search engines have operators of; here they are stop words.
var operators = []string{"AND", "OR", "NOT"}

// countryCode is the form of the codes of countries that may be stop words.
var countryCode = regexp.MustCompile(`^[A-Za-z]{2,3}$`)

// NothingFound is the error of a query that found nothing: of one with nothing but a stop word that turned out to be no
// code. It is nil for any other.
func (q *Query) NothingFound() error {
	if q.common == "" {
		return nil
	}
	return masar.NewArgumentError(masar.CodeBadInput, "query", "error.query.common", masar.Args{"word": q.common})
}

// lighten marks the units that stand in some places as ones that a hit need not have, unless the query has no others.
func (q *Query) lighten(terms []arabic.Term, units [][]int, places []span) {
	q.light = make([]bool, q.units)
	n := 0
	for i, t := range terms {
		if len(units[i]) != 1 || !slices.ContainsFunc(places, func(s span) bool { return s.has(t) }) {
			continue
		}
		if u := units[i][0]; !q.light[u] {
			q.light[u] = true
			n++
		}
	}
	if n == q.units {
		clear(q.light)
	}
}

// needed is the number of units that a hit with all words has.
func (q *Query) needed() int {
	n := 0
	for _, light := range q.light {
		if !light {
			n++
		}
	}
	return n
}

// addCodes looks for what the query is as a whole: the codes that it consists of, or all of its words as one.
func (q *Query) addCodes(terms []arabic.Term, units [][]int, read reading) {
	q.codes = []string{exactly + codeKey(terms)}
	if len(read.codes) > 0 {
		rest := slices.Clone(q.light)
		for i, t := range terms {
			for _, u := range units[i] {
				rest[u] = rest[u] || slices.ContainsFunc(read.codes, func(s span) bool { return s.has(t) })
			}
		}
		if !slices.Contains(rest, false) {
			q.codes = nil
			for _, key := range read.keys {
				q.codes = append(q.codes, exactly+key)
			}
		}
	}
	for _, code := range q.codes {
		q.look(Codes, code)
	}
}

// asked are the terms of a query: those of a text, without what a dotted code stands under, which is not asked for.
func asked(query string) []arabic.Term {
	terms := wordsOf(query)
	code := -1 // where the last dotted code starts
	return slices.DeleteFunc(terms, func(t arabic.Term) bool {
		if t.Part && t.Position == code {
			return true
		}
		if isDotted(t) {
			code = t.Position
		}
		return false
	})
}

// number numbers the smallest words that are looked for, and gives for each term those that it is made of.
// A dotted code is one, and so is what is joined of nothing but stop words.
func (q *Query) number(terms []arabic.Term) [][]int {
	unitAt := map[int]int{} // by position
	add := func(t arabic.Term) {
		unitAt[t.Position] = q.units
		q.units++
	}
	for _, t := range terms {
		if _, known := unitAt[t.Position]; !known && !t.Stop && (t.Width == 1 || isDotted(t)) {
			add(t)
		}
	}
	units := make([][]int, len(terms))
	for i, t := range terms {
		for p := t.Position; p < t.Position+t.Width; p++ {
			if n, ok := unitAt[p]; ok {
				units[i] = append(units[i], n)
			}
		}
		if units[i] == nil && !t.Part && !t.Stop {
			units[i] = []int{q.units}
			add(t)
		}
	}
	return units
}

// addWays finds what stands for the words of the query, and what has to be looked up for it.
func (q *Query) addWays(terms []arabic.Term, units [][]int, last int) {
	expansions := arabic.Expand(terms)
	for _, e := range expansions {
		t := terms[e.Terms[0]]
		if len(e.Terms) > 1 || len(units[e.Terms[0]]) == 0 {
			continue
		}
		w := way{
			units: units[e.Terms[0]], words: []string{t.Text}, weight: 1, own: true,
			exact: exactly + t.Exact, spelt: strings.ToLower(string(q.written[t.Start:t.End])), at: span{t.Start, t.End},
		}
		if e.Terms[0] == last {
			w.beginnings = beginningsOf(t.Exact)
		}
		q.addWay(w)
		q.look(Codes, t.Text)
		for _, part := range []Part{Codes, Titles, Names} {
			q.look(part, w.exact)
		}
	}
	for _, e := range expansions {
		var all []int
		for _, i := range e.Terms {
			all = append(all, units[i]...)
		}
		slices.Sort(all)
		all = slices.Compact(all)
		for n, a := range e.Alternatives {
			if n == 0 || n >= maxAlternatives || len(all) == 0 || len(q.lookups)+4*len(a.Words) > maxLookups {
				continue
			}
			q.addWay(way{units: all, words: a.Words, weight: a.Weight})
			if len(all) == q.units {
				q.addWhole(a.Words, a.Weight)
			}
		}
	}
}

// addWay looks for the words of a way: one after the other in titles and names, anywhere in texts; a single one may also
// name a kind.
func (q *Query) addWay(w way) {
	q.ways = append(q.ways, w)
	for _, pair := range w.pairs() {
		q.look(Titles, pair)
		q.look(Names, pair)
	}
	for _, word := range w.words {
		q.look(Texts, word)
	}
	if len(w.words) == 1 {
		q.look(Texts, ofKind+w.words[0])
	}
	for _, l := range w.begun() {
		q.lookFor(l)
	}
}

// lastWord is the place of the word that a query ends with, which may be a stop word: "the" begins "theory". It is -1
// where the query ends with anything else.
func (q *Query) lastWord(terms []arabic.Term) int {
	for i, t := range terms {
		if !t.Part && t.End == len(q.written) {
			terms[i].Stop = false
			return i
		}
	}
	return -1
}

// beginningsOf are the beginnings of the words that a word begins: with and without an article.
func beginningsOf(word string) []string {
	all := []string{word}
	if bare, ok := strings.CutPrefix(word, "ال"); ok && bare != "" {
		return append(all, bare)
	}
	if isArabic([]rune(word)[0]) {
		all = append(all, "ال"+word)
	}
	return all
}

// begun are the lookups of the words that a way begins.
func (w way) begun() []Lookup {
	var all []Lookup
	for _, beginning := range w.beginnings {
		all = append(all, Lookup{Codes, beginning, true}, Lookup{Codes, exactly + beginning, true})
		for _, part := range wordParts {
			all = append(all, Lookup{part, exactly + beginning, true})
		}
	}
	return all
}

// addPhrases looks for words that follow each other, and for the query as a whole title or name.
func (q *Query) addPhrases(terms []arabic.Term) {
	words := distinctive(terms)
	q.pairs = pairs(words)
	for _, pair := range q.pairs {
		q.look(Titles, pair)
		q.look(Names, pair)
	}
	q.addWhole(words, 1)
}

func (q *Query) addWhole(words []string, weight float64) {
	if len(words) == 0 || len(words) > maxWholeWords {
		return
	}
	w := whole{wholly + strings.Join(words, " "), weight}
	q.wholes = append(q.wholes, w)
	q.look(Titles, w.term)
	q.look(Names, w.term)
}

// addAmbiguities finds the words of several readings. Where the query settles for one, what speaks of another comes later.
func (q *Query) addAmbiguities(query string) {
	for _, a := range arabic.Ambiguities(query) {
		ambiguity := answers.SearchAmbiguity{Term: string(q.written[a.Start:a.End])}
		p := preference{}
		for i, r := range a.Readings {
			reading := answers.SearchReading{
				Names: masar.LocalizedText{AR: masar.Translation{Value: r.AR}, EN: masar.Translation{Value: r.EN}}, Meant: i == a.Meant,
			}
			if r.Entity != "" {
				reading.Entity, _ = masar.ParseRef(r.Entity) // what is malformed there names nothing
			}
			ambiguity.Readings = append(ambiguity.Readings, reading)
			words := arabic.Words(r.EN)
			if i == a.Meant {
				p.entity, p.meant = reading.Entity, words
			} else {
				p.others = append(p.others, words)
			}
		}
		q.Ambiguities = append(q.Ambiguities, ambiguity)
		if a.Meant < 0 {
			continue
		}
		q.preferences = append(q.preferences, p)
		for _, words := range append(p.others, p.meant) {
			for _, word := range words {
				q.look(Titles, word)
				q.look(Names, word)
				q.look(Texts, word)
			}
		}
	}
}

// look adds a lookup, unless it is there already or of a term that is too long to be kept.
func (q *Query) look(part Part, term string) { q.lookFor(Lookup{Part: part, Term: term}) }

func (q *Query) lookFor(l Lookup) {
	if _, known := q.at[l]; known || len(l.Term) > maxTerm {
		return
	}
	q.at[l] = len(q.lookups)
	q.lookups = append(q.lookups, l)
}

// Lookups are what has to be looked up for the query.
func (q *Query) Lookups() []Lookup { return q.lookups }
