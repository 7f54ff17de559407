package brief

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"masar"
	"masar/words"
)

// Form is the form of a file with a brief, as the ending of its name.
type Form string

// The forms.
const (
	FormHTML Form = "html"
	FormDOCX Form = "docx"
	FormPDF  Form = "pdf"
	FormJSON Form = "json"
)

// Forms are the forms, in the order in which they are listed.
var Forms = []Form{FormHTML, FormDOCX, FormPDF, FormJSON}

// FindForm returns the form of a file with a brief by the ending of its name. The error has the code NOT_FOUND.
func FindForm(file string) (Form, error) {
	at := strings.LastIndex(file, ".")
	if form := Form(file[at+1:]); at >= 0 && slices.Contains(Forms, form) {
		return form, nil
	}
	return "", masar.NewError(masar.CodeNotFound, "error.brief.form", masar.Args{"file": words.Shortened(file), "forms": Forms})
}

// contentTypes are the media types of the forms.
var contentTypes = map[Form]string{
	FormHTML: "text/html; charset=utf-8",
	FormDOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	FormPDF:  "application/pdf",
	FormJSON: "application/json; charset=utf-8",
}

// ContentType is the media type of the form.
func (f Form) ContentType() string { return contentTypes[f] }

// IsPacked reports whether files of the form are compressed.
func (f Form) IsPacked() bool { return f == FormDOCX || f == FormPDF }

// Write writes a brief in the form. Only a PDF needs a printer and can fail; see [Printer.PDF].
func (f Form) Write(ctx context.Context, b Brief, p *Printer) ([]byte, error) {
	switch f {
	case FormHTML:
		return HTML(b)
	case FormDOCX:
		return DOCX(b)
	case FormPDF:
		page, err := HTML(b)
		if err != nil {
			return nil, err
		}
		return p.PDF(ctx, page)
	}
	return JSON(b)
}

// JSON writes the structure of a brief.
func JSON(b Brief) ([]byte, error) {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(b)
	return text.Bytes(), err
}

// FileName is the name of a file with a brief: masar-16.6-EGY-2026-11-28-ar.docx.
func (b Brief) FileName(f Form) string {
	parts := []string{"masar", b.Subject.Code}
	for _, s := range []*Subject{b.To, b.Country, b.Target} {
		if s != nil {
			parts = append(parts, s.Code)
		}
	}
	parts = append(parts, b.AsOf, "both")
	if len(b.Texts) == 1 {
		parts[len(parts)-1] = tag(b.Texts[0].Language)
	}
	return strings.Map(portable, strings.Join(parts, "-")) + "." + string(f)
}

// portable is a character that every file system and header accepts, or a hyphen in its place.
func portable(r rune) rune {
	if r < 0x80 && (r == '.' || r == '-' || r == '_' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z' || 'a' <= r && r <= 'z') {
		return r
	}
	return '-'
}

// LanguageTags are the tags of the languages of a brief: ar, en, or both.
func (b Brief) LanguageTags() string {
	var tags []string
	for _, t := range b.Texts {
		tags = append(tags, tag(t.Language))
	}
	return strings.Join(tags, ", ")
}
