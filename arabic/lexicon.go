package arabic

import (
	"bufio"
	_ "embed" // the word lists
	"fmt"
	"iter"
	"strings"
	"unicode/utf8"
)

var (
	//go:embed stopwords.txt
	stopwordsText string
	//go:embed irregular.txt
	irregularText string
	//go:embed english.txt
	englishText string
	//go:embed own.txt
	ownText string
	//go:embed nouns.txt
	nounsText string
)

// The word lists, all of folded words. They are never written to once the package is there.
var (
	stopwords = words(stopwordsText)
	// irregular gives the head under which a word is searched.
	irregular = heads(irregularText + englishText)
	// own holds words whose first letters look like an article or a proclitic, and their stems.
	own = stems(ownText)
	// nouns holds stems before which ب, ك and ف are taken for proclitics.
	nouns = stems(nounsText)
)

// Lines gives the lines of a word list, without comments and without those that say nothing.
func Lines(list string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for s := bufio.NewScanner(strings.NewReader(list)); s.Scan(); {
			line, _, _ := strings.Cut(s.Text(), "#")
			if line = strings.TrimSpace(line); line != "" && !yield(line) {
				return
			}
		}
	}
}

func words(list string) map[string]bool {
	set := map[string]bool{}
	for line := range Lines(list) {
		for word := range strings.FieldsSeq(line) {
			set[Fold(word)] = true
		}
	}
	return set
}

// stems gives the words of a list and their stems. Stems of three letters, which too many words share, count only
// where the list names them: وطن is in it, and so is وطني; لونية is, and لون is not made of it.
func stems(list string) map[string]bool {
	set := words(list)
	for word := range words(list) {
		if stem := cutEndings(word); utf8.RuneCountInString(stem) > 3 {
			set[stem] = true
		}
	}
	return set
}

// heads reads lines "head: form form ...". A word under two heads is a fault of the list, which no one can
// repair while the program runs.
func heads(list string) map[string]string {
	head := map[string]string{}
	for line := range Lines(list) {
		first, forms, found := strings.Cut(line, ":")
		if !found {
			panic(fmt.Sprintf("a word list has no colon in %q", line))
		}
		first = Fold(first)
		for _, form := range append(strings.Fields(forms), first) {
			form = Fold(form)
			if other, double := head[form]; double && other != first {
				panic(fmt.Sprintf("%s stands under %s and %s", form, other, first))
			}
			head[form] = first
		}
	}
	return head
}

// Lists are the word lists that terms are made with, as one text: where they differ, so may the terms.
func Lists() string {
	return strings.Join([]string{stopwordsText, irregularText, englishText, ownText, nounsText}, "\f")
}
