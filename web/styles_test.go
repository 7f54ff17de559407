package web

import (
	"fmt"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var (
	cssComment = regexp.MustCompile(`/\*[\s\S]*?\*/`)
	cssBlock   = regexp.MustCompile(`\{([^{}]*)\}`)
	cssToken   = regexp.MustCompile(`--([a-z0-9]+): (#[0-9a-f]{3,6});`)
)

// readCSS is a style sheet without comments.
func readCSS(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return cssComment.ReplaceAllString(string(text), "")
}

// Catches: a property or value that names a side, which would be the wrong side in one of the two directions.
func TestStylesHaveNoSides(t *testing.T) {
	side := regexp.MustCompile(`^(?:(?:min-|max-)?(?:width|height)|(?:scroll-)?(?:margin|padding|border|overscroll-behavior)-(?:top|right|bottom|left|x|y)(?:-\w+)?|border-(?:top|bottom)-(?:left|right)-radius|top|right|bottom|left)$`)
	for _, file := range []string{"site/site.css", "site/print.css", "site/fonts.css", "graphiql/style.css", "../brief/templates/text.css", "../brief/templates/document.css"} {
		declarations := 0
		for _, block := range cssBlock.FindAllStringSubmatch(readCSS(t, file), -1) {
			for declaration := range strings.SplitSeq(block[1], ";") {
				property, value, ok := strings.Cut(strings.TrimSpace(declaration), ":")
				if !ok {
					continue
				}
				declarations++
				if side.MatchString(property) || namesSide(property, strings.TrimSpace(value)) {
					t.Errorf("%s: %s names a side. Use inline and block, start and end", file, strings.TrimSpace(declaration))
				}
			}
		}
		if declarations == 0 {
			t.Errorf("%s has no declarations", file)
		}
	}
}

// namesSide reports whether a value has a side, or differs on the right and the left.
func namesSide(property, value string) bool {
	words := strings.Fields(strings.TrimSuffix(value, " !important"))
	switch property {
	case "text-align", "float", "clear", "caption-side", "resize":
		return slices.Contains(words, "left") || slices.Contains(words, "right")
	case "margin", "padding", "inset", "border-width", "border-style", "border-color":
		return len(words) == 4 && !strings.Contains(value, "(") && words[1] != words[3]
	case "border-radius":
		return len(words) > 1 && !strings.Contains(value, "(") && slices.ContainsFunc(words, func(w string) bool { return w != words[0] })
	}
	return false
}

// themes are the colours of the pages by name: in light and dark mode and in print.
func themes(t *testing.T) map[string]map[string]string {
	t.Helper()
	site := readCSS(t, "site/site.css")
	light, rest, found := strings.Cut(site, "@media (prefers-color-scheme: dark) {")
	dark, _, closed := strings.Cut(rest, "\n}\n")
	if !found || !closed {
		t.Fatal("site.css has no colours of dark mode")
	}
	all := map[string]map[string]string{}
	for name, text := range map[string]string{"light": light, "dark": dark, "print": light + readCSS(t, "site/print.css")} {
		all[name] = map[string]string{}
		for _, m := range cssToken.FindAllStringSubmatch(text, -1) {
			all[name][m[1]] = m[2]
		}
	}
	return all
}

// Catches: a colour that is too close to the one under it for readers with low vision (WCAG 2.2 AA: 4.5 for text, 3 for
// borders and shapes), in any mode, and a colour that one mode lacks.
func TestColoursHaveContrast(t *testing.T) {
	pairs := []struct {
		over  string
		under []string
		least float64
	}{
		{"ink", []string{"paper", "wash", "mark"}, 7},
		{"soft", []string{"paper", "wash"}, 4.5},
		{"link", []string{"paper", "wash", "mark"}, 4.5},
		{"warn", []string{"warnwash", "paper"}, 4.5},
		{"edge", []string{"paper", "wash"}, 3},
		{"focus", []string{"paper", "wash"}, 3},
		{"c3", []string{"paper"}, 3},
	}
	for mode, colours := range themes(t) {
		for _, pair := range pairs {
			for _, under := range pair.under {
				if got := contrast(t, colours[pair.over], colours[under]); got < pair.least {
					t.Errorf("%s: %s on %s has a contrast of %.1f, want %.1f", mode, pair.over, under, got, pair.least)
				}
			}
		}
		for _, level := range []string{"c1", "c2", "c3", "c4"} {
			if got := max(contrast(t, colours["ink"], colours[level]), contrast(t, colours["paper"], colours[level])); got < 4.5 {
				t.Errorf("%s: text on %s has a contrast of %.1f at most", mode, level, got)
			}
		}
	}
}

// contrast is the contrast ratio of two colours as WCAG defines it, from 1 to 21.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + .05) / (min(x, y) + .05)
}

// luminance is the relative luminance of a colour such as #0a4f78 or #fff.
func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	digits := strings.TrimPrefix(colour, "#")
	if len(digits) == 3 {
		digits = fmt.Sprintf("%[1]c%[1]c%[2]c%[2]c%[3]c%[3]c", digits[0], digits[1], digits[2])
	}
	n, err := strconv.ParseUint(digits, 16, 24)
	if err != nil || len(digits) != 6 {
		t.Fatalf("%q is not a colour", colour)
	}
	return .2126*linear(n>>16) + .7152*linear(n>>8&255) + .0722*linear(n&255)
}

// linear is the light of a colour channel from 0 to 255.
func linear(channel uint64) float64 {
	c := float64(channel) / 255
	if c <= .04045 {
		return c / 12.92
	}
	return math.Pow((c+.055)/1.055, 2.4)
}
