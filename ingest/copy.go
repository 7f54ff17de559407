package ingest

import (
	"strings"

	"masar"
)

// Difference is a difference between a file and a known text that changes its bytes, but none of its words.
type Difference string

// The differences.
const (
	// ByteOrderMark: one of the two begins with a byte order mark.
	ByteOrderMark Difference = "BYTE_ORDER_MARK"
	// LineEnds: the lines of one end with a line feed, those of the other with a carriage return and a line feed.
	LineEnds Difference = "LINE_ENDS"
)

const (
	byteOrderMark = "\ufeff"
	lineFeed      = "\n"
	windowsEnd    = "\r\n"
)

// restore replaces the text of a file by the known text of which it is a copy with another byte order mark or other line
// ends. The hash of the known text proves that it is the same.
func (f *File) restore(documents []*masar.Document) {
	if isKnown(f.Text, documents) {
		return
	}
	plain, marked := strings.CutPrefix(f.Text.Text, byteOrderMark)
	lines := strings.ReplaceAll(plain, windowsEnd, lineFeed)
	for _, mark := range []bool{false, true} {
		for _, end := range []string{lineFeed, windowsEnd} {
			text := strings.ReplaceAll(lines, lineFeed, end)
			differs := []Difference{}
			if mark != marked {
				differs = append(differs, ByteOrderMark)
			}
			if text != plain {
				differs = append(differs, LineEnds)
			}
			if mark {
				text = byteOrderMark + text
			}
			if known := sourceText([]byte(text)); len(differs) > 0 && isKnown(known, documents) {
				f.Text, f.Differs = known, differs
				return
			}
		}
	}
}

// isKnown reports whether a document has a version with the text's hash.
func isKnown(text *masar.SourceText, documents []*masar.Document) bool {
	_, known := Recognise(text, documents)
	return known
}
