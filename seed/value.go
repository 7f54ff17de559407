package seed

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"masar"
)

// shorthand is a value with a short form: it can be written as one string.
// A struct that has keys besides may be written as a map of them too.
type shorthand interface{ parse(s string) error }

// referring is a value that names entities, which must exist.
type referring interface{ refs() []masar.Ref }

// code names an entity within its kind, or a passage within its file.
type code string

const codePattern = `[A-Za-z0-9._-]{1,64}`

func (c *code) parse(s string) error {
	if !masar.ValidCode(s) {
		return fmt.Errorf("%q is not a code: ASCII letters, digits, '.', '-' and '_', at most 64", s)
	}
	*c = code(s)
	return nil
}

// ref is a KIND/code. The tag "kinds" of a field says which kinds it may have.
type ref struct{ masar.Ref }

func (r *ref) parse(s string) (err error) {
	r.Ref, err = masar.ParseRef(s)
	return err
}

func (r *ref) refs() []masar.Ref { return []masar.Ref{r.Ref} }

// triple is the subject, predicate and object of a claim.
type triple struct {
	subject   masar.Ref
	predicate masar.Predicate
	object    masar.Ref
}

func (t *triple) parse(s string) error {
	part := strings.Split(s, " ")
	if len(part) != 3 {
		return fmt.Errorf("%q is not a claim: it is written KIND/code PREDICATE KIND/code, with one space between", s)
	}
	subject, err := masar.ParseRef(part[0])
	if err != nil {
		return fmt.Errorf("the subject %w", err)
	}
	object, err := masar.ParseRef(part[2])
	if err != nil {
		return fmt.Errorf("the object %w", err)
	}
	predicate := masar.Predicate(part[1])
	spec, ok := masar.PredicateSpecs[predicate]
	switch {
	case !ok:
		return fmt.Errorf("%q is not a predicate; the predicates are %s", part[1], list(masar.Predicates))
	case spec.SameKind && subject.Kind != object.Kind:
		return fmt.Errorf("%s joins two of one kind, not %s and %s", predicate, subject.Kind, object.Kind)
	case !spec.Admits(subject.Kind, object.Kind):
		from := "anything"
		if len(spec.Domain) > 0 {
			from = either(spec.Domain)
		}
		return fmt.Errorf("%s runs from %s to %s, not from %s to %s", predicate, from, either(spec.Range), subject.Kind, object.Kind)
	case subject == object:
		return fmt.Errorf("%s is both subject and object", subject)
	}
	*t = triple{subject, predicate, object}
	return nil
}

func (t *triple) refs() []masar.Ref { return []masar.Ref{t.subject, t.object} }

// either writes alternatives for a message.
func either[T ~string](words []T) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = string(w)
	}
	if n := len(out); n > 1 {
		return strings.Join(out[:n-1], ", ") + " or " + out[n-1]
	}
	return strings.Join(out, "")
}

// pointer names a passage: of the same file by its id, of another as DOCUMENT#id.
type pointer struct{ document, id string }

func (p *pointer) parse(s string) error {
	document, id, ok := strings.Cut(s, "#")
	if !ok {
		document, id = "", s
	}
	if ok && !masar.ValidCode(document) || !masar.ValidCode(id) {
		return fmt.Errorf("%q names no passage: write its id, or DOCUMENT#id for a passage of another file", s)
	}
	*p = pointer{document, id}
	return nil
}

// hash is a SHA-256 in hex.
type hash string

func (h *hash) parse(s string) error {
	if len(s) != 64 || strings.Trim(s, "0123456789abcdef") != "" {
		return fmt.Errorf("%q is not a SHA-256: 64 digits of 0-9 and a-f", s)
	}
	*h = hash(s)
	return nil
}

// address is a URL on the web.
type address string

func (a *address) parse(s string) error {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.ContainsAny(s, " <>\"{}|\\^`") {
		return fmt.Errorf("%q is not a web address: it begins with http:// or https:// and has no spaces", s)
	}
	*a = address(s)
	return nil
}

// wording is the same thing said in both languages.
type wording struct {
	AR words `yaml:"ar,required"`
	EN words `yaml:"en,required"`
}

func (w wording) domain() masar.Wording {
	return masar.Wording{AR: masar.Words(w.AR), EN: masar.Words(w.EN)}
}

// words are a wording in one language; a plain string is the editors' own.
type words struct {
	Value  string           `yaml:"value,required"`
	Origin masar.TextOrigin `yaml:"origin,required"`
}

var _ shorthand = (*words)(nil)

func (w *words) parse(s string) error {
	w.Value = s
	return nil
}

// date is an EDTF date; a plain string is stated by the source.
type date struct {
	EDTF  edtf        `yaml:"edtf,required"`
	Basis masar.Basis `yaml:"basis,required"`
}

func (d *date) parse(s string) error {
	d.Basis = masar.Stated
	return d.EDTF.parse(s)
}

func (d date) domain() masar.Date { return masar.Date{EDTF: string(d.EDTF), Basis: d.Basis} }

// edtf is a date in the Extended Date/Time Format.
type edtf string

func (e *edtf) parse(s string) error {
	if s == "" {
		return errors.New("the date is empty")
	}
	*e = edtf(s)
	return masar.Date{EDTF: s}.Validate()
}

// quantity is a number of people, as a source gives it.
type quantity struct {
	Value     float64         `yaml:"value,required" min:"0"`
	Qualifier masar.Qualifier `yaml:"qualifier" default:"EXACTLY"`
	Of        wording         `yaml:"of,required"`
}

func (q quantity) domain() masar.Quantity {
	return masar.Quantity{Value: q.Value, Qualifier: q.Qualifier, Wordings: q.Of.domain()}
}

// alias is another name of an entity.
type alias struct {
	Value string         `yaml:"value,required"`
	Lang  masar.Language `yaml:"lang,required"`
}

// each converts every item of a list; nil for an empty one.
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
