package arabic

import "slices"

// cutEndings cuts the endings from a folded Arabic word, one after the other, until no rule applies or a word of
// irregular.txt is reached: خدماتها, خدمات; مواطنيها, مواطني, مواطن; شركائها, شركاء and so شريك.
func cutEndings(word string) string {
	w := []rune(word)
	for {
		if head := irregular[string(w)]; head != "" {
			return head
		}
		shorter := cutEnding(w)
		if len(shorter) == len(w) {
			return string(w)
		}
		w = shorter
	}
}

// endings are cut where at least so many letters remain. Short words keep what looks like an ending, since there
// it mostly is none: لبنان and ضمان keep their ان, تمكين and تأمين their ين, قانون its ون, مهم its هم.
var endings = []struct {
	suffix []rune
	remain int
}{
	// pronouns: "their", "its", "our", "your"
	{[]rune("هما"), 4}, {[]rune("ها"), 3}, {[]rune("هم"), 4}, {[]rune("هن"), 4}, {[]rune("نا"), 5}, {[]rune("كم"), 5},
	// dual and plural
	{[]rune("ان"), 5}, {[]rune("ون"), 4}, {[]rune("ين"), 4}, {[]rune("ات"), 3},
	// the plural that stands before another noun: مسؤولو الوزارة
	{[]rune("و"), 4},
	// ة, the pronoun ه, the ي of relation and of "my", and the alef that carries an accusative (دعمًا) or ends
	// تكنولوجيا, which so meets تكنولوجية
	{[]rune("ه"), 3}, {[]rune("ي"), 3}, {[]rune("ا"), 3},
}

// pronouns follow a ت that is the ة of the word without them (وزارتها, مبادرته) or its plural's (خدماتها).
// The dual's endings do likewise (دولتين).
var pronouns = [][]rune{[]rune("هما"), []rune("ها"), []rune("هم"), []rune("هن"), []rune("نا"), []rune("كم"), []rune("ه"), []rune("ان"), []rune("ين")}

func cutEnding(w []rune) []rune {
	// A listed word goes before any rule: ثابته is ثابت with an ending, not ثابة with a pronoun.
	for _, e := range endings {
		if hasSuffix(w, e.suffix) && irregular[string(w[:len(w)-len(e.suffix)])] != "" {
			return w[:len(w)-len(e.suffix)]
		}
	}
	for _, p := range pronouns {
		if !hasSuffix(w, p) || len(w)-len(p) < 3 || w[len(w)-len(p)-1] != 'ت' {
			continue
		}
		withT := w[:len(w)-len(p)]
		if withT[len(withT)-2] == 'ا' && len(withT) >= 5 {
			return withT
		}
		withH := append(slices.Clone(withT[:len(withT)-1]), 'ه')
		if len(withH) >= 4 || irregular[string(withH)] != "" { // ثقتهم is ثقة, but صوتها has a ت of its own
			return withH
		}
	}
	for _, e := range endings {
		if len(w)-len(e.suffix) >= e.remain && hasSuffix(w, e.suffix) {
			return w[:len(w)-len(e.suffix)]
		}
	}
	return w
}

func hasSuffix(w, suffix []rune) bool {
	return len(w) >= len(suffix) && slices.Equal(w[len(w)-len(suffix):], suffix)
}
