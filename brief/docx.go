package brief

import (
	"archive/zip"
	"bytes"
	"embed"
	"encoding/xml"
	"fmt"
	"strings"
	"text/template"

	"masar"
	"masar/words"
)

//go:embed parts/*.xml
var partFiles embed.FS

// parts are the templates of the parts of a Word file.
var parts = template.Must(template.New("").Funcs(template.FuncMap{"text": xmlText}).ParseFS(partFiles, "parts/*.xml"))

// xmlText is a text for XML. Characters that XML forbids become U+FFFD.
func xmlText(s string) (string, error) {
	var b bytes.Buffer
	err := xml.EscapeText(&b, []byte(s))
	return b.String(), err
}

// docxParts are the parts of a Word file in order, each with its template.
var docxParts = []struct{ path, template string }{
	{"[Content_Types].xml", "content-types.xml"},
	{"_rels/.rels", "package-rels.xml"},
	{"docProps/core.xml", "core.xml"},
	{"word/document.xml", "document.xml"},
	{"word/_rels/document.xml.rels", "document-rels.xml"},
	{"word/styles.xml", "styles.xml"},
	{"word/numbering.xml", "numbering.xml"},
	{"word/settings.xml", "settings.xml"},
	{"word/footer.xml", "footer.xml"},
}

// DOCX writes a brief as a Word file. Equal briefs have equal bytes.
func DOCX(b Brief) ([]byte, error) {
	d := newDocx(b)
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	for _, part := range docxParts {
		w, err := z.Create(part.path)
		if err != nil {
			return nil, err
		}
		if err := parts.ExecuteTemplate(w, part.template, d); err != nil {
			return nil, fmt.Errorf("%s: %w", part.path, err)
		}
	}
	err := z.Close()
	return file.Bytes(), err
}

// docx is what the templates show.
type docx struct {
	Title, Language, Permalink, AsOf string
	// RTL is the direction of the first language.
	RTL bool
	// Body are the paragraphs and tables, in order.
	Body []docxBlock
	// Addresses are the addresses that the text links to. The first has the relationship link0.
	Addresses []string
	// Pages are the lines at the foot of each page, one for each language.
	Pages []docxPages
	links map[string]string // relationships by address
}

// docxBlock is a paragraph or a table.
type docxBlock struct {
	Paragraph *docxParagraph
	Table     *docxTable
}

type docxParagraph struct {
	Style    string
	RTL      bool
	NewPage  bool
	Bookmark int // the number of the source that begins here; 0 for none
	Runs     []docxRun
}

type docxRun struct {
	Text   string
	RTL    bool
	Strong bool
	Style  string // of characters; empty for that of the paragraph
	Link   string // relationship of the address that the text links to; empty for none
	Source int    // number of the source that the text links to; 0 for none
}

type docxTable struct {
	Caption string
	RTL     bool
	Widths  []int
	Rows    []docxRow
}

type docxRow struct {
	Head  bool
	Cells []docxCell
}

type docxCell struct {
	Width     int
	Paragraph docxParagraph
}

// docxPages is the number of a page and of all pages, in one language.
type docxPages struct {
	RTL    bool
	Pieces []docxPiece
}

// docxPiece is a text or a field of Word, such as PAGE.
type docxPiece struct{ Text, Field string }

// title is the title in each language.
func (b Brief) title() string {
	var titles []string
	for _, t := range b.Texts {
		titles = append(titles, t.Title)
	}
	return strings.Join(titles, dot)
}

func isRTL(l masar.Language) bool { return l.Direction() == masar.RightToLeft }

func newDocx(b Brief) *docx {
	d := &docx{Title: b.title(), Language: b.LanguageTags(), Permalink: b.Permalink, AsOf: b.AsOf, RTL: isRTL(b.Texts[0].Language), links: map[string]string{}}
	for _, t := range b.Texts {
		d.Pages = append(d.Pages, pagesIn(t.Language))
	}
	d.write(b)
	return d
}

// link returns the relationship of an address.
func (d *docx) link(address string) string {
	name, known := d.links[address]
	if !known {
		name = fmt.Sprintf("link%d", len(d.Addresses))
		d.links[address] = name
		d.Addresses = append(d.Addresses, address)
	}
	return name
}

// pagesIn is "Page 1 of 3" in a language, with Word's fields for the numbers.
func pagesIn(l masar.Language) docxPages {
	pages := docxPages{RTL: isRTL(l)}
	for _, p := range words.Pieces(l, "brief.page", masar.Args{"page": "1", "pages": "1"}) {
		switch p.Slot {
		case "page":
			pages.Pieces = append(pages.Pieces, docxPiece{Field: "PAGE"})
		case "pages":
			pages.Pieces = append(pages.Pieces, docxPiece{Field: "NUMPAGES"})
		default:
			pages.Pieces = append(pages.Pieces, docxPiece{Text: p.Text})
		}
	}
	return pages
}
