package web

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Catches: a text that loses or repeats words where passages overlap, a piece outside of its passage, a passage without a
// piece, and a range asked for that is not marked from its start to its end.
func TestPiecesAddUpToTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := []rune(rapid.StringOfN(rapid.RuneFrom([]rune("ab \nنصّ")), 1, 60, -1).Draw(t, "text"))
		spanOf := func(name string) span {
			start := rapid.IntRange(0, len(text)-1).Draw(t, name+" start")
			return span{start, rapid.IntRange(start+1, len(text)).Draw(t, name+" end")}
		}
		var passages []Numbered
		for i := range rapid.IntRange(0, 6).Draw(t, "passages") {
			s := spanOf("passage")
			passages = append(passages, Numbered{citedPassage: citedPassage{Passage: Passage{Start: s.start, End: s.end}}, Number: i + 1})
		}
		asked := spanOf("asked")
		var whole, marked strings.Builder
		at, begun := 0, map[int]bool{}
		for _, p := range pieces(text, span{0, len(text)}, passages, &asked) {
			whole.WriteString(p.Text)
			if p.Here {
				marked.WriteString(p.Text)
			}
			if p.First != (p.Here && at == asked.start) {
				t.Fatalf("the first piece of %v is marked at %d", asked, at)
			}
			end := at + len([]rune(p.Text))
			if p.Passage != nil && (p.Passage.Start > at || p.Passage.End < end) {
				t.Fatalf("the piece %d-%d is not in %+v", at, end, p.Passage)
			}
			for _, s := range p.Starts {
				begun[s.Number] = begun[s.Number] || s.Start == at
			}
			at = end
		}
		var joined []string
		for _, line := range lines(pieces(text, span{0, len(text)}, passages, &asked), "rtl") {
			var shown strings.Builder
			for _, p := range line.Pieces {
				shown.WriteString(p.Text)
			}
			joined = append(joined, shown.String())
		}
		if strings.Join(joined, "\n") != strings.TrimSuffix(string(text), "\n") {
			t.Fatalf("%q is shown in the lines %q", string(text), joined)
		}
		if whole.String() != string(text) || marked.String() != string(text[asked.start:asked.end]) {
			t.Fatalf("%q is shown as %q, and %q is marked", string(text), whole.String(), marked.String())
		}
		if len(begun) != len(passages) {
			t.Fatalf("%d of %d passages begin somewhere", len(begun), len(passages))
		}
	})
}

// Catches: a long text of which a part is missing, is longer than a page may be, or is cut within a line that fits.
func TestLongTextsAreCutAtLines(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := []rune(rapid.StringOfN(rapid.RuneFrom([]rune("aن\n")), 0, 200, -1).Draw(t, "text"))
		const most = 20
		at := 0
		for _, p := range cutLong(text, most) {
			if p.start != at || p.end <= p.start || p.end-p.start > most {
				t.Fatalf("the part %v begins after %d", p, at)
			}
			second := string(text[min(p.end, p.start+most/2):p.end])
			if p.end < len(text) && text[p.end-1] != '\n' && strings.Contains(second, "\n") {
				t.Fatalf("%q is cut within a line", string(text[p.start:p.end]))
			}
			at = p.end
		}
		if at != len(text) {
			t.Fatalf("%d of %d code points are shown", at, len(text))
		}
	})
}

// Catches: an English line that is set from right to left among Arabic ones, and a line of digits that is set against the
// text around it.
func TestLinesHaveTheirDirection(t *testing.T) {
	text := []rune("1. نصّ\nENACT (1)\n14:00–16:00\n\n")
	var got []string
	for _, line := range lines(pieces(text, span{0, len(text)}, nil, nil), "rtl") {
		got = append(got, line.Direction)
	}
	if strings.Join(got, " ") != "rtl ltr rtl rtl" {
		t.Errorf("the directions of the lines are %v", got)
	}
}
