package linked

import (
	"bufio"
	"cmp"
	"context"
	"io"
	"strconv"
	"strings"

	"masar"
	"masar/words"
)

// reference is a document as lists of references have it.
type reference struct {
	code string
	form masar.DocumentForm
	// title is in the original language, and translation in the other one.
	title, translation string
	publisher          string
	date               masar.Date
	languages          []masar.Language
	// note is the IRI of a document in Masar.
	url, note string
}

// referenceForms are the types of documents in CSL, RIS and biblatex.
var referenceForms = map[masar.DocumentForm]struct{ csl, ris, bib string }{
	masar.DocumentProjectPage:      {"webpage", "ELEC", "online"},
	masar.DocumentEventPage:        {"webpage", "ELEC", "online"},
	masar.DocumentNews:             {"article-newspaper", "NEWS", "article"},
	masar.DocumentSlides:           {"speech", "SLIDE", "misc"},
	masar.DocumentDataset:          {"dataset", "DATA", "dataset"},
	masar.DocumentClassification:   {"report", "RPRT", "report"},
	masar.DocumentReport:           {"report", "RPRT", "report"},
	masar.DocumentStudy:            {"report", "RPRT", "report"},
	masar.DocumentEvaluation:       {"report", "RPRT", "report"},
	masar.DocumentSystematicReview: {"report", "RPRT", "report"},
	masar.DocumentPolicyBrief:      {"report", "RPRT", "report"},
	masar.DocumentStrategy:         {"report", "RPRT", "report"},
	masar.DocumentResolution:       {"report", "RPRT", "report"},
	masar.DocumentOutcome:          {"report", "RPRT", "report"},
	masar.DocumentLaw:              {"legislation", "STAT", "misc"},
	masar.DocumentArticle:          {"article-journal", "JOUR", "article"},
	masar.DocumentWebPage:          {"webpage", "ELEC", "online"},
}

// newReference returns a document with its publisher, which may be nil.
func newReference(d *masar.Document, publisher *masar.Header, base string) reference {
	r := reference{code: d.Code, form: d.Form, date: d.Date, languages: d.Languages, url: link(d.URL), note: IRI(base, d.Identity())}
	original := d.Titles.Original()
	if t := d.Title([]masar.Language{original}); t != nil {
		r.title = t.Value
	}
	if t := d.Title([]masar.Language{original.Other()}); t != nil && t.Lang != original {
		r.translation = t.Value
	}
	if publisher != nil {
		if t := publisher.Title([]masar.Language{original}); t != nil {
			r.publisher = t.Value
		}
	}
	return r
}

// referenceWriter writes references in one format.
type referenceWriter struct {
	head, between, tail string
	one                 func(reference) string
}

var (
	bibFile = referenceWriter{between: "\n", one: reference.bib}
	risFile = referenceWriter{one: reference.ris}
	cslFile = referenceWriter{head: "[", between: ",", tail: "\n]\n", one: reference.csl}
)

// WriteBibTeX writes the documents of a graph as BibTeX, in the dialect of biblatex.
func WriteBibTeX(ctx context.Context, to io.Writer, from Graph, o Options) error {
	return bibFile.write(ctx, to, from, o)
}

// WriteRIS writes the documents of a graph as RIS.
func WriteRIS(ctx context.Context, to io.Writer, from Graph, o Options) error {
	return risFile.write(ctx, to, from, o)
}

// WriteCSL writes the documents of a graph as CSL-JSON.
func WriteCSL(ctx context.Context, to io.Writer, from Graph, o Options) error {
	return cslFile.write(ctx, to, from, o)
}

// BibTeX is one document as BibTeX. Its publisher may be nil.
func BibTeX(d *masar.Document, publisher *masar.Header, base string) string {
	return newReference(d, publisher, base).bib()
}

// CSL is one document as an item of CSL-JSON. Its publisher may be nil.
func CSL(d *masar.Document, publisher *masar.Header, base string) string {
	return newReference(d, publisher, base).csl()
}

// Page is a page of Masar as a source that others cite.
type Page struct {
	Title, Address string
	// Snapshot is the state of the graph, and Date its as-of date, as YYYY-MM-DD.
	Snapshot, Date string
	Lang           masar.Language
}

// CitePage is a page as BibTeX and as a list of CSL-JSON.
func CitePage(p Page) (bib, csl string) {
	name := words.Say(p.Lang, "dataset.file.creator", nil)
	key := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == '-' || r == '_' {
			return r
		}
		return '-'
	}, p.Address[strings.LastIndex(p.Address, "/")+1:])
	r := reference{
		code: "masar-" + cmp.Or(key, "home"), form: masar.DocumentWebPage, title: p.Title, publisher: name, date: masar.Date{EDTF: p.Date},
		languages: []masar.Language{p.Lang}, url: link(p.Address), note: words.Say(p.Lang, "export.snapshot", masar.Args{"snapshot": p.Snapshot}),
	}
	return r.bib(), "[" + r.csl() + "\n]"
}

func (w referenceWriter) write(ctx context.Context, to io.Writer, from Graph, o Options) error {
	buffered := bufio.NewWriterSize(to, 1<<16)
	publishers := map[masar.Ref]*masar.Header{} // organizations come before documents
	between := ""
	_, _ = buffered.WriteString(w.head) // an error stays, and the flush returns it
	err := from.Each(ctx, []masar.RecordType{masar.RecordType(masar.KindOrganization), masar.RecordType(masar.KindDocument)},
		func(record masar.Record, _ []*masar.Evidence) error {
			switch r := record.(type) {
			case *masar.Organization:
				publishers[r.Ref()] = &masar.Header{Titles: r.Titles}
			case *masar.Document:
				_, err := buffered.WriteString(between + w.one(newReference(r, publishers[r.Publishing], o.Base)))
				between = w.between
				return err
			}
			return nil
		})
	if err != nil {
		return err
	}
	_, _ = buffered.WriteString(w.tail)
	return buffered.Flush()
}

// bibLanguages are the languages in the names of babel.
var bibLanguages = map[masar.Language]string{masar.Arabic: "arabic", masar.English: "english"}

// bib is the entry of a reference in a BibTeX file.
func (r reference) bib() string {
	var b strings.Builder
	b.WriteString("@" + referenceForms[r.form].bib + "{" + r.code)
	field := func(name, value string) {
		if value != "" {
			b.WriteString(",\n  " + name + " = {" + value + "}")
		}
	}
	field("title", braced(r.title))
	field("titleaddon", bibEscape.Replace(r.translation))
	isReport := referenceForms[r.form].bib == "report"
	if isReport { // biblatex has no publisher of a report
		field("institution", braced(r.publisher))
	} else {
		field("publisher", braced(r.publisher))
	}
	field("date", bibDate(r.date))
	if len(r.languages) > 0 {
		field("langid", bibLanguages[r.languages[0]])
	}
	if r.form == masar.DocumentSlides {
		field("howpublished", "slides")
	}
	if isReport {
		field("type", strings.ToLower(strings.ReplaceAll(string(r.form), "_", " ")))
	}
	field("url", r.url)
	field("note", bibEscape.Replace(r.note))
	b.WriteString("\n}\n")
	return b.String()
}

// bibDate is a date for biblatex, which reads levels 0 and 1 of EDTF. A day that is one of several, or has unknown digits, is the
// interval of what is possible.
func bibDate(d masar.Date) string {
	first, last := d.Earliest(), d.Latest()
	if first == nil || last == nil || !strings.ContainsAny(d.EDTF, setOrUnknown) {
		return d.EDTF
	}
	return *first + "/" + *last
}

// setOrUnknown are the characters of EDTF dates that are one of several or have unknown digits.
const setOrUnknown = "[{X"

// braced is a text in braces, so that no style changes its capitals, and " and " does not divide the name of an organization.
func braced(text string) string {
	if text == "" {
		return ""
	}
	return "{" + bibEscape.Replace(text) + "}"
}

// bibEscape escapes what TeX reads as commands.
var bibEscape = strings.NewReplacer(
	`\`, `\textbackslash{}`, "{", `\{`, "}", `\}`, "%", `\%`, "#", `\#`, "&", `\&`, "_", `\_`, "~", `\textasciitilde{}`, "^", `\textasciicircum{}`, "$", `\$`,
	"\n", " ",
)

// ris is the record of a reference in a RIS file.
func (r reference) ris() string {
	var b strings.Builder
	field := func(tag, value string) {
		if value != "" {
			b.WriteString(tag + "  - " + strings.ReplaceAll(value, "\n", " ") + "\r\n")
		}
	}
	field("TY", referenceForms[r.form].ris)
	field("ID", r.code)
	field("TI", r.title)
	field("TT", r.translation)
	field("PB", r.publisher)
	if first := r.date.Earliest(); first != nil {
		year, month, day := (*first)[:4], (*first)[5:7], (*first)[8:10]
		field("PY", year)
		switch precisionOf(r.date.EDTF) {
		case 1:
			field("DA", year+"///")
		case 2:
			field("DA", year+"/"+month+"//")
		default:
			field("DA", year+"/"+month+"/"+day+"/")
		}
	}
	for _, l := range r.languages {
		field("LA", tag(l))
	}
	field("UR", r.url)
	field("N1", r.note)
	b.WriteString("ER  - \r\n\r\n")
	return b.String()
}

// precisionOf is the number of parts of a date that are known: 1 for the year, 2 with the month, 3 with the day. A period has the
// precision of its beginning.
func precisionOf(edtf string) int {
	edtf = strings.Trim(strings.FieldsFunc(edtf+" ", func(r rune) bool { return strings.ContainsRune("/,[]{} ", r) })[0], "?~%.")
	n := 0
	for part := range strings.SplitSeq(edtf, "-") {
		if strings.Contains(part, "X") {
			break
		}
		n++
	}
	return max(1, min(3, n))
}

// csl is the item of a reference in CSL-JSON.
func (r reference) csl() string {
	item := members{{"id", r.code}, {"type", referenceForms[r.form].csl}}
	field := func(name, value string) {
		if value != "" {
			item = append(item, member{name, value})
		}
	}
	field("title", r.title)
	field("original-title", r.translation)
	field("publisher", r.publisher)
	if issued := cslDate(r.date); issued != nil {
		item = append(item, member{"issued", issued})
	}
	if len(r.languages) > 0 {
		field("language", tag(r.languages[0]))
	}
	field("URL", r.url)
	field("note", r.note)
	text, err := item.MarshalJSON()
	if err != nil {
		panic(err) // texts always encode
	}
	return "\n" + string(text)
}

// cslDate is a date in CSL: one or two lists of year, month and day; nil if no day is known.
func cslDate(d masar.Date) members {
	first, last := d.Earliest(), d.Latest()
	if first == nil {
		return nil
	}
	from, to, isPeriod := strings.Cut(d.EDTF, "/")
	isPeriod = isPeriod && to != "" && to != ".." && last != nil
	lists := [][]int{dateParts(*first, precisionOf(from))}
	if isPeriod {
		lists = append(lists, dateParts(*last, precisionOf(to)))
	} else if strings.ContainsAny(d.EDTF, setOrUnknown) && last != nil {
		lists = append(lists, dateParts(*last, 3))
		lists[0] = dateParts(*first, 3)
	}
	issued := members{{"date-parts", lists}}
	if strings.ContainsAny(d.EDTF, "?~%") {
		issued = append(issued, member{"circa", true})
	}
	return issued
}

// dateParts are the first parts of a day.
func dateParts(day string, precision int) []int {
	var numbers []int
	for part := range strings.SplitSeq(day, "-") {
		n, _ := strconv.Atoi(part) // days are digits and hyphens
		numbers = append(numbers, n)
	}
	return numbers[:precision]
}
