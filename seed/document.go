package seed

import (
	"cmp"

	"masar"
)

// document is the entry of a file's source document.
type document struct {
	described
	Form         masar.DocumentForm `yaml:"form,required"`
	URL          address            `yaml:"url"`
	Languages    []masar.Language   `yaml:"languages,required" unique:"true" least:"1"`
	Publishing   ref                `yaml:"publishing" kinds:"ORGANIZATION"`
	Date         date               `yaml:"date"`
	Family       string             `yaml:"family,required"`
	EvidenceKind masar.EvidenceKind `yaml:"evidenceKind"`
	Version      *version           `yaml:"version"`
}

func (x *document) domain() masar.Entity {
	d := &masar.Document{
		Header: x.header(), Form: x.Form, URL: string(x.URL), Languages: x.Languages, Publishing: x.Publishing.Ref,
		Date: x.Date.domain(), Family: x.Family, EvidenceKind: x.evidenceKind(),
	}
	if x.Version != nil {
		d.Versions = []masar.DocumentVersion{{SHA256: string(x.Version.SHA256), Length: x.Version.Length}}
	}
	return d
}

// evidenceKind is the kind of the document's evidence, by default that of its form.
func (x *document) evidenceKind() masar.EvidenceKind {
	return cmp.Or(x.EvidenceKind, x.Form.EvidenceKind())
}

// ref is the document's reference.
func (x *document) ref() masar.Ref { return masar.Ref{Kind: masar.KindDocument, Code: string(x.Code)} }

// version is the text that the passages' offsets refer to.
type version struct {
	SHA256 hash `yaml:"sha256,required"`
	Length int  `yaml:"length,required" min:"1"`
}

// passage is the entry of a range of the document's text.
type passage struct {
	Start    int            `yaml:"start,required" min:"0"`
	End      int            `yaml:"end,required" min:"1"`
	SHA256   hash           `yaml:"sha256,required"`
	Lang     masar.Language `yaml:"lang"`
	Locator  localizedText  `yaml:"locator,required"`
	Summary  localizedText  `yaml:"summary,required"`
	OCRDoubt bool           `yaml:"ocrDoubt"`
}

// domain returns the passage as a pointer into a document's version.
func (p *passage) domain(d *document) masar.Passage {
	out := masar.Passage{
		Source: d.ref(), Start: p.Start, End: p.End, SHA256: string(p.SHA256), Lang: p.Lang,
		Locators: p.Locator.domain(), OCRDoubt: p.OCRDoubt,
	}
	if d.Version != nil {
		out.Version = string(d.Version.SHA256)
	}
	if out.Lang == "" && len(d.Languages) > 0 {
		out.Lang = d.Languages[0]
	}
	return out
}

// excluded is the entry of words without usable content.
type excluded struct {
	Start  int           `yaml:"start,required" min:"0"`
	End    int           `yaml:"end,required" min:"1"`
	Reason localizedText `yaml:"reason,required"`
}
