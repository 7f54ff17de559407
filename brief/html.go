package brief

import (
	"bytes"
	"embed"
	"encoding/base64"
	"fmt"
	"html"
	"html/template"
	"strconv"
	"strings"
	"sync"

	"masar"
	"masar/words"
)

//go:embed templates
var templateFiles embed.FS

// fontFiles are the fonts that the build puts here. A program that was built without Node has none, and the files use fonts
// of the reader's system.
//
//go:embed all:fonts
var fontFiles embed.FS

var templates = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("brief").ParseFS(templateFiles, "templates/brief.html"))
})

// HTML is a brief as one file that prints on A4 pages and needs nothing else.
func HTML(b Brief) ([]byte, error) {
	shown := show(b)
	shown.Style = template.CSS(fonts() + asset("document.css") + Style() + pageNumbers(b.Texts[0].Language))
	var file bytes.Buffer
	err := templates().ExecuteTemplate(&file, "document", shown)
	return file.Bytes(), err
}

// Body is a brief as a part of a page that has its title and its style already.
func Body(b Brief) (template.HTML, error) {
	var body bytes.Buffer
	err := templates().ExecuteTemplate(&body, "body", show(b))
	return template.HTML(body.String()), err
}

// Files are what briefs are made of, besides the program and the words.
func Files() []embed.FS { return []embed.FS{operationFiles, templateFiles} }

// Style is the style sheet of Body.
func Style() string { return asset("text.css") }

func asset(name string) string {
	content, err := templateFiles.ReadFile("templates/" + name)
	if err != nil {
		panic(err) // the files are embedded
	}
	return string(content)
}

// faces are the files of the font with the characters that each has, as its package gives them.
var faces = []struct{ subset, characters string }{
	{"arabic", "U+0600-06FF,U+0750-077F,U+0870-088E,U+0890-0891,U+0897-08E1,U+08E3-08FF,U+200C-200E,U+2010-2011,U+204F,U+2E41,U+FB50-FDFF,U+FE70-FE74,U+FE76-FEFC"},
	{"latin", "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD"},
}

// fonts are the rules of the embedded fonts; empty without them.
var fonts = sync.OnceValue(func() string {
	var rules strings.Builder
	for _, face := range faces {
		for _, weight := range []string{"400", "700"} {
			content, err := fontFiles.ReadFile("fonts/amiri-" + face.subset + "-" + weight + "-normal.woff2")
			if err != nil {
				return ""
			}
			fmt.Fprintf(&rules, "@font-face{font-family:Amiri;font-weight:%s;src:url(data:font/woff2;base64,%s) format(\"woff2\");unicode-range:%s}\n",
				weight, base64.StdEncoding.EncodeToString(content), face.characters)
		}
	}
	return rules.String()
})

// pageNumbers writes the number of each printed page below it, as a sentence: a fraction would be reversed in Arabic.
func pageNumbers(l masar.Language) string {
	var content []string
	for _, p := range words.Pieces(l, "brief.page", masar.Args{"page": "", "pages": ""}) {
		switch p.Slot {
		case "page", "pages":
			content = append(content, "counter("+p.Slot+")")
		default:
			content = append(content, strconv.Quote(p.Text))
		}
	}
	return "@page{@bottom-center{content:" + strings.Join(content, " ") + ";font:9pt Amiri,serif;direction:" + direction(l) + "}}"
}

func direction(l masar.Language) string { return strings.ToLower(string(l.Direction())) }

func tag(l masar.Language) string { return strings.ToLower(string(l)) }

// shown is what the template gets.
type shown struct {
	shownLine
	Title          string
	Style          template.CSS
	Texts          []shownText
	SourcesHeading []shownLine
	Sources        []shownSource
}

// shownLine is a paragraph in its language.
type shownLine struct {
	Language, Direction string
	Text                template.HTML
}

type shownText struct {
	shownLine
	Title, Date     string
	Sections, Annex []shownSection
	Footer          []template.HTML
}

type shownSection struct {
	Heading string
	Blocks  []shownBlock
}

type shownBlock struct {
	Paragraph template.HTML
	List      []template.HTML
	Table     *shownTable
}

type shownTable struct {
	Name    string
	Caption template.HTML
	Columns []string
	Rows    [][]template.HTML
}

type shownSource struct {
	Number int
	Lines  []shownLine
}

func show(b Brief) shown {
	s := shown{shownLine: lineIn(b.Texts[0].Language, nil), Title: b.title(), SourcesHeading: lines(b.SourcesHeading())}
	for _, t := range b.Texts {
		s.Texts = append(s.Texts, showText(t))
	}
	for _, source := range b.Sources {
		s.Sources = append(s.Sources, shownSource{source.Number, lines(b.Lines(source))})
	}
	return s
}

func lineIn(l masar.Language, p Paragraph) shownLine {
	return shownLine{tag(l), direction(l), markup(p)}
}

func lines(all []Line) []shownLine {
	var out []shownLine
	for _, l := range all {
		out = append(out, lineIn(l.Language, l.Text))
	}
	return out
}

func showText(t Text) shownText {
	s := shownText{shownLine: lineIn(t.Language, nil), Title: t.Title, Date: t.Date, Footer: marked(t.Footer)}
	s.Sections, s.Annex = showSections(t.Sections), showSections(t.Annex)
	return s
}

func showSections(all []Section) []shownSection {
	var out []shownSection
	for _, s := range all {
		section := shownSection{Heading: s.Heading}
		for _, block := range s.Blocks {
			section.Blocks = append(section.Blocks, showBlock(block))
		}
		out = append(out, section)
	}
	return out
}

func showBlock(b Block) shownBlock {
	s := shownBlock{Paragraph: markup(b.Paragraph), List: marked(b.List)}
	if b.Table != nil {
		s.Table = &shownTable{Name: b.Table.Caption, Caption: markup(Paragraph{{Text: b.Table.Caption}}), Columns: b.Table.Columns}
		for _, row := range b.Table.Rows {
			s.Table.Rows = append(s.Table.Rows, marked(row))
		}
	}
	return s
}

func marked(all []Paragraph) []template.HTML {
	var out []template.HTML
	for _, p := range all {
		out = append(out, markup(p))
	}
	return out
}

// markup is a paragraph as HTML. Every text is escaped.
func markup(p Paragraph) template.HTML {
	var b strings.Builder
	for _, r := range p {
		b.WriteString(r.markup())
	}
	return template.HTML(b.String())
}

func (r Run) markup() string {
	if len(r.Cites) > 0 {
		var b strings.Builder
		for _, n := range r.Cites {
			fmt.Fprintf(&b, `<a class="cite" href="#source-%d">[%d]</a>`, n, n)
		}
		return b.String()
	}
	text := words.ArabicSDGCode.ReplaceAllString(html.EscapeString(r.Text), `<span class="whole">$0</span>`)
	if r.Address != "" {
		text = anchor(r.Address, text)
	}
	if r.Language != "" {
		text = fmt.Sprintf(`<bdi lang="%s" dir="%s">%s</bdi>`, tag(r.Language), direction(r.Language), text)
	}
	if r.Strong {
		text = "<strong>" + text + "</strong>"
	}
	return text
}

// anchor is a link to an address of the web; any other address is only text.
func anchor(address, text string) string {
	if !strings.HasPrefix(address, "https://") && !strings.HasPrefix(address, "http://") && !strings.HasPrefix(address, "/") {
		return text
	}
	return `<a href="` + html.EscapeString(address) + `" rel="external noopener">` + text + `</a>`
}
