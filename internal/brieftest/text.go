// Package brieftest reads the forms of briefs as their readers do, for tests.
package brieftest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/text/unicode/norm"
)

// HTMLText is the text of a brief's HTML as a reader sees it, with the numbers of sources.
func HTMLText(page []byte) (string, error) {
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return "", err
	}
	var b strings.Builder
	write(&b, root)
	return b.String(), nil
}

func write(b *strings.Builder, n *html.Node) {
	if n.Type == html.ElementNode && (n.Data == "head" || n.Data == "style") {
		return
	}
	if n.Type == html.TextNode {
		b.WriteString(n.Data)
	}
	for _, a := range n.Attr {
		if number, is := strings.CutPrefix(a.Val, "source-"); n.Data == "li" && a.Key == "id" && is {
			b.WriteString("[" + number + "]") // the style sheet writes it
		}
	}
	for c := range n.ChildNodes() {
		write(b, c)
	}
	if n.Type == html.ElementNode && n.Data != "bdi" && n.Data != "strong" && n.Data != "span" && n.Data != "a" {
		b.WriteString("\n")
	}
}

// PDFPages are the texts of the pages of a PDF, read by pdftotext. With raw, the text has the order of the file, in which
// Arabic lines begin at their left end; otherwise pdftotext orders it for reading, which moves some numbers and signs in Arabic.
func PDFPages(ctx context.Context, pdf []byte, raw bool) ([]string, error) {
	program, err := exec.LookPath("pdftotext")
	if given := os.Getenv("MASAR_PDFTOTEXT"); given != "" {
		program, err = given, nil
	}
	if err != nil {
		return nil, errors.New("pdftotext is missing: install it (apt-get install poppler-utils), or set MASAR_PDFTOTEXT to its path")
	}
	arguments := []string{"-enc", "UTF-8", "-", "-"}
	if raw {
		arguments = append([]string{"-raw"}, arguments...)
	}
	c := exec.CommandContext(ctx, program, arguments...)
	c.Stdin = bytes.NewReader(pdf)
	var failed strings.Builder
	c.Stderr = &failed
	text, err := c.Output()
	if err != nil {
		return nil, fmt.Errorf("pdftotext: %w: %s", err, failed.String())
	}
	return strings.Split(strings.TrimSuffix(string(text), "\f"), "\f"), nil
}

// Squeeze is a text without spaces, joiners, marks of direction and characters that XML forbids, which forms have in different
// places, and with one form for each letter.
func Squeeze(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.In(r, unicode.Cc, unicode.Cf) || r == unicode.ReplacementChar || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, norm.NFKC.String(text))
}

// Letters are the letters of a text, without spaces, signs, digits and marks on letters: what every reader of a PDF agrees on.
func Letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, norm.NFKD.String(text))
}

// Words are the words of a text, each as its Letters.
func Words(text string) []string {
	marks := func(r rune) rune {
		if unicode.In(r, unicode.Mn, unicode.Cf) {
			return -1
		}
		return r
	}
	return strings.FieldsFunc(strings.Map(marks, norm.NFKD.String(text)), func(r rune) bool { return !unicode.IsLetter(r) })
}

// Count is how often a text has each of its letters and digits.
func Count(text string) map[rune]int {
	counts := map[rune]int{}
	for _, r := range norm.NFKD.String(text) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			counts[r]++
		}
	}
	return counts
}

// Difference shows where two texts begin to differ after Squeeze; empty if they do not.
func Difference(got, want string) string {
	g, w := []rune(Squeeze(got)), []rune(Squeeze(want))
	for i := range max(len(g), len(w)) {
		if i >= len(g) || i >= len(w) || g[i] != w[i] {
			return fmt.Sprintf("after %q: %q, not %q", part(w, i-30, i), part(g, i, i+30), part(w, i, i+30))
		}
	}
	return ""
}

// part is a part of a text, as far as it is there.
func part(text []rune, from, to int) string {
	from, to = max(0, min(from, len(text))), min(to, len(text))
	return string(text[from:to])
}
