package arabic

import (
	_ "embed" // the synonyms
	"slices"
	"strings"
)

// What an alternative counts against the word that was asked for.
const (
	synonymWeight = 0.7
	nearWeight    = 0.4
)

// Expansion is what may stand for one term of a query, or for several that follow each other.
type Expansion struct {
	// Terms are the places, among the terms of the query, of those that it stands for.
	Terms []int
	// Alternatives begins with the terms themselves at weight 1; the others follow by weight, then by their words.
	Alternatives []Alternative
}

// Alternative is a word, or a phrase by its words in order, as Text of [Term] gives them. Stop words are left out.
type Alternative struct {
	Words  []string
	Weight float64
}

// Expand gives for every term of a query what else may stand for it, and the same for every phrase of the query that
// has synonyms: the other word of the same language (حاكمية for حوكمة), the other language ("digital identity" for
// هوية رقمية). Runs overlap: the query "الهوية الرقمية" has an expansion of both words together and one of each.
// Expansions come in the order of their first terms, longer ones first.
func Expand(terms []Term) []Expansion {
	at := map[int][]int{} // the terms that start at a position
	for i, t := range terms {
		at[t.Position] = append(at[t.Position], i)
	}
	var out []Expansion
	for i, t := range terms {
		single := Expansion{Terms: []int{i}, Alternatives: []Alternative{{Words: []string{t.Text}, Weight: 1}}}
		if t.Stop {
			out = append(out, single)
			continue
		}
		found := map[string]*Expansion{} // by the words of the run
		for _, phrase := range synonyms[t.Text] {
			run, ok := follow(terms, at, []int{i}, phrase.words[1:])
			if !ok {
				continue
			}
			key := strings.Join(phrase.words, " ")
			if found[key] == nil {
				found[key] = &Expansion{Terms: run, Alternatives: []Alternative{{Words: phrase.words, Weight: 1}}}
			}
			for _, other := range phrase.group {
				found[key].add(other.words, weightOf(phrase, other))
			}
		}
		if found[t.Text] == nil {
			found[t.Text] = &single
		}
		from := len(out)
		for _, e := range found {
			e.sort()
			out = append(out, *e)
		}
		slices.SortFunc(out[from:], func(a, b Expansion) int {
			if len(a.Terms) != len(b.Terms) {
				return len(b.Terms) - len(a.Terms)
			}
			return slices.Compare(a.Alternatives[0].Words, b.Alternatives[0].Words)
		})
	}
	return out
}

// follow looks for the words of a phrase after those of the run, over stop words between them.
func follow(terms []Term, at map[int][]int, run []int, words []string) ([]int, bool) {
	if len(words) == 0 {
		return run, true
	}
	last := terms[run[len(run)-1]]
	for position := last.Position + last.Width; ; position++ {
		stop := false
		for _, i := range at[position] {
			if terms[i].Text == words[0] && !terms[i].Stop {
				if whole, ok := follow(terms, at, append(slices.Clone(run), i), words[1:]); ok {
					return whole, true
				}
			}
			stop = stop || terms[i].Stop
		}
		if !stop {
			return nil, false
		}
	}
}

func (e *Expansion) add(words []string, weight float64) {
	for i, a := range e.Alternatives {
		if slices.Equal(a.Words, words) {
			e.Alternatives[i].Weight = max(a.Weight, weight)
			return
		}
	}
	e.Alternatives = append(e.Alternatives, Alternative{Words: words, Weight: weight})
}

func (e *Expansion) sort() {
	slices.SortFunc(e.Alternatives[1:], func(a, b Alternative) int {
		switch {
		case a.Weight > b.Weight:
			return -1
		case a.Weight < b.Weight:
			return 1
		}
		return slices.Compare(a.Words, b.Words)
	})
}

//go:embed synonyms.txt
var synonymsText string

// phrase is a member of a group of synonyms.
type phrase struct {
	words []string
	near  bool
	group []*phrase
}

// synonyms gives the phrases that begin with a word.
var synonyms = groups(synonymsText)

func weightOf(a, b *phrase) float64 {
	if a.near || b.near {
		return nearWeight
	}
	return synonymWeight
}

func groups(list string) map[string][]*phrase {
	starting := map[string][]*phrase{}
	for line := range Lines(list) {
		var group []*phrase
		for member := range strings.SplitSeq(line, "|") {
			member, near := strings.CutPrefix(strings.TrimSpace(member), "~")
			words := Words(member)
			if len(words) == 0 || slices.ContainsFunc(group, func(p *phrase) bool { return slices.Equal(p.words, words) }) {
				continue // two spellings of one phrase
			}
			group = append(group, &phrase{words: words, near: near})
		}
		for _, p := range group {
			p.group = group
			starting[p.words[0]] = append(starting[p.words[0]], p)
		}
	}
	return starting
}

// Words gives the words of a text as search compares them: the Text of its terms in order, without parts and stop
// words. It is what an [Alternative] holds, and what makes two forms of one title equal.
func Words(text string) []string {
	var words []string
	for _, t := range Analyse(text) {
		if !t.Part && !t.Stop {
			words = append(words, t.Text)
		}
	}
	return words
}
