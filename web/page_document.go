package web

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"masar"
	"masar/words"
)

var documentPage = page{
	path: "documents/{code}", operation: "document", template: "document", kind: masar.KindDocument,
	parameters: []string{"after", "at", "part", "version"},
	variables:  documentVariables,
	view:       func() view { return new(documentView) },
}

func documentVariables(a address) (map[string]any, error) {
	_, errAt := a.span("at")
	_, errPart := a.number("part")
	_, errVersion := a.one("version")
	variables, err := codeAndAfter(masar.KindDocument)(a)
	return variables, cmp.Or(err, errAt, errPart, errVersion)
}

// span is the value of a parameter that is a range, such as 2103-2241; nil if it is missing.
func (a address) span(name string) (*span, error) {
	value, err := a.one(name)
	if value == nil || err != nil {
		return nil, err
	}
	start, end, _ := strings.Cut(words.WesternDigits(*value), "-")
	from, errFrom := strconv.ParseUint(start, 10, 31)
	to, errTo := strconv.ParseUint(end, 10, 31)
	if errFrom != nil || errTo != nil || from >= to {
		return nil, refuse("page.error.span", masar.Args{"name": name, "value": words.Shortened(*value)})
	}
	return &span{int(from), int(to)}, nil
}

// documentView is the answer of operations/document.graphql.
type documentView struct {
	PageFrame
	Document *sourceDocument `json:"document"`
}

type sourceDocument struct {
	EntityHeading
	DocumentForm    masar.DocumentForm `json:"documentForm"`
	URL             *string            `json:"url"`
	Family          string             `json:"family"`
	Languages       []masar.Language   `json:"languages"`
	Summary         *LocalizedText     `json:"summary"`
	Date            *DateInWords       `json:"date"`
	Publisher       *EntityHeading     `json:"publisher"`
	Versions        []documentVersion  `json:"versions"`
	Recommendations *struct {
		TotalCount int             `json:"totalCount"`
		Nodes      []EntityHeading `json:"nodes"`
	} `json:"recommendations"`
	Passages     []citedPassage   `json:"passages"`
	Observations *ObservationList `json:"observations"`
}

type documentVersion struct {
	SHA256   string         `json:"sha256"`
	Length   int            `json:"length"`
	Imported bool           `json:"imported"`
	Text     *LocalizedText `json:"text"`
}

// Short is the start of the version's hash, as people read it.
func (v documentVersion) Short() string { return v.SHA256[:min(12, len(v.SHA256))] }

// citedPassage is a range of the text that evidence cites.
type citedPassage struct {
	Passage
	Evidence *struct {
		TotalCount int `json:"totalCount"`
		Nodes      []struct {
			Stance  masar.Stance   `json:"stance"`
			Summary *LocalizedText `json:"summary"`
			Claim   ClaimSummary   `json:"claim"`
		} `json:"nodes"`
	} `json:"evidence"`
}

// Count is the number of evidence items that cite the passage.
func (p citedPassage) Count() int {
	if p.Evidence == nil {
		return 0
	}
	return p.Evidence.TotalCount
}

// Place is what the publisher part shows.
func (d sourceDocument) Place() PassageDocument {
	return PassageDocument{EntityHeading: d.EntityHeading, URL: d.URL, Publisher: d.Publisher}
}

// Numbered is a passage with its number in the document.
type Numbered struct {
	citedPassage
	Number int
	// Here reports whether the address asks for the passage.
	Here bool
	// several is set if the document has several versions, in which the same range can be another passage.
	several bool
}

// Query is the query of the passage's address.
func (n Numbered) Query() string {
	query := url.Values{"at": {fmt.Sprintf("%d-%d", n.Start, n.End)}}
	if n.several {
		query.Set("version", n.TextVersion)
	}
	return "?" + query.Encode() + "#here"
}

// Reading is what a reader of the document sees.
type Reading struct {
	// Version is the shown version of the text; nil if none is in this installation.
	Version *documentVersion
	// Lines are the shown part of the text.
	Lines []Line
	// Part is the number of the shown part, of Parts.
	Part, Parts int
	// At is the range that the address asks for; nil if it asks for none. Asked is its passage; nil if no evidence cites it.
	At    *span
	Asked *Numbered
	// Before and After are the passages around the one asked for.
	Before, After *Numbered
	// Passages are the passages in the shown part.
	Passages []Numbered
}

// Shown reports whether the text itself is shown.
func (r Reading) Shown() bool { return r.Version != nil && r.Version.Text != nil }

// QuotesOnly reports whether the text is here and may not be shown whole.
func (r Reading) QuotesOnly() bool { return r.Version != nil && r.Version.Text == nil }

// Reading is what the address asks to see.
func (v *documentView) Reading(s screen) Reading {
	d := v.Document
	at, _ := s.span("at") // the variables have been read from the same address
	r := Reading{At: at}
	version := s.query.Get("version")
	all := d.numbered(at, version)
	if i := slices.IndexFunc(all, func(p Numbered) bool { return p.Here }); i >= 0 {
		r.Asked, version = &all[i], all[i].TextVersion
		if i > 0 {
			r.Before = &all[i-1]
		}
		if i+1 < len(all) {
			r.After = &all[i+1]
		}
	}
	r.Version = d.version(version)
	wanted, _ := s.number("part")
	if r.Shown() {
		r.readText(all, wanted)
	} else {
		r.readList(all, wanted)
	}
	return r
}

// numbered are the passages with their numbers. At most one is here: that of the version asked for, or the first.
func (d sourceDocument) numbered(at *span, version string) []Numbered {
	var all []Numbered
	for i, p := range d.Passages {
		all = append(all, Numbered{citedPassage: p, Number: i + 1, several: len(d.Versions) > 1})
	}
	if at == nil {
		return all
	}
	for _, ofVersion := range []bool{true, false} {
		i := slices.IndexFunc(all, func(p Numbered) bool {
			return span{p.Start, p.End} == *at && (!ofVersion || p.TextVersion == version)
		})
		if i >= 0 {
			all[i].Here = true
			break
		}
	}
	return all
}

// version is the imported version of the text with a hash, or else the first imported one; nil if none is.
func (d sourceDocument) version(sha256 string) *documentVersion {
	var found *documentVersion
	for i, v := range d.Versions {
		if v.Imported && (found == nil || v.SHA256 == sha256) {
			found = &d.Versions[i]
		}
	}
	return found
}

// partLength is the number of code points of a part of a long text, and partPassages the number of passages of a part of
// a list without its text.
const (
	partLength   = 20_000
	partPassages = 120
)

// readText shows the part of the text that is wanted or that has the range asked for.
func (r *Reading) readText(all []Numbered, wanted *float64) {
	text := []rune(r.Version.Text.Value)
	parts := cutLong(text, partLength)
	r.Parts, r.Part = len(parts), partShown(wanted, len(parts))
	if r.At != nil && wanted == nil {
		r.Part = 1 + max(0, slices.IndexFunc(parts, func(p span) bool { return r.At.start < p.end }))
	}
	if len(parts) == 0 {
		return
	}
	part := parts[r.Part-1]
	for _, p := range all {
		if p.TextVersion == r.Version.SHA256 && p.Start < part.end && p.End > part.start {
			r.Passages = append(r.Passages, p)
		}
	}
	r.Lines = lines(pieces(text, part, r.Passages, r.At), strings.ToLower(r.Version.Text.Dir))
}

// readList shows the part of the list of passages that is wanted or that has the range asked for.
func (r *Reading) readList(all []Numbered, wanted *float64) {
	r.Parts = max(1, (len(all)+partPassages-1)/partPassages)
	r.Part = partShown(wanted, r.Parts)
	if r.Asked != nil && wanted == nil {
		r.Part = 1 + (r.Asked.Number-1)/partPassages
	}
	r.Passages = all[min(len(all), (r.Part-1)*partPassages):min(len(all), r.Part*partPassages)]
}

func partShown(wanted *float64, parts int) int {
	if wanted == nil {
		return 1
	}
	return min(max(1, int(*wanted)), max(1, parts))
}

func (v *documentView) exists() bool { return v.Document != nil }

func (v *documentView) head(address) head {
	d := v.Document
	h := head{
		Entity:  &d.EntityHeading,
		Eyebrow: say("page.document.eyebrow", masar.Args{"form": d.DocumentForm}),
		Crumbs:  []link{{Path: "/documents", Phrase: say("page.menu.documents", nil)}},
		Rows:    []rows{{"evidence", map[string]any{"documents": []string{d.Code}}}},
	}
	if len(d.Passages) > 0 {
		items := 0
		for _, p := range d.Passages {
			items += p.Count()
		}
		h.Answer = []masar.Phrase{say("page.document.answer", masar.Args{"n": len(d.Passages)}), say("page.document.answer.evidence", masar.Args{"n": items})}
	}
	if o := d.Observations; o != nil && o.TotalCount > 0 {
		h.Answer = append(h.Answer, say("page.document.answer.values", masar.Args{"n": o.TotalCount}))
		if len(d.Passages) == 0 {
			h.Rows = []rows{{Dataset: "observations"}}
		}
	}
	return h
}

// HasHere reports whether the text on the page has the range asked for.
func (r Reading) HasHere() bool {
	return slices.ContainsFunc(r.Lines, func(l Line) bool {
		return slices.ContainsFunc(l.Pieces, func(p TextPiece) bool { return p.First })
	})
}

// documentPart leads to the other parts of a long text.
type documentPart struct {
	Part, Parts   int
	Before, After string
}

func documentParts(s screen, r Reading) documentPart {
	p := documentPart{Part: r.Part, Parts: r.Parts}
	to := func(part int) string {
		return s.changed(func(query url.Values) {
			query.Del("at")
			query.Set("part", strconv.Itoa(part))
		})
	}
	if r.Part > 1 {
		p.Before = to(r.Part - 1)
	}
	if r.Part < r.Parts {
		p.After = to(r.Part + 1)
	}
	return p
}

// askedPassage is the passage that the address asks for, with the code of its document.
type askedPassage struct {
	Reading Reading
	Code    string
}

func documentAsked(s screen, r Reading) askedPassage {
	return askedPassage{r, s.View.(*documentView).Document.Code}
}
