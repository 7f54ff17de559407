package seed

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"masar"
)

// skeletonHead is the part of a skeleton before the passages.
const skeletonHead = `# Write what is empty. Each passage needs evidence of a claim, or an observation. Remove a
# passage that is not needed, or list its range under "excluded" with the reason.
document:
  code: ""
  form: ""
  title: {ar: "", en: ""}
  summary: {ar: "", en: ""}
  languages: [%s]
  family: ""
  version: {sha256: %s, length: %d}
`

// Skeleton returns a seed file for the text of a document, to be completed by a person. It has the version of the text,
// and a passage for each paragraph. It contains no words of the text.
func Skeleton(text string) string {
	version, languages := Version(text), languagesOf(text)
	var b strings.Builder
	fmt.Fprintf(&b, skeletonHead, strings.Join(texts(languages), ", "), version.SHA256, version.Length)
	for i, p := range paragraphs(text) {
		if i == 0 {
			b.WriteString("passages:\n")
		}
		lang := ""
		if own := languageOf(p.words, languages[0]); own != languages[0] {
			lang = fmt.Sprintf(", lang: %s", own)
		}
		fmt.Fprintf(&b, "  p-%[1]d-%[2]d: {start: %[1]d, end: %[2]d, sha256: %[3]s%[4]s, locator: {ar: \"\", en: \"\"}, summary: {ar: \"\", en: \"\"}} # line %[5]d\n",
			p.start, p.end, sum(p.words), lang, p.line)
	}
	return b.String()
}

// paragraph is a range of runes of a text with a letter or a digit.
type paragraph struct {
	start, end int
	line       int // the line where it begins, from 1
	words      string
}

// paragraphs returns the paragraphs of a text, without spaces around them. Blank lines separate them; in a text without
// blank lines, each line is one.
func paragraphs(text string) (found []paragraph) {
	lines := strings.SplitAfter(text, "\n")
	blank := slices.ContainsFunc(linesBetween(lines), isBlank)
	start, at, first := 0, 0, 0 // start and at count runes
	end := func(next int) {
		if p := newParagraph(strings.Join(lines[first:next], ""), start, first); p.words != "" {
			found = append(found, p)
		}
		start, first = at, next
	}
	for i, line := range lines {
		if isBlank(line) {
			end(i)
		}
		at += utf8.RuneCountInString(line)
		if !blank || isBlank(line) {
			end(i + 1)
		}
	}
	end(len(lines))
	return found
}

// linesBetween are the lines between the first and the last that are not blank.
func linesBetween(lines []string) []string {
	for len(lines) > 0 && isBlank(lines[0]) {
		lines = lines[1:]
	}
	for len(lines) > 0 && isBlank(lines[len(lines)-1]) {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// isBlank reports whether a line has neither a letter nor a digit.
func isBlank(line string) bool { return !strings.ContainsFunc(line, isWordRune) }

// newParagraph returns the paragraph of lines that begin at a rune and a line of the text; its words are empty if the
// lines are blank.
func newParagraph(lines string, start, line int) paragraph {
	if isBlank(lines) {
		return paragraph{}
	}
	words := strings.TrimLeftFunc(lines, isAround)
	before := lines[:len(lines)-len(words)]
	words = strings.TrimRightFunc(words, isAround)
	start += utf8.RuneCountInString(before)
	return paragraph{start, start + utf8.RuneCountInString(words), 1 + line + strings.Count(before, "\n"), words}
}

// isAround reports whether a character at an end of a paragraph is not part of it.
func isAround(r rune) bool { return unicode.IsSpace(r) || r == 0xFEFF }

// languagesOf are the languages of a text's paragraphs: first that of the whole text, then the other one.
func languagesOf(text string) []masar.Language {
	languages := []masar.Language{languageOf(text, masar.Arabic)}
	for _, p := range paragraphs(text) {
		if own := languageOf(p.words, languages[0]); !slices.Contains(languages, own) {
			languages = append(languages, own)
		}
	}
	return languages
}

// languageOf is the language of most letters of a text, or the other one given if neither has more.
func languageOf(text string, otherwise masar.Language) masar.Language {
	arabic, latin := 0, 0
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Arabic, r):
			arabic++
		case unicode.Is(unicode.Latin, r):
			latin++
		}
	}
	switch {
	case latin > arabic:
		return masar.English
	case arabic > latin:
		return masar.Arabic
	}
	return otherwise
}
