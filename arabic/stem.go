package arabic

import "strings"

// maxStem bounds the length in bytes of a word that is stemmed. What is longer is no word of either language.
const maxStem = 80

// stem gives the text under which a folded word is searched, and whether it is a stop word.
// Numbers, codes and words of other scripts are searched as they stand.
func stem(word string) (text string, stop bool) {
	switch {
	case stopwords[word]:
		return word, true
	case len(word) > maxStem:
		return word, false
	}
	if head := irregular[word]; head != "" {
		return head, false
	}
	arabic, english := true, true
	for _, r := range word {
		arabic = arabic && scriptOf(r) == arab
		english = english && 'a' <= r && r <= 'z'
	}
	switch {
	case english:
		return stemEnglish(word), false
	case arabic:
		return stemArabic(word)
	}
	return word, false
}

func stemArabic(word string) (text string, stop bool) {
	if rest, found := stopAfterProclitic(word); found {
		return rest, true
	}
	// مبادىء and شيء are also written مبادئ and شئ, whose last letter folds to a bare hamza.
	if rest := strings.TrimSuffix(word, "يء"); rest != word {
		word = rest + "ء"
	}
	return cutEndings(peel(word)), false
}

// stopAfterProclitic knows stop words with "and", "by" or "for" written on to them: وفي, فهو, لجميع, وببعض.
func stopAfterProclitic(word string) (string, bool) {
	w := []rune(word)
	for i, proclitic := range w {
		switch {
		case i == 0 && (proclitic == 'و' || proclitic == 'ف'):
		case i <= 1 && (proclitic == 'ب' || proclitic == 'ل') && len(w)-i > 3: // two letters would be too few to know them by
		default:
			return "", false
		}
		if rest := string(w[i+1:]); stopwords[rest] && !isOwn(w) {
			return rest, true
		}
	}
	return "", false
}
