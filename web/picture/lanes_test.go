package picture

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// area is a rectangle.
type area struct{ left, top, right, bottom float64 }

func (a area) meets(b area) bool {
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

func (a area) within(b area) bool {
	return a.left >= b.left && a.top >= b.top && a.right <= b.right && a.bottom <= b.bottom
}

// occupied is where a label stands. An anchor is relative to the writing direction.
func (l Label) occupied(bold, mirrored bool) area {
	width := TextWidth(l.Text)
	if bold {
		width *= boldness
	}
	left := l.X
	switch {
	case l.Anchor == "middle":
		left -= width / 2
	case (l.Anchor == "end") != mirrored:
		left -= width
	}
	return area{left, l.Y - LanesFont, left + width, l.Y + LanesFont/3}
}

// labels are all texts of a picture with their places, by a name for messages.
func labels(p LanesPicture, mirrored bool) map[string]area {
	all := map[string]area{}
	for i, line := range p.Centre.Lines {
		all[fmt.Sprintf("centre %d %q", i, line.Text)] = line.occupied(true, mirrored)
	}
	for i, lane := range p.Lanes {
		all[fmt.Sprintf("heading %d %q", i, lane.Heading.Text)] = lane.Heading.occupied(true, mirrored)
		for j, n := range lane.Neighbours {
			all[fmt.Sprintf("neighbour %d.%d %q", i, j, n.Label.Text)] = n.Label.occupied(false, mirrored)
		}
	}
	return all
}

// Catches: labels that meet or leave the picture, a dot under a label or inside the centre, a line that does not connect the
// centre and the dot, and a picture for readers from right to left that is not the mirror image.
func TestLanesAreReadable(t *testing.T) {
	word := rapid.StringMatching(`[A-Za-zء-يWMسش0-9]{0,14}`)
	text := rapid.Map(rapid.SliceOfN(word, 1, 20), func(words []string) string { return strings.Join(words, " ") })
	lane := rapid.Custom(func(t *rapid.T) Lane {
		return Lane{Heading: text.Draw(t, "heading"), Labels: rapid.SliceOfN(text, 0, 13).Draw(t, "labels")}
	})
	rapid.Check(t, func(t *rapid.T) {
		centre, lanes := text.Draw(t, "centre"), rapid.SliceOfN(lane, 0, 18).Draw(t, "lanes")
		plain, mirror := Lanes(centre, lanes, false), Lanes(centre, lanes, true)
		if len(plain.Lanes) != len(lanes) {
			t.Fatalf("%d lanes of %d", len(plain.Lanes), len(lanes))
		}
		for _, mirrored := range []bool{false, true} {
			p := plain
			if mirrored {
				p = mirror
			}
			checkLabels(t, p, mirrored)
			checkDots(t, p, lanes, mirrored)
		}
		checkMirror(t, plain, mirror)
	})
}

func checkLabels(t *rapid.T, p LanesPicture, mirrored bool) {
	frame := area{0, 0, p.Width, p.Height}
	all := labels(p, mirrored)
	for name, at := range all {
		if !at.within(frame) {
			t.Errorf("mirrored %t: %s leaves the picture: %+v of %+v", mirrored, name, at, frame)
		}
		for other, there := range all {
			if name < other && at.meets(there) {
				t.Errorf("mirrored %t: %s meets %s: %+v, %+v", mirrored, name, other, at, there)
			}
		}
	}
	box := area{p.Centre.X, p.Centre.Y, p.Centre.X + p.Centre.Width, p.Centre.Y + p.Centre.Height}
	for name, at := range all {
		if inside := strings.HasPrefix(name, "centre"); inside && !at.within(box) || !inside && at.meets(box) {
			t.Errorf("mirrored %t: %s and the box of the centre: %+v, %+v", mirrored, name, at, box)
		}
	}
}

// checkWords holds a shortened label to the whole words of its text.
func checkWords(t *rapid.T, label, text string) {
	kept, shortened := strings.CutSuffix(label, "…")
	if !shortened {
		kept = text
	}
	if isCut := !strings.HasPrefix(text+" ", kept+" "); isCut && strings.Contains(strings.TrimSpace(kept), " ") {
		t.Errorf("%q ends within a word of %q", label, text)
	}
}

func checkDots(t *rapid.T, p LanesPicture, lanes []Lane, mirrored bool) {
	all := labels(p, mirrored)
	for i, l := range p.Lanes {
		if len(l.Neighbours) != len(lanes[i].Labels) {
			t.Errorf("%d neighbours of %d", len(l.Neighbours), len(lanes[i].Labels))
		}
		for j, n := range l.Neighbours {
			checkWords(t, n.Label.Text, lanes[i].Labels[j])
			dot := area{n.X - 4, n.Y - 4, n.X + 4, n.Y + 4}
			for name, at := range all {
				if dot.meets(at) {
					t.Errorf("mirrored %t: the dot of %q is under %s", mirrored, n.Label.Text, name)
				}
			}
			side := p.Centre.X
			if n.X > p.Width/2 {
				side += p.Centre.Width
			}
			begins, ends := fmt.Sprintf("M%.0f %.1fC", side, p.Height/2), fmt.Sprintf(" %.0f %.1f", n.X, n.Y)
			if !strings.HasPrefix(n.Edge, begins) || !strings.HasSuffix(n.Edge, ends) {
				t.Errorf("the line %s is not from %s to %s", n.Edge, begins, ends)
			}
		}
	}
}

func checkMirror(t *rapid.T, plain, mirror LanesPicture) {
	for i, l := range plain.Lanes {
		m := mirror.Lanes[i]
		if m.Heading.X != plain.Width-l.Heading.X || m.Heading.Anchor != l.Heading.Anchor {
			t.Errorf("the heading %q is at %g, and mirrored at %g", l.Heading.Text, l.Heading.X, m.Heading.X)
		}
		for j, n := range l.Neighbours {
			if o := m.Neighbours[j]; o.X != plain.Width-n.X || o.Y != n.Y || o.Label.X != plain.Width-n.Label.X {
				t.Errorf("%q is at %g, and mirrored at %g", n.Label.Text, n.X, o.X)
			}
		}
	}
}

// Catches: another layout of a known neighbourhood: the columns, the rows, the anchors and the line.
func TestLanes(t *testing.T) {
	p := Lanes("ENACT", []Lane{{"Topics", []string{"Data", "Skills"}}, {"Countries", []string{"Egypt"}}}, false)
	want := LanesPicture{
		Width: 1040, Height: 96,
		Centre: Centre{X: 432, Y: 27, Width: 176, Height: 42, Lines: []Label{{520, 52, "ENACT", "middle"}}},
		Lanes: []PlacedLane{
			{Label{332, 28.33, "Topics", "end"}, []Neighbour{
				{Label{332, 52.33, "Data", "end"}, 344, 48, "M432 48.0C388 48.0 388 48.0 344 48.0"},
				{Label{332, 76.33, "Skills", "end"}, 344, 72, "M432 48.0C388 48.0 388 72.0 344 72.0"},
			}},
			{Label{708, 40.33, "Countries", "start"}, []Neighbour{
				{Label{708, 64.33, "Egypt", "start"}, 696, 60, "M608 48.0C652 48.0 652 60.0 696 60.0"},
			}},
		},
	}
	if diff := cmp.Diff(want, p, cmpopts.EquateApprox(0, 0.01)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Catches: a text that is cut although it fits, and one that is cut without a sign.
func TestShortened(t *testing.T) {
	for _, text := range []string{"Egypt", "الحكومة الرقمية", ""} {
		if got := shortened(text, labelWidth); got != text {
			t.Errorf("%q becomes %q", text, got)
		}
	}
	long := strings.Repeat("تعزيز القدرات ", 10)
	got := shortened(long, labelWidth)
	if !strings.HasSuffix(got, "…") || strings.HasSuffix(got, " …") || TextWidth(got) > labelWidth || math.Abs(TextWidth(got)-labelWidth) > 3*LanesFont {
		t.Errorf("%q becomes %q", long, got)
	}
}
