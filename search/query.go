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

// Limits of a query. The work of a search grows with the number of words.
const (
	// MaxLength is the maximum length of a query, in runes.
	MaxLength = 200
	// MaxWords is the maximum number of words of a query, without stop words.
	MaxWords = 16
	// maxAlternatives is the maximum number of alternatives for one word or phrase, including itself. Those with the
	// highest weights are kept.
	maxAlternatives = 8
	// maxLookups limits the lookups for alternatives in a query of many words. A query of two words has about forty.
	maxLookups = 400
)

// Query is an analysed query.
type Query struct {
	written     []rune
	units       int // the smallest words that are searched
	ways        []way
	pairs       []string // adjacent words, as terms
	wholes      []whole
	codes       []string // the codes that the whole query consists of, each as a term
	light       []bool   // the units without meaning next to a code; hits need not contain them
	common      string   // the only word of the query if it is a stop word that can be a code
	preferences []preference

	Ambiguities []answers.SearchAmbiguity
	// Corrections are the words of the query that were replaced.
	Corrections []answers.SearchCorrection
	lookups     []Lookup
	at          map[Lookup]int
}

// way is a match for words of the query: the word itself or an alternative.
type way struct {
	units  []int    // of the query, by number
	words  []string // of the analyser; all must occur
	weight float64
	// own marks the query's own word. exact is then the term of its form, and spelt is its spelling in the query. If a
	// way has no words, it is a code, and exact is its term.
	own          bool
	exact, spelt string
	at           span // in the query
	// beginnings are the possible beginnings of words that start like the last word of the query, if that word is
	// incomplete.
	beginnings []string
}

// pairs returns the terms of adjacent words of a way, as titles and names have them.
func (w way) pairs() []string {
	if len(w.words) < 2 {
		return w.words
	}
	return pairs(w.words)
}

// pairs returns the terms of adjacent words.
func pairs(words []string) []string {
	var all []string
	for i := 1; i < len(words); i++ {
		all = append(all, words[i-1]+" "+words[i])
	}
	return all
}

// whole is a whole title or name that matches the query.
type whole struct {
	term   string
	weight float64
}

// preference is the meaning of an ambiguous word that the query selects.
type preference struct {
	entity masar.Ref  // the entity meant; zero if it is not in the graph
	meant  []string   // words that name the selected meaning
	others [][]string // words that name the other meanings
}

// Parse analyses a query. The error has the code BAD_INPUT and describes the fault.
func Parse(query string) (*Query, error) { return parse(query, false) }

// parse analyses a query. With beginning, the last word is the beginning of a word.
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
	optional := append(read.light, q.codesAmongStops(terms)...)
	last := -1
	if beginning {
		last = q.lastWord(terms)
	}
	if last >= 0 && terms[last].Exact == article {
		optional = append(optional, span{terms[last].Start, terms[last].End})
	}
	units := q.number(terms)
	switch {
	case q.units == 0:
		return nil, bad("error.query.common", masar.Args{"word": terms[0].Exact})
	case q.units > MaxWords:
		return nil, bad("error.query.words", masar.Args{"reached": q.units, "allowed": MaxWords})
	}
	q.lighten(terms, units, optional)
	q.addWays(terms, units, last)
	q.addCountryNames(terms, units, last)
	q.addPhrases(terms)
	q.addCodes(terms, units, read)
	q.addAmbiguities(string(read.text))
	return q, nil
}

// codesAmongStops treats some stop words as codes: ARE, the code of the United Arab Emirates, as the only word of a query
// or in capitals among other words. It returns the places of stop words in capitals, which hits need not contain.
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

// operators are words that other search engines use as operators. Here they are stop words.
var operators = []string{"AND", "OR", "NOT"}

// countryCode matches codes of countries that can be stop words.
var countryCode = regexp.MustCompile(`^[A-Za-z]{2,3}$`)

// NothingFound returns the error for a query without results that has only a stop word, which turned out to be no code.
// For any other query it returns nil.
func (q *Query) NothingFound() error {
	if q.common == "" {
		return nil
	}
	return masar.NewArgumentError(masar.CodeBadInput, "query", "error.query.common", masar.Args{"word": q.common})
}

// lighten marks the units at some places as units that hits need not contain. If the query has no other units, it marks
// none.
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

// needed is the number of units in a hit with all words.
func (q *Query) needed() int {
	n := 0
	for _, light := range q.light {
		if !light {
			n++
		}
	}
	return n
}

// addCodes adds lookups for the whole query: for the codes that it consists of, or for all of its words joined.
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

// asked returns the terms of a query. They are those of a text without the shorter codes under which a dotted code is
// indexed.
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

// number numbers the smallest words that are searched. For each term, it returns the numbers of its words. A dotted code
// is one word, and so is a term joined from stop words only.
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

// addWays finds the matches for the words of the query and adds their lookups.
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

// addWay adds the lookups for the words of a way: adjacent words in titles and names, any position in texts. A single
// word can also name a kind.
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

// lastWord returns the index of the last word of the query. It can be a stop word: "the" begins "theory". It returns -1
// if the query does not end with a word.
func (q *Query) lastWord(terms []arabic.Term) int {
	for i, t := range terms {
		if !t.Part && t.End == len(q.written) {
			terms[i].Stop = false
			return i
		}
	}
	return -1
}

// article is the Arabic article. Alone, it is the beginning of no word yet: half of all Arabic words begin with it.
const article = "ال"

// beginningsOf returns the possible beginnings of words that start like a word, with and without an article. A single
// letter after an article is only searched with it: most words of the graph would begin like the letter of الا.
func beginningsOf(word string) []string {
	if word == article {
		return nil
	}
	all := []string{word}
	if bare, ok := strings.CutPrefix(word, article); ok {
		if utf8.RuneCountInString(bare) > 1 {
			all = append(all, bare)
		}
		return all
	}
	if isArabic([]rune(word)[0]) {
		all = append(all, article+word)
	}
	return all
}

// begun returns the lookups for the words that begin like a way.
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

// addPhrases adds lookups for adjacent words, and for the query as a whole title or name.
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

// addAmbiguities finds words with several meanings. If the query selects one meaning, hits for the other meanings are
// ranked lower.
func (q *Query) addAmbiguities(query string) {
	for _, a := range arabic.Ambiguities(query) {
		ambiguity := answers.SearchAmbiguity{Term: string(q.written[a.Start:a.End])}
		p := preference{}
		for i, r := range a.Readings {
			reading := answers.SearchReading{
				Names: masar.LocalizedText{AR: masar.Translation{Value: r.AR}, EN: masar.Translation{Value: r.EN}}, Meant: i == a.Meant,
			}
			if r.Entity != "" {
				reading.Entity, _ = masar.ParseRef(r.Entity) // a malformed reference refers to no entity
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

// look adds a lookup, unless it exists already or its term is too long to be indexed.
func (q *Query) look(part Part, term string) { q.lookFor(Lookup{Part: part, Term: term}) }

func (q *Query) lookFor(l Lookup) {
	if _, known := q.at[l]; known || len(l.Term) > maxTerm {
		return
	}
	q.at[l] = len(q.lookups)
	q.lookups = append(q.lookups, l)
}

// Lookups returns the lookups of the query.
func (q *Query) Lookups() []Lookup { return q.lookups }
