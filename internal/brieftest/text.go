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
}

// PDFPages are the texts of the pages of a PDF, read by pdftotext in the order of the content.
func PDFPages(ctx context.Context, pdf []byte) ([]string, error) {
	program, err := exec.LookPath("pdftotext")
	if given := os.Getenv("MASAR_PDFTOTEXT"); given != "" {
		program, err = given, nil
	}
	if err != nil {
		return nil, errors.New("pdftotext is missing: install it (apt-get install poppler-utils), or set MASAR_PDFTOTEXT to its path")
	}
	c := exec.CommandContext(ctx, program, "-raw", "-enc", "UTF-8", "-", "-")
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
