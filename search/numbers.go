package search

import (
	"strconv"
	"strings"
	"unicode"

	"masar/arabic"
)

// Number words next to goals and targets: goal sixteen, the sixteenth goal, الهدف السادس عشر. Elsewhere, number words
// remain words.

const (
	englishCardinals = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
	englishOrdinals  = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
	// arabicNumbers has one line for each number from 1 to 10, with all of its forms.
	arabicNumbers = `أول أولى واحد واحدة حادي حادية أحد إحدى
ثاني ثانية ثان اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي
ثالث ثالثة ثلاثة ثلاث
رابع رابعة أربعة أربع
خامس خامسة خمسة خمس
سادس سادسة ستة ست
سابع سابعة سبعة سبع
ثامن ثامنة ثمانية ثماني ثمان
تاسع تاسعة تسعة تسع
عاشر عاشرة عشرة عشر`
)

var (
	cardinals = numbered(strings.Fields(englishCardinals))
	ordinals  = numbered(strings.Fields(englishOrdinals))
	ofArabic  = numbered(strings.Split(arabicNumbers, "\n"))
)

// numbered maps words to the numbers of their lines, counted from 1.
func numbered(lines []string) map[string]int {
	numbers := map[string]int{}
	for i, line := range lines {
		for _, word := range strings.Fields(line) {
			numbers[arabic.Fold(word)] = i + 1
		}
	}
	return numbers
}

// numbers replaces the number words next to code words with digits.
func (r *reader) numbers() {
	for i := 0; i < len(r.tokens); i++ {
		if !r.is(i, codeWords) {
			continue
		}
		at := r.past(i + 1)
		if r.folds(at, numberSigns) {
			at = r.past(at + 1)
		}
		if n, end := r.numberAt(at); n > 0 {
			r.digits(at, end, n)
			continue
		}
		if before := r.before(i); before >= 0 && before < i-1 {
			word := r.at(before).text
			if n := ordinals[word]; n > 0 {
				r.digits(before, before+1, n)
				continue
			}
			if n := numerical(r.at(before-1), word); n > 0 { // 16th goal
				r.digits(before-1, before+1, n)
				i--
			}
		}
	}
}

var numberSigns = foldedSet("number no رقم")

// numerical returns the number of an ordinal such as 16th.
func numerical(number token, ending string) int {
	if number.kind != digits || ending != "st" && ending != "nd" && ending != "rd" && ending != "th" {
		return 0
	}
	n, _ := strconv.Atoi(number.text)
	return n
}

// numberAt reads the number word at an index. It returns the number and the end of the word; 0 if there is none.
func (r *reader) numberAt(i int) (n, end int) {
	t := r.at(i)
	if t.kind != letters {
		return 0, 0
	}
	if n := cardinals[t.text] + ordinals[t.text]; n > 0 {
		return n, i + 1
	}
	n = ofArabic[bare(t)]
	if n == 0 {
		return 0, 0
	}
	if next := r.past(i + 1); n < 10 && next > i+1 && ofArabic[bare(r.at(next))] == 10 { // السادس عشر
		return n + 10, next + 1
	}
	return n, i + 1
}

// bare returns an Arabic word in its folded form, without the article.
func bare(t token) string {
	word := arabic.Fold(string(t.written))
	if rest, ok := strings.CutPrefix(word, article); ok && unicode.IsLetter([]rune(rest + " ")[0]) {
		return rest
	}
	return word
}

// digits replaces some tokens with a number.
func (r *reader) digits(from, to, n int) {
	text := strconv.Itoa(n)
	rest := r.tokens[to:]
	r.tokens = append(append(r.tokens[:from:from], token{[]rune(text), text, digits}), rest...)
}
