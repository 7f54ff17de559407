package search

import (
	_ "embed" // the names
	"slices"
	"strings"

	"masar/arabic"
)

//go:embed country-names.txt
var countryNamesText string

// countryName is a name of a country or country group that search accepts and no answer shows.
type countryName struct {
	words []string // as terms
	first string   // the first word in its form
	code  string   // as a term
}

// countryNames are these names by the term of their first word.
var countryNames = func() map[string][]countryName {
	names := map[string][]countryName{}
	for line := range arabic.Lines(countryNamesText) {
		fields := strings.Split(line, "|")
		code := exactly + codeKey(wordsOf(fields[0]))
		for _, name := range fields[1:] {
			terms := arabic.Analyse(name)
			words := distinctive(terms)
			names[words[0]] = append(names[words[0]], countryName{words, terms[0].Exact, code})
		}
	}
	return names
}()

// addCountryNames finds the countries that the query names as in other tables: Maroc, "Egypt, Arab Rep.". If the last
// word of the query is the beginning of a word, the beginning of a name is sufficient.
func (q *Query) addCountryNames(terms []arabic.Term, units [][]int, last int) {
	var words []string
	var at []int
	for i, t := range terms {
		if !t.Part && !t.Stop {
			words, at = append(words, t.Text), append(at, i)
		}
	}
	add := func(code string, terms []int) {
		w := way{weight: 1, exact: code}
		for _, i := range terms {
			w.units = append(w.units, units[i]...)
		}
		q.ways = append(q.ways, w)
		q.look(Codes, code)
	}
	for i, word := range words {
		for _, name := range countryNames[word] {
			if n := len(name.words); i+n <= len(words) && slices.Equal(words[i:i+n], name.words) {
				add(name.code, at[i:i+n])
			}
		}
	}
	if last < 0 || len([]rune(terms[last].Exact)) < minBeginning {
		return
	}
	for _, names := range countryNames {
		for _, name := range names {
			if len(name.words) == 1 && strings.HasPrefix(name.first, terms[last].Exact) {
				add(name.code, []int{last})
			}
		}
	}
}

// minBeginning is the minimum length of the beginning of a country's name that finds the country.
const minBeginning = 3
