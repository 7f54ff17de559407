package web

import "masar/answers"

// Highlight is a text of a hit with the ranges of the words of a search, in Unicode characters.
type Highlight struct {
	Field  answers.SearchField `json:"field"`
	Lang   *string             `json:"lang"`
	Value  string              `json:"value"`
	Ranges []struct {
		Start int `json:"start"`
		End   int `json:"end"`
	} `json:"ranges"`
}

// Marked is a text in which the words of a search are marked.
type Marked struct {
	LocalizedText
	Pieces []Piece
}

// Piece is a part of a text, marked or not.
type Piece struct {
	Text     string
	IsMarked bool
}

// isMarked reports whether any word is marked.
func (m Marked) isMarked() bool {
	return len(m.Pieces) > 1 || len(m.Pieces) == 1 && m.Pieces[0].IsMarked
}

// markedIn is a text with the words that a highlight of the same text marks.
func markedIn(text LocalizedText, highlights []Highlight) Marked {
	for _, h := range highlights {
		if h.Value == text.Value && h.Field != answers.FieldCode {
			return Marked{text, h.pieces()}
		}
	}
	return Marked{text, []Piece{{Text: text.Value}}}
}

// marked is the text of a highlight itself.
func (h Highlight) marked() Marked {
	text := LocalizedText{Value: h.Value, Lang: "EN", Dir: "LTR"}
	if h.Lang != nil && *h.Lang == "AR" {
		text.Lang, text.Dir = "AR", "RTL"
	}
	return Marked{text, h.pieces()}
}

// pieces divides the text at the ends of its ranges.
func (h Highlight) pieces() []Piece {
	var all []Piece
	text, at := []rune(h.Value), 0
	add := func(end int, isMarked bool) {
		if end = min(end, len(text)); end > at {
			all = append(all, Piece{string(text[at:end]), isMarked})
			at = end
		}
	}
	for _, r := range h.Ranges {
		add(r.Start, false)
		add(r.End, true)
	}
	add(len(text), false)
	return all
}
