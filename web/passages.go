package web

import (
	"slices"
	"strings"
	"unicode"
)

// span is a range of a text in code points; its end is exclusive.
type span struct{ start, end int }

// Start is the start of the range.
func (s span) Start() int { return s.start }

// End is the end of the range (exclusive).
func (s span) End() int { return s.end }

// TextPiece is a stretch of a text within the same passages.
type TextPiece struct {
	Text string
	// Passage is the shortest passage that contains the piece; nil if none does.
	Passage *Numbered
	// Starts are the passages that begin with the piece.
	Starts []Numbered
	// Here reports whether the piece is in the range asked for, and First whether it is the first such piece.
	Here, First bool
}

// Link is the passage that the piece leads to; nil if there is none, or no word to click on.
func (p TextPiece) Link() *Numbered {
	if !strings.ContainsFunc(p.Text, isOfWord) && len(p.Starts) == 0 {
		return nil
	}
	return p.Passage
}

func isOfWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// pieces cuts a part of a text at the ends of its lines, of its passages and of the range asked for. The pieces add up to
// the part.
func pieces(text []rune, part span, passages []Numbered, asked *span) []TextPiece {
	cuts := []int{part.start, part.end}
	cut := func(at int) {
		if at > part.start && at < part.end {
			cuts = append(cuts, at)
		}
	}
	for i, r := range text[part.start:part.end] {
		if r == '\n' {
			cut(part.start + i + 1)
		}
	}
	for _, p := range passages {
		cut(p.Start)
		cut(p.End)
	}
	if asked != nil {
		cut(asked.start)
		cut(asked.end)
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var all []TextPiece
	isFirst := true
	for i := range len(cuts) - 1 {
		p := pieceOf(text, span{cuts[i], cuts[i+1]}, passages)
		p.Here = asked != nil && asked.start <= cuts[i] && cuts[i+1] <= asked.end
		p.First = p.Here && isFirst
		isFirst = isFirst && !p.Here
		all = append(all, p)
	}
	return all
}

func pieceOf(text []rune, of span, passages []Numbered) TextPiece {
	piece := TextPiece{Text: string(text[of.start:of.end])}
	for i, p := range passages {
		if p.Start > of.start || p.End < of.end {
			continue
		}
		if piece.Passage == nil || p.End-p.Start < piece.Passage.End-piece.Passage.Start {
			piece.Passage = &passages[i]
		}
		if p.Start == of.start {
			piece.Starts = append(piece.Starts, p)
		}
	}
	return piece
}

// Line is a line of a text with its writing direction.
type Line struct {
	Direction string
	Pieces    []TextPiece
}

// lines are the lines of a text, without the characters that end them. A line has the direction of its first letter, or
// that of the text if it has none.
func lines(all []TextPiece, direction string) []Line {
	var cut []Line
	begins := true
	for _, p := range all {
		if begins {
			cut = append(cut, Line{})
		}
		begins = strings.HasSuffix(p.Text, "\n")
		p.Text = strings.TrimSuffix(p.Text, "\n")
		line := &cut[len(cut)-1]
		line.Pieces = append(line.Pieces, p)
		if line.Direction == "" {
			line.Direction = directionOf(p.Text)
		}
	}
	for i := range cut {
		if cut[i].Direction == "" {
			cut[i].Direction = direction
		}
	}
	return cut
}

// directionOf is the writing direction of the first letter of a text; empty if it has none.
func directionOf(text string) string {
	i := strings.IndexFunc(text, unicode.IsLetter)
	switch {
	case i < 0:
		return ""
	case strings.IndexFunc(text, func(r rune) bool { return unicode.In(r, unicode.Arabic, unicode.Hebrew) }) == i:
		return "rtl"
	}
	return "ltr"
}

// cutLong cuts a long text into parts of at most a number of code points, after the end of a line where there is one in
// the second half of the part.
func cutLong(text []rune, most int) []span {
	var parts []span
	for start := 0; start < len(text); {
		end := min(len(text), start+most)
		if end < len(text) {
			for at := end; at > start+most/2; at-- {
				if text[at-1] == '\n' {
					end = at
					break
				}
			}
		}
		parts = append(parts, span{start, end})
		start = end
	}
	return parts
}
