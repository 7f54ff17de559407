package brief

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"masar"
)

// textWidth is the width of the text of a page, in twentieths of a point: A4 without its margins.
const textWidth = 11906 - 2*1134

// docxWriter writes paragraphs in one language to a Word file.
type docxWriter struct {
	*docx
	lang masar.Language
}

// write writes the whole brief, in the order of the HTML.
func (d *docx) write(b Brief) {
	for i, t := range b.Texts {
		w := docxWriter{d, t.Language}
		w.add("Heading1", text(t.Title)).NewPage = i > 0
		w.add("Subtitle", text(t.Date))
		w.sections(t.Sections)
	}
	d.sources(b)
	for _, t := range b.Texts {
		docxWriter{d, t.Language}.sections(t.Annex)
	}
	for _, t := range b.Texts {
		w := docxWriter{d, t.Language}
		for _, p := range t.Footer {
			w.add("About", p)
		}
	}
}

// add adds a paragraph with a style.
func (w docxWriter) add(style string, p Paragraph) *docxParagraph {
	made := w.paragraph(style, p)
	w.Body = append(w.Body, docxBlock{Paragraph: &made})
	return &made
}

func (w docxWriter) sections(all []Section) {
	for _, s := range all {
		if s.Heading != "" {
			w.add("Heading2", text(s.Heading))
		}
		for _, b := range s.Blocks {
			w.block(b)
		}
	}
}

func (w docxWriter) block(b Block) {
	switch {
	case b.Table != nil:
		w.table(b.Table)
	case b.List != nil:
		for _, item := range b.List {
			w.add("ListBullet", item)
		}
	default:
		w.add("Normal", b.Paragraph)
	}
}

// table adds a table below its caption.
func (w docxWriter) table(t *Table) {
	if t.Caption != "" {
		w.add("Caption", text(t.Caption))
	}
	made := &docxTable{Caption: t.Caption, RTL: isRTL(w.lang), Widths: t.widths()}
	var head []Paragraph
	for _, c := range t.Columns {
		head = append(head, text(c))
	}
	made.Rows = append(made.Rows, w.row("TableHead", head, made.Widths))
	made.Rows[0].Head = true
	for _, cells := range t.Rows {
		made.Rows = append(made.Rows, w.row("TableText", cells, made.Widths))
	}
	w.Body = append(w.Body, docxBlock{Table: made})
}

// widths are the widths of the columns, by the length of their longest cells. LibreOffice needs them.
func (t *Table) widths() []int {
	const shortest, longest = 8, 40
	lengths, all := make([]int, len(t.Columns)), 0
	for i, c := range t.Columns {
		lengths[i] = max(shortest, utf8.RuneCountInString(c))
		for _, row := range t.Rows {
			lengths[i] = max(lengths[i], row[i].length())
		}
		lengths[i] = min(lengths[i], longest)
		all += lengths[i]
	}
	for i := range lengths {
		lengths[i] = textWidth * lengths[i] / all
	}
	return lengths
}

// length is the number of characters of a paragraph.
func (p Paragraph) length() (n int) {
	for _, r := range p {
		n += utf8.RuneCountInString(r.Text)
		for _, number := range r.Cites {
			n += len(cited(number))
		}
	}
	return n
}

func (w docxWriter) row(style string, cells []Paragraph, widths []int) (row docxRow) {
	for i, c := range cells {
		row.Cells = append(row.Cells, docxCell{widths[i], w.paragraph(style, c)})
	}
	return row
}

// paragraph is a paragraph in the direction of its language.
func (w docxWriter) paragraph(style string, p Paragraph) docxParagraph {
	made := docxParagraph{Style: style, RTL: isRTL(w.lang)}
	for _, r := range p {
		made.Runs = append(made.Runs, w.runs(r)...)
	}
	return made
}

// runs are the runs of a part of a paragraph: one for each direction, or one for each citation.
func (w docxWriter) runs(r Run) (all []docxRun) {
	for _, n := range r.Cites {
		all = append(all, docxRun{Text: cited(n), RTL: isRTL(w.lang), Style: "Citation", Source: n})
	}
	made := docxRun{Strong: r.Strong}
	if isOfWeb(r.Address) {
		made.Style, made.Link = "Hyperlink", w.link(uri(r.Address))
	}
	for _, s := range spansOf(r.Text, w.rtl(r)) {
		made.Text, made.RTL = s.text, s.rtl
		all = append(all, made)
	}
	return all
}

// isOfWeb reports whether a file can link to an address. A path leads nowhere without its service.
func isOfWeb(address string) bool {
	return strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://")
}

// uri is an address with the characters of a URI only. Word refuses a file with any other.
func uri(address string) string {
	var b strings.Builder
	for _, c := range []byte(address) {
		if c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

// rtl is the direction of a run: that of its language, or of its first letter if it is a link, such as an address in
// an Arabic sentence.
func (w docxWriter) rtl(r Run) bool {
	switch {
	case r.Language != "":
		return isRTL(r.Language)
	case r.Address != "":
		return firstDirection(r.Text, isRTL(w.lang))
	}
	return isRTL(w.lang)
}

// joiner forbids a line break: the brackets of a citation are in a run of their own, where Word and LibreOffice would break.
const joiner = "\u2060"

// cited is the citation of a source.
func cited(n int) string { return fmt.Sprintf("[%s%d%s]", joiner, n, joiner) }

// sources adds the list of sources on a new page.
func (d *docx) sources(b Brief) {
	if len(b.Sources) == 0 {
		return
	}
	first := docxWriter{d, b.Texts[0].Language}
	var heading Paragraph
	for i, line := range b.SourcesHeading() {
		if i > 0 {
			heading = append(heading, Run{Text: dot})
		}
		heading = append(heading, in(line)...)
	}
	first.add("Heading2", heading).NewPage = true
	for _, s := range b.Sources {
		d.source(b, s)
	}
}

// in marks the texts of a line with its language.
func in(line Line) (p Paragraph) {
	for _, r := range line.Text {
		if r.Language == "" {
			r.Language = line.Language
		}
		p = append(p, r)
	}
	return p
}

// source adds a source: a numbered line, and the other lines below it.
func (d *docx) source(b Brief, s Source) {
	for i, line := range b.Lines(s) {
		w := docxWriter{d, line.Language}
		switch {
		case i == 0:
			w.add("Source", line.Text).Bookmark = s.Number
		case s.Quotation != nil && i == len(b.Texts):
			w.add("Quote", line.Text)
		default:
			w.add("SourceNote", line.Text)
		}
	}
}
