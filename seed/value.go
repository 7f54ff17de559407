package seed

import (
	"fmt"
	"strings"

	"masar"
)

// shorthand is a value that can be written as one string. A struct with keys can also be written as a map.
type shorthand interface{ parse(s string) error }

// code is the code of an entity, or the id of a passage within its file.
type code string

const codePattern = `[A-Za-z0-9._-]{1,64}`

// ref is a reference KIND/code.
type ref struct{ masar.Ref }

func (r *ref) parse(s string) (err error) {
	r.Ref, err = masar.ParseRef(s)
	return err
}

// triple is the subject, predicate and object of a claim.
type triple struct {
	subject   masar.Ref
	predicate masar.Predicate
	object    masar.Ref
}

func (t *triple) parse(s string) error {
	part := strings.Split(s, " ")
	if len(part) != 3 {
		return fmt.Errorf("%q is not a claim: write KIND/code PREDICATE KIND/code, separated by single spaces", s)
	}
	subject, err := masar.ParseRef(part[0])
	if err != nil {
		return fmt.Errorf("the subject %w", err)
	}
	object, err := masar.ParseRef(part[2])
	if err != nil {
		return fmt.Errorf("the object %w", err)
	}
	*t = triple{subject, masar.Predicate(part[1]), object}
	return nil
}

// pointer refers to a passage: of the same file by its id, of another as DOCUMENT#id.
type pointer struct{ document, id string }

func (p *pointer) parse(s string) error {
	document, id, ok := strings.Cut(s, "#")
	if !ok {
		document, id = "", s
	}
	if ok && !masar.ValidCode(document) || !masar.ValidCode(id) {
		return fmt.Errorf("%q is not a passage: write its id, or DOCUMENT#id for a passage of another file", s)
	}
	*p = pointer{document, id}
	return nil
}

// hash is a SHA-256 in hex.
type hash string

// address is a URL on the web.
type address string

// localizedText is a text in both languages.
type localizedText struct {
	AR translation `yaml:"ar,required"`
	EN translation `yaml:"en,required"`
}

func (w localizedText) domain() masar.LocalizedText {
	return masar.LocalizedText{AR: masar.Translation(w.AR), EN: masar.Translation(w.EN)}
}

// translation is a localized text in one language; a plain string is the editors' own.
type translation struct {
	Value  string           `yaml:"value,required"`
	Origin masar.TextOrigin `yaml:"origin,required"`
}

var _ shorthand = (*translation)(nil)

func (w *translation) parse(s string) error {
	w.Value = s
	return nil
}

// date is an EDTF date. As a plain string it is stated by the source.
type date struct {
	EDTF  edtf        `yaml:"edtf,required"`
	Basis masar.Basis `yaml:"basis,required"`
}

var _ shorthand = (*date)(nil)

func (d *date) parse(s string) error {
	*d = date{edtf(s), masar.Stated}
	return nil
}

func (d date) domain() masar.Date { return masar.Date{EDTF: string(d.EDTF), Basis: d.Basis} }

// edtf is a date in the Extended Date/Time Format.
type edtf string

// quantity is a number of people as a source gives it.
type quantity struct {
	Value     float64                 `yaml:"value,required" min:"0"`
	Qualifier masar.QuantityQualifier `yaml:"qualifier" default:"EXACTLY"`
	Of        localizedText           `yaml:"of,required"`
}

func (q quantity) domain() masar.Quantity {
	return masar.Quantity{Value: q.Value, Qualifier: q.Qualifier, Labels: q.Of.domain()}
}

// alias is another name of an entity.
type alias struct {
	Value string         `yaml:"value,required"`
	Lang  masar.Language `yaml:"lang,required"`
}

// each converts every item of a list; nil for an empty list.
func each[A, B any](items []A, convert func(A) B) []B {
	if len(items) == 0 {
		return nil
	}
	out := make([]B, len(items))
	for i, item := range items {
		out[i] = convert(item)
	}
	return out
}
