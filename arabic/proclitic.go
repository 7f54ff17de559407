package arabic

// peel takes from a folded Arabic word what is written on to its front but is a word of its own: the article,
// and the "and", "by", "as", "for" before it. What looks the same but belongs to the word is in own.txt.
func peel(word string) string {
	w := []rune(word)
	if isWhole(w) {
		return word
	}
	if rest, found := cutArticle(w); found {
		return string(rest)
	}
	if w[0] == 'و' || w[0] == 'ف' {
		if isWhole(w[1:]) {
			return string(w[1:])
		}
		if rest, found := cutArticle(w[1:]); found { // والفعالية, فالحكومة, وللمواطن
			return string(rest)
		}
	}
	if w[0] == 'و' && len(w) >= 4 {
		// "and" before a word without article: وخدمات, وتعزيز. It is common enough that only the words which
		// begin with a و of their own are listed, and not those before which it is taken off.
		w = w[1:]
		if isWhole(w) {
			return string(w)
		}
	}
	return string(cutPreposition(w))
}

// articles are the ways in which the article begins a word, with the letters that must remain for it to be one.
var articles = []struct {
	prefix string
	remain int
}{
	{"ال", 2},
	{"بال", 2}, {"كال", 2}, {"فال", 2}, // بالحكومة, كالتعليم
	{"لل", 2},  // للمواطن: the alef of the article goes after ل
	{"سال", 4}, // hardly ever written
}

// cutArticle cuts the article with the proclitic before it. It is cut again where it seems to stand twice, which
// is how الالتزام (the commitment) and التزام, which begins with the same letters, meet.
func cutArticle(w []rune) ([]rune, bool) {
	for _, a := range articles {
		prefix := []rune(a.prefix)
		if !hasPrefix(w, prefix) || len(w)-len(prefix) < a.remain {
			continue
		}
		rest := w[len(prefix):]
		if len(prefix) == 3 && isWhole(w[1:]) { // بألمانيا, whose ال is no article
			return w[1:], true
		}
		if a.prefix == "لل" && isOwn(w[1:]) {
			// Before a word that begins with ل three would stand and two are written: للجنة is ل and اللجنة.
			rest = w[1:]
		}
		for hasPrefix(rest, []rune("ال")) && len(rest) >= 5 && !isWhole(rest) {
			rest = rest[2:]
		}
		return rest, true
	}
	return w, false
}

// cutPreposition cuts ل before any word, since few words begin with one of their own, and ب, ك and ف, with which
// many begin, only before nouns of the list and before forms that leave no doubt.
func cutPreposition(w []rune) []rune {
	if len(w) < 4 {
		return w
	}
	rest := w[1:]
	switch {
	case isOwn(w):
	case w[0] == 'ل': // لتعزيز, لدعم
		return rest
	case w[0] == 'ب' && isVerbalNoun(rest): // باستخدام, بتنفيذ
		return rest
	case (w[0] == 'ب' || w[0] == 'ك' || w[0] == 'ف') && (nouns[string(rest)] || nouns[cutEndings(string(rest))]): // بحاكمية, بمصر
		return rest
	}
	return w
}

// isVerbalNoun knows the verbal nouns by their shape: استخدام, اعتماد, اتخاذ, and تنفيذ.
func isVerbalNoun(w []rune) bool {
	switch {
	case len(w) < 5:
		return false
	case w[0] == 'ا':
		return w[1] == 'ت' || w[2] == 'ت'
	}
	return w[0] == 'ت' && w[3] == 'ي'
}

// isWhole reports whether a word is listed, so that nothing is to be taken from its front.
func isWhole(w []rune) bool { return irregular[string(w)] != "" || isOwn(w) }

func isOwn(w []rune) bool {
	s := string(w)
	return own[s] || own[cutEndings(s)]
}

func hasPrefix(w, prefix []rune) bool {
	if len(w) < len(prefix) {
		return false
	}
	for i, r := range prefix {
		if w[i] != r {
			return false
		}
	}
	return true
}
