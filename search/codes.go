package search

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"masar/arabic"
)

// targetsOf has, for each of the 17 goals, its number of numbered targets and the letters of its lettered targets. The
// list is the UN's and does not depend on the graph. By this list, "16 6" is target 16.6, and "5 19" is no code.
var targetsOf = [...]struct {
	numbers int
	letters string
}{
	{}, {5, "ab"}, {5, "abc"}, {9, "abcd"}, {7, "abc"}, {6, "abc"}, {6, "ab"}, {3, "ab"}, {10, "ab"}, {5, "abc"},
	{7, "abc"}, {7, "abc"}, {8, "abc"}, {3, "ab"}, {7, "abc"}, {9, "abc"}, {10, "ab"}, {19, ""},
}

// maxIndicator is the maximum number of indicators of a target.
const maxIndicator = 5

// sdgCode returns the code of an SDG goal, target or indicator from its parts, or "" if the parts form no code.
func sdgCode(parts []string) string {
	goal, _ := strconv.Atoi(parts[0])
	if goal < 1 || goal >= len(targetsOf) {
		return ""
	}
	code := strconv.Itoa(goal)
	if len(parts) == 1 {
		return code
	}
	if n, err := strconv.Atoi(parts[1]); err == nil && 1 <= n && n <= targetsOf[goal].numbers {
		code += "." + strconv.Itoa(n)
	} else if err != nil && strings.Contains(targetsOf[goal].letters, parts[1]) {
		code += "." + parts[1]
	} else {
		return ""
	}
	if len(parts) == 2 {
		return code
	}
	if n, err := strconv.Atoi(parts[2]); err == nil && 1 <= n && n <= maxIndicator {
		return code + "." + strconv.Itoa(n)
	}
	return ""
}

// targetLetters are the letters of targets in Latin and in the UN's Arabic.
var targetLetters = map[string]string{"a": "a", "b": "b", "c": "c", "d": "d", "ا": "a", "ب": "b", "ج": "c", "د": "d"}

// Words around a code. A code word marks a number as a code: goal 16. Light words add no meaning next to a code, so hits
// need not contain them. Millennium words show that no SDG is meant.
var (
	codeWords     = stemsOf("SDG SDGs UNSDG goal target indicator هدف غاية مقصد مؤشر")
	goalWords     = stemsOf("SDG UNSDG goal هدف")
	targetWords   = stemsOf("target غاية مقصد")
	pluralWords   = foldedSet("SDGs goals targets indicators أهداف الأهداف غايات الغايات مقاصد المقاصد مؤشرات المؤشرات")
	light         = stemsOf("UN number no رقم أممي sustainable development united nations global تنمية مستدامة أمم متحدة")
	lightPairs    = pairsOf("sustainable development", "united nations", "تنمية مستدامة", "أمم متحدة")
	millennium    = foldedSet("MDG MDGs millennium ألفية الألفية للألفية إنمائي الإنمائي إنمائية الإنمائية")
	ofWords       = foldedSet("of in under the من ضمن في")
	rangeWords    = foldedSet("to through until إلى الى حتى")
	betweenRanges = "-–—"
)

func stemsOf(list string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(list) {
		set[stemOf(word)] = true
	}
	return set
}

func foldedSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(list) {
		set[arabic.Fold(word)] = true
	}
	return set
}

func pairsOf(phrases ...string) map[string]string {
	pairs := map[string]string{}
	for _, phrase := range phrases {
		first, second, _ := strings.Cut(phrase, " ")
		pairs[stemOf(first)], pairs[stemOf(second)] = stemOf(second), stemOf(first)
	}
	return pairs
}

// stemOf returns the term of a single word.
func stemOf(word string) string {
	if terms := arabic.Analyse(word); len(terms) > 0 {
		return terms[0].Text
	}
	return ""
}

// span is a half-open range of runes.
type span struct{ from, to int }

func (s span) has(t arabic.Term) bool { return s.from <= t.Start && t.End <= s.to }

// reading is a query prepared for analysis: without invisible marks, and with SDG codes as the graph writes them.
type reading struct {
	text  []rune
	codes []span // of SDG codes
	// keys are the codes as terms.
	keys []string
	// light are the words that add no meaning next to the codes.
	light []span
}

// read prepares a query for analysis.
func read(query string) reading {
	r := reader{tokens: tokensOf(visible(query))}
	if !slices.ContainsFunc(r.tokens, func(t token) bool { return t.kind == letters && millennium[arabic.Fold(string(t.written))] }) {
		r.numbers()
		r.targetsOfGoals()
		r.named = r.marks()
		r.findCodes()
	}
	return r.write()
}

// visible removes invisible marks from a query: direction marks, joiners and byte order marks. A joiner before an article
// is replaced by a space, and a public address by the code at its end.
func visible(query string) []rune {
	var shown []rune
	written := []rune(query)
	for i, r := range written {
		switch {
		case r == '\u200c' && i+2 < len(written) && written[i+1] == 'ا' && written[i+2] == 'ل':
			shown = append(shown, ' ')
		case unicode.Is(unicode.Cf, r):
		default:
			shown = append(shown, r)
		}
	}
	words := strings.Fields(string(shown))
	changed := false
	for i, word := range words {
		if address.MatchString(word) {
			path := strings.TrimRight(word, "/#?.,;)")
			words[i], changed = path[strings.LastIndexAny(path, "/#=")+1:], true
		}
	}
	if changed {
		return []rune(strings.Join(words, " "))
	}
	return shown
}

// address matches the beginning of a web address. People also copy addresses without the scheme.
var address = regexp.MustCompile(`^(https?://|([A-Za-z0-9-]+\.)+[A-Za-z]{2,}/)`)

// reader reads the codes in the tokens of a query.
type reader struct {
	tokens []token
	named  []bool // tokens that belong to a run of code words and light words
	found  []foundCodes
}

// foundCodes are the codes for a run of tokens. A range has several codes.
type foundCodes struct {
	from, to int // in tokens
	codes    []string
}

// at returns the token at an index, or the zero token if the index is out of range.
func (r *reader) at(i int) token {
	if i < 0 || i >= len(r.tokens) {
		return token{}
	}
	return r.tokens[i]
}

func (r *reader) is(i int, set map[string]bool) bool {
	t := r.at(i)
	return t.kind == letters && set[stemOf(string(t.written))]
}

func (r *reader) folds(i int, set map[string]bool) bool {
	t := r.at(i)
	return t.kind == letters && set[arabic.Fold(string(t.written))]
}

// past returns the index after white space.
func (r *reader) past(i int) int {
	for r.at(i).kind == space {
		i++
	}
	return i
}

// before returns the index before white space.
func (r *reader) before(i int) int {
	for i--; r.at(i).kind == space; i-- {
	}
	return i
}

// targetsOfGoals reads "target 6 of goal 16" as target 16.6.
func (r *reader) targetsOfGoals() {
	for i := 0; i < len(r.tokens); i++ {
		if !r.is(i, targetWords) {
			continue
		}
		number := r.past(i + 1)
		end := r.past(number + 1)
		part := r.at(number).text
		if letter := targetLetters[part]; letter != "" {
			part = letter
		} else if r.at(number).kind != digits {
			continue
		}
		for r.folds(end, ofWords) {
			end = r.past(end + 1)
		}
		goal := r.past(end + 1)
		if !r.is(end, goalWords) || end == r.past(number+1) || r.at(goal).kind != digits {
			continue
		}
		if code := sdgCode([]string{r.at(goal).text, part}); code != "" {
			read := tokensOf([]rune(code))
			r.tokens = slices.Concat(r.tokens[:number], read, r.tokens[goal+1:])
		}
	}
}

// marks finds the words that belong to codes: runs of code words and light words, separated only by white space, signs
// and stop words.
func (r *reader) marks() []bool {
	named := make([]bool, len(r.tokens))
	for i, t := range r.tokens {
		if t.kind != letters {
			continue
		}
		stem := stemOf(string(t.written))
		switch other := lightPairs[stem]; {
		case other != "":
			next, last := r.at(r.past(i+1)), r.at(r.before(i))
			named[i] = stemOf(string(next.written)) == other || stemOf(string(last.written)) == other
		default:
			named[i] = codeWords[stem] || light[stem]
		}
	}
	return named
}

// findCodes finds the codes from the first token to the last.
func (r *reader) findCodes() {
	for i := 0; i < len(r.tokens); {
		found, ok := r.codeAt(i)
		if !ok {
			i++
			continue
		}
		found = r.rangeFrom(found)
		r.found = append(r.found, found)
		i = found.to
	}
}

// codeAt reads the longest code that begins at a token.
func (r *reader) codeAt(i int) (foundCodes, bool) {
	if r.at(i).kind != digits || !r.begins(i) {
		return foundCodes{}, false
	}
	parts, ends := []string{r.at(i).text}, []int{i + 1}
	for at := i + 1; len(parts) < 3; {
		part, end, loose := r.part(at)
		if part == "" || loose && !r.onlyCodes() || r.listed(i) && !strings.Contains("./", r.at(at).text) {
			break
		}
		parts, ends, at = append(parts, part), append(ends, end), end
	}
	for n := len(parts); n > 0; n-- {
		code := sdgCode(parts[:n])
		if code == "" || !r.ends(ends[n-1]) || n == 1 && !r.afterCodeWord(i) {
			continue
		}
		return foundCodes{i, ends[n-1], []string{code}}, true
	}
	return foundCodes{}, false
}

// begins reports whether a code can begin at a token. It cannot if the token before it may belong to the same code or
// word.
func (r *reader) begins(i int) bool {
	switch before := r.at(i - 1); before.kind {
	case space:
		return true
	case letters:
		return r.named[i-1] || len([]rune(before.text)) == 1 && isArabic(before.written[0]) // و16.6
	case sign:
		if i > 1 && strings.Contains("-_.:/", before.text) {
			return r.named[i-2] || r.at(i-2).kind == space || len(r.found) > 0 && r.found[len(r.found)-1].to >= i-1
		}
	}
	return true
}

// ends reports whether a code can end before a token.
func (r *reader) ends(i int) bool {
	switch after := r.at(i); after.kind {
	case letters, digits:
		return false
	case sign:
		if i < len(r.tokens) && after.text == "%" {
			return false
		}
		next := r.at(i + 1).kind
		return i+1 >= len(r.tokens) || !strings.Contains("._", after.text) || next != digits && next != letters
	}
	return true
}

// part reads the next part of a code. It returns the end of the part, and whether only white space or nothing separates
// it from the previous part.
func (r *reader) part(i int) (part string, end int, loose bool) {
	at := i
	switch t := r.at(i); {
	case t.kind == letters:
		loose = r.at(i-1).text == "3" && t.text == "d" // which is rather "3D"
	case t.kind == digits && r.at(i-1).kind == letters: // 16a1
		return t.text, i + 1, false
	case t.kind == space && (r.at(i+1).text == "-" || r.at(i+1).text == "."):
		at = r.past(i + 2)
	case t.kind == space:
		at, loose = i+1, true
	case t.kind == sign && t.text == ",":
		at = i + 1
	case t.kind == sign && strings.Contains(".-/_", t.text):
		at = r.past(i + 1)
	default:
		return "", 0, false
	}
	if t := r.at(at); t.kind == digits && at > i && len(t.text) <= 3 {
		return t.text, at + 1, loose
	} else if letter := targetLetters[strings.ReplaceAll(t.text, "ـ", "")]; t.kind == letters && letter != "" {
		return letter, at + 1, loose
	}
	return "", 0, false
}

// onlyCodes reports whether the query consists of codes and the words that name them. Only then do numbers separated by
// white space form one code.
func (r *reader) onlyCodes() bool {
	for i, t := range r.tokens {
		if t.kind == letters && !r.named[i] && targetLetters[strings.ReplaceAll(t.text, "ـ", "")] == "" && !r.stop(i) {
			return false
		}
	}
	return true
}

func (r *reader) stop(i int) bool {
	terms := arabic.Analyse(string(r.at(i).written))
	return len(terms) > 0 && terms[0].Stop
}

// listed reports whether the word before a code is plural, as in "goals 5, 10". The numbers are then a list.
func (r *reader) listed(i int) bool {
	for i--; i >= 0; i-- {
		switch {
		case r.folds(i, pluralWords):
			return r.is(i, goalWords)
		case r.at(i).kind == letters && !r.named[i] && !r.stop(i):
			return false
		}
	}
	return false
}

// afterCodeWord reports whether a number follows a code word or another code.
func (r *reader) afterCodeWord(i int) bool {
	for i--; i >= 0; i-- {
		if n := len(r.found); n > 0 && r.found[n-1].to == i+1 {
			return true
		}
		switch t := r.at(i); {
		case t.kind == letters && r.is(i, codeWords):
			return true
		case t.kind == letters && (r.named[i] || r.stop(i)), t.kind == space, t.kind == sign && strings.Contains("#-_:.,/&(", t.text):
		default:
			return r.goalsAfter()
		}
	}
	return r.goalsAfter()
}

// goalsAfter reports whether the query names goals at any place, as in "16 SDG".
func (r *reader) goalsAfter() bool {
	for i := range r.tokens {
		if r.is(i, goalWords) && r.onlyCodes() {
			return true
		}
	}
	return false
}

// maxRange is the maximum number of codes in an expanded range. For a longer range, only its ends are searched.
const maxRange = 12

// rangeFrom continues reading if a code is the first of a range: 16.6-16.10, goals 5 to 8.
func (r *reader) rangeFrom(first foundCodes) foundCodes {
	dash := r.past(first.to)
	t := r.at(dash)
	if !(t.kind == sign && strings.Contains(betweenRanges, t.text) || r.folds(dash, rangeWords)) {
		return first
	}
	r.found = append(r.found, foundCodes{first.from, dash + 1, first.codes}) // the code before the last
	last, ok := r.codeAt(r.past(dash + 1))
	r.found = r.found[:len(r.found)-1]
	if !ok {
		return first
	}
	return foundCodes{first.from, last.to, between(first.codes[0], last.codes[0])}
}

// between returns the codes from one code to another of the same goal, or only these two if they form no range.
func between(first, last string) []string {
	a, b := strings.Split(first, "."), strings.Split(last, ".")
	end := len(a) - 1
	from, err1 := strconv.Atoi(a[end])
	to, err2 := strconv.Atoi(b[len(b)-1])
	if len(a) != len(b) || err1 != nil || err2 != nil || !slices.Equal(a[:end], b[:end]) || to-from >= maxRange {
		return []string{first, last}
	}
	codes := []string{first}
	for n := from + 1; n <= to; n++ {
		codes = append(codes, strings.Join(append(slices.Clone(a[:end]), strconv.Itoa(n)), "."))
	}
	return codes
}

// write returns the query with its codes as the graph writes them.
func (r *reader) write() reading {
	var w reading
	next := 0
	for i := 0; i < len(r.tokens); {
		if next < len(r.found) && r.found[next].from == i {
			for _, code := range r.found[next].codes {
				if n := len(w.text); n > 0 && kindOf(w.text[n-1]) != space {
					w.text = append(w.text, ' ')
				}
				from := len(w.text)
				w.text = append(w.text, []rune(code)...)
				w.codes, w.keys = append(w.codes, span{from, len(w.text)}), append(w.keys, code)
			}
			i = r.found[next].to
			next++
			if after := r.at(i).kind; i < len(r.tokens) && after != space {
				w.text = append(w.text, ' ')
			}
			continue
		}
		from := len(w.text)
		w.text = append(w.text, r.tokens[i].written...)
		if len(r.found) > 0 && r.named[i] {
			w.light = append(w.light, span{from, len(w.text)})
		}
		i++
	}
	return w
}
