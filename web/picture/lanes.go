// Package picture computes the geometry of the pages' pictures. It is pure: the templates draw what it returns.
package picture

import (
	"fmt"
	"math"
	"strings"
	"unicode"
)

// The sizes of a picture of lanes, in units of its viewBox.
const (
	// LanesWidth is the width of the picture.
	LanesWidth = 1040.0
	// LanesFont is the size of its texts.
	LanesFont = 13.0

	lanesMargin  = 12.0
	labelWidth   = 320.0 // the greatest width of a label
	dotGap       = 12.0  // from a label to its dot
	rowHeight    = 24.0
	laneGap      = 12.0 // between two lanes
	centreWidth  = 176.0
	centreIndent = 12.0 // within the box of the centre
	lineHeight   = 18.0
	centreLines  = 4
)

// Lane is a group of neighbours with its heading.
type Lane struct {
	Heading string
	Labels  []string
}

// Label is a text of a picture. It begins or ends at X, in the writing direction of the picture, as Anchor says.
type Label struct {
	X, Y   float64 // Y is the baseline
	Text   string  // shortened if it is too long
	Anchor string  // start, middle or end
}

// Neighbour is an entity in a lane: its label, its dot, and the line from the centre to the dot as an SVG path.
type Neighbour struct {
	Label Label
	X, Y  float64
	Edge  string
}

// PlacedLane is a lane with the places of its texts.
type PlacedLane struct {
	Heading    Label
	Neighbours []Neighbour
}

// Centre is the box of the entity in the middle.
type Centre struct {
	X, Y, Width, Height float64
	Lines               []Label
}

// LanesPicture is a neighbourhood: the entity in the middle, and its neighbours in two columns of lanes with their labels
// on the outside.
type LanesPicture struct {
	Width, Height float64
	Centre        Centre
	Lanes         []PlacedLane
}

// Lanes places the neighbours of an entity. With mirrored, the picture is for readers from right to left: the first lanes
// are on the right.
func Lanes(centre string, lanes []Lane, mirrored bool) LanesPicture {
	split := balanced(lanes)
	columns := [2][]Lane{lanes[:split], lanes[split:]}
	lines := wrapped(centre, centreWidth-2*centreIndent, centreLines)
	box := float64(len(lines))*lineHeight + 2*centreIndent
	p := LanesPicture{
		Width:  LanesWidth,
		Height: 2*lanesMargin + max(box, columnHeight(columns[0]), columnHeight(columns[1])),
	}
	p.Centre = centreBox(lines, box, p.Height/2)
	for i, column := range columns {
		p.Lanes = append(p.Lanes, placed(column, i == 1, p.Height)...)
	}
	if mirrored {
		p.mirror()
	}
	for i := range p.Lanes {
		p.Lanes[i].connect(p.Centre)
	}
	return p
}

func laneHeight(l Lane) float64 { return float64(1+len(l.Labels)) * rowHeight }

func columnHeight(lanes []Lane) float64 {
	height := 0.0
	for i, l := range lanes {
		if i > 0 {
			height += laneGap
		}
		height += laneHeight(l)
	}
	return height
}

// balanced is the number of lanes in the first column that makes the columns about equally high.
func balanced(lanes []Lane) int {
	best, least := 0, math.Inf(1)
	for n := range len(lanes) + 1 {
		if height := max(columnHeight(lanes[:n]), columnHeight(lanes[n:])); height < least {
			best, least = n, height
		}
	}
	return best
}

func centreBox(lines []string, height, middle float64) Centre {
	c := Centre{X: (LanesWidth - centreWidth) / 2, Y: middle - height/2, Width: centreWidth, Height: height}
	for i, line := range lines {
		baseline := c.Y + centreIndent + float64(i)*lineHeight + LanesFont
		c.Lines = append(c.Lines, Label{X: LanesWidth / 2, Y: baseline, Text: line, Anchor: "middle"})
	}
	return c
}

// placed are the lanes of a column, in the middle of the height of the picture. The labels of the first column end at
// their dots, and those of the second begin there.
func placed(lanes []Lane, second bool, height float64) []PlacedLane {
	label, dot, anchor := lanesMargin+labelWidth, lanesMargin+labelWidth+dotGap, "end"
	if second {
		label, dot, anchor = LanesWidth-label, LanesWidth-dot, "start"
	}
	y := (height - columnHeight(lanes)) / 2
	at := func(text string) Label {
		return Label{X: label, Y: y + rowHeight/2 + LanesFont/3, Text: text, Anchor: anchor}
	}
	var all []PlacedLane
	for _, l := range lanes {
		// A heading is bold, so it is wider.
		lane := PlacedLane{Heading: at(shortened(l.Heading, labelWidth/boldness))}
		for _, text := range l.Labels {
			y += rowHeight
			lane.Neighbours = append(lane.Neighbours, Neighbour{Label: at(shortened(text, labelWidth)), X: dot, Y: y + rowHeight/2})
		}
		y += rowHeight + laneGap
		all = append(all, lane)
	}
	return all
}

// mirror exchanges left and right. Anchors are relative to the writing direction, so they stay.
func (p *LanesPicture) mirror() {
	for i := range p.Lanes {
		lane := &p.Lanes[i]
		lane.Heading.X = p.Width - lane.Heading.X
		for j := range lane.Neighbours {
			n := &lane.Neighbours[j]
			n.X, n.Label.X = p.Width-n.X, p.Width-n.Label.X
		}
	}
}

// connect draws the lines from the nearer side of the centre.
func (l *PlacedLane) connect(c Centre) {
	for i := range l.Neighbours {
		n := &l.Neighbours[i]
		from := c.X
		if n.X > c.X {
			from += c.Width
		}
		y, half := c.Y+c.Height/2, (from+n.X)/2
		n.Edge = fmt.Sprintf("M%.0f %.1fC%.0f %.1f %.0f %.1f %.0f %.1f", from, y, half, y, half, n.Y, n.X, n.Y)
	}
}

// boldness is how much wider a bold text is.
const boldness = 1.1

// TextWidth is an upper estimate of the width of a text in the picture, from the widths of IBM Plex Sans Arabic.
func TextWidth(text string) float64 {
	runes, width := []rune(text), 0.0
	for i, r := range runes {
		width += glyphWidth(r)
		if isLast := i+1 == len(runes) || !unicode.IsLetter(runes[i+1]); isLast && strings.ContainsRune(longTails, r) {
			width += 0.3
		}
	}
	return width * LanesFont
}

// longTails are Arabic letters that are wider at the end of a word.
const longTails = "نتبكثفقيىسشصضحجخعغم"

// glyphWidth is an upper estimate of the width of a character, as a share of the size of the font.
func glyphWidth(r rune) float64 {
	switch {
	case unicode.In(r, unicode.Mn, unicode.Cf):
		return 0
	case strings.ContainsRune("iljt.,:;'’|!()[] ", r):
		return 0.32
	case strings.ContainsRune("اأإآل", r):
		return 0.35
	case strings.ContainsRune("mwMW—…%@", r):
		return 0.92
	case strings.ContainsRune("سشصضطظـ", r):
		return 0.85
	case strings.ContainsRune("حجخعغمه", r):
		return 0.6
	case unicode.Is(unicode.Arabic, r):
		return 0.5
	case unicode.IsUpper(r):
		return 0.72
	case r < 0x250:
		return 0.56
	}
	return 1
}

// shortened is a text that is at most as wide as given. It ends after a whole word, except within its first one: half an
// Arabic word has other letters at its end, and the name of a link has to have the words that readers see.
func shortened(text string, width float64) string {
	if TextWidth(text) <= width {
		return text
	}
	runes := []rune(text)
	for len(runes) > 0 && TextWidth(string(runes)+"…") > width {
		runes = runes[:len(runes)-1]
	}
	kept := string(runes)
	if end := strings.LastIndex(kept, " "); end > 0 && !strings.HasPrefix(text[len(kept):], " ") {
		kept = kept[:end]
	}
	return strings.TrimRight(kept, " ") + "…"
}

// wrapped are the lines of a text, each at most as wide as given. What does not fit the last line is left out.
func wrapped(text string, width float64, most int) []string {
	var lines []string
	for word := range strings.FieldsSeq(text) {
		last := len(lines) - 1
		if last >= 0 && (TextWidth(lines[last]+" "+word) <= width || len(lines) == most) {
			lines[last] += " " + word
			continue
		}
		lines = append(lines, word)
	}
	for i := range lines {
		lines[i] = shortened(lines[i], width)
	}
	return lines
}
