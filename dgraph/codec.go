package dgraph

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"masar"
)

// A domain struct becomes predicates, named after its fields:
//
//	Form OutputForm         form
//	Titles LocalizedText    title_ar, title_en, and title_ar_origin if the origin is not EDITORIAL
//	Date Date               date, date_basis
//	Parent Ref              parent, an edge to the entity
//	ClaimKey ClaimKey       claim, an edge to the claim
//	Groups []Ref            groups, edges to the entities, in the order of the entities
//	Languages []Language    languages, a set, in the order of the alphabet
//	Passage Passage         passage_source, passage_start, ...; a MaturityBand and a Withdrawal likewise
//	Participants []Quantity participants, edges to nodes of their own, in the order of position
//
// Empty strings, edges and false booleans are not written. Numbers always are, because zero differs from null.
// Four fields are not written as such: Kind, Code and Key make up the xid, and the writer counts Revision.

// codec writes and reads the records of one type.
type codec struct {
	masar.RecordSpec
	typeName string
	record   reflect.Type // the struct, not the pointer
	fields   []field
	// marks are predicates that the writer adds to records of the type, such as kind, code and line. terms are the predicates
	// that hold search terms.
	marks, terms []string
	// notes are the predicates of a record's authorship, if they are read.
	notes []string
}

// field is a struct field and the predicate, or the group of predicates, that holds it.
type field struct {
	name  string // predicate name
	index []int
	shape shape
	parts []field // of a nested struct
	elem  reflect.Type
}

// shape is how a field's value is stored.
type shape int

const (
	text      shape = iota // string
	number                 // int, float64
	boolean                // bool
	localized              // masar.LocalizedText
	date                   // masar.Date
	edge                   // masar.Ref
	owner                  // masar.ClaimKey
	edges                  // []masar.Ref
	texts                  // []string
	nested                 // []struct
)

// codecs has a codec for every type of record, in the order in which they are written.
var codecs = func() []*codec {
	all := make([]*codec, len(masar.RecordSpecs))
	for i, spec := range masar.RecordSpecs {
		all[i] = newCodec(spec)
	}
	return all
}()

var codecOf = func() map[masar.RecordType]*codec {
	m := map[masar.RecordType]*codec{}
	for _, c := range codecs {
		m[c.Type] = c
	}
	return m
}()

func newCodec(spec masar.RecordSpec) *codec {
	empty := spec.New("", 0)
	record := reflect.TypeOf(empty).Elem()
	c := &codec{RecordSpec: spec, typeName: record.Name(), record: record, fields: fieldsOf(record, "")}
	switch empty.(type) {
	case masar.Entity:
		c.marks, c.terms = []string{"kind", "code"}, []string{searchTerms}
	case *masar.Claim:
		c.marks, c.notes = []string{"linked"}, []string{"by", "accepted_by", "accepted_at", "retired_at"}
	}
	if c.lined() {
		c.marks = append(c.marks, "line")
	}
	return c
}

// nestedPredicates are the predicates that lead to nested nodes, of records of any type.
var nestedPredicates = func() []string {
	var names []string
	for _, c := range codecs {
		for _, f := range c.fields {
			if f.shape == nested {
				names = append(names, f.name)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}()

// head are the predicates that every record has: its key, its revision, its digests and its author.
var head = []string{"xid", "revision", "digest", "seeded", "by"}

// lined reports whether records of the type have a line ([masar.Line]). Source texts have none, so that their words are
// not stored twice.
func (c *codec) lined() bool { return c.Type != masar.RecordText }

// own are the fields that make up the xid or that the writer sets.
var own = []string{"Kind", "Code", "Key", "Revision", "Authorship"}

func fieldsOf(t reflect.Type, prefix string) []field {
	var fields []field
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous { // the Header of an entity
			for _, inner := range fieldsOf(f.Type, prefix) {
				inner.index = append([]int{i}, inner.index...)
				fields = append(fields, inner)
			}
			continue
		}
		// Evidence.Kind is an ordinary field and no part of the xid.
		if slices.Contains(own, f.Name) && f.Type != reflect.TypeFor[masar.EvidenceKind]() {
			continue
		}
		fields = append(fields, fieldOf(f, i, prefix)...)
	}
	return fields
}

func fieldOf(f reflect.StructField, i int, prefix string) []field {
	at := field{name: prefix + snake(f.Name), index: []int{i}}
	switch f.Type {
	case reflect.TypeFor[masar.LocalizedText]():
		at.name, at.shape = prefix+snake(singular(f.Name)), localized
	case reflect.TypeFor[masar.Date]():
		at.shape = date
	case reflect.TypeFor[masar.Ref]():
		at.shape = edge
	case reflect.TypeFor[masar.ClaimKey]():
		at.name, at.shape = prefix+snake(strings.TrimSuffix(f.Name, "Key")), owner
	case reflect.TypeFor[[]masar.Ref]():
		at.shape = edges
	case reflect.TypeFor[masar.Passage](), reflect.TypeFor[masar.MaturityBand](), reflect.TypeFor[masar.Withdrawal]():
		inner := fieldsOf(f.Type, at.name+"_")
		for j := range inner {
			inner[j].index = append([]int{i}, inner[j].index...)
		}
		return inner
	default:
		switch f.Type.Kind() {
		case reflect.String:
			at.shape = text
		case reflect.Int, reflect.Float64:
			at.shape = number
		case reflect.Bool:
			at.shape = boolean
		case reflect.Slice:
			at.elem = f.Type.Elem()
			if at.elem.Kind() == reflect.String {
				at.shape = texts
				break
			}
			at.shape, at.parts = nested, fieldsOf(at.elem, "")
		default:
			panic(fmt.Sprintf("dgraph: no predicate for field %s of type %s", f.Name, f.Type))
		}
	}
	return []field{at}
}

// ref is an edge, given by the xid of the record that it leads to.
type ref string

// encode writes a record as values by predicate. A value is a string, int, float64, bool, ref, []string, []ref, or
// []map[string]any for nested nodes.
func (c *codec) encode(record reflect.Value) map[string]any {
	node := map[string]any{}
	encodeFields(c.fields, record, node)
	return node
}

func encodeFields(fields []field, from reflect.Value, node map[string]any) {
	for _, f := range fields {
		v := from.FieldByIndex(f.index)
		switch f.shape {
		case text:
			if v.String() != "" {
				node[f.name] = v.String()
			}
		case number:
			node[f.name] = v.Interface()
		case boolean:
			if v.Bool() {
				node[f.name] = true
			}
		case localized:
			w := v.Interface().(masar.LocalizedText)
			encodeTranslation(node, f.name+"_ar", w.AR)
			encodeTranslation(node, f.name+"_en", w.EN)
		case date:
			if d := v.Interface().(masar.Date); !d.IsZero() {
				node[f.name] = d.EDTF
				if d.Basis != "" {
					node[f.name+"_basis"] = string(d.Basis)
				}
			}
		case edge:
			if r := v.Interface().(masar.Ref); !r.IsZero() {
				node[f.name] = ref(r.String())
			}
		case owner:
			node[f.name] = ref(masar.RecordRef{Type: masar.RecordClaim, Key: v.String()}.String())
		case edges:
			var to []ref
			for _, r := range slices.SortedFunc(slices.Values(v.Interface().([]masar.Ref)), masar.Ref.Compare) {
				to = append(to, ref(r.String()))
			}
			if to != nil {
				node[f.name] = slices.Compact(to)
			}
		case texts:
			var words []string
			for i := range v.Len() {
				words = append(words, v.Index(i).String())
			}
			slices.Sort(words)
			if words != nil {
				node[f.name] = slices.Compact(words)
			}
		case nested:
			var parts []map[string]any
			for i := range v.Len() {
				part := map[string]any{"position": i}
				encodeFields(f.parts, v.Index(i), part)
				parts = append(parts, part)
			}
			if parts != nil {
				node[f.name] = parts
			}
		}
	}
}

func encodeTranslation(node map[string]any, name string, w masar.Translation) {
	if w.Value == "" {
		return
	}
	node[name] = w.Value
	if w.Origin != "" && w.Origin != masar.OriginEditorial {
		node[name+"_origin"] = string(w.Origin)
	}
}

// differing returns the names of the fields in which two records of the type differ.
func (c *codec) differing(x, y reflect.Value) []string {
	var names []string
	for _, f := range c.fields {
		one, other := map[string]any{}, map[string]any{}
		encodeFields([]field{f}, x, one)
		encodeFields([]field{f}, y, other)
		if !reflect.DeepEqual(one, other) {
			names = append(names, f.name)
		}
	}
	return names
}

// selection is the DQL selection that reads a whole record.
func (c *codec) selection() string {
	return strings.Join(append([]string{"uid xid revision", selectFields(c.fields)}, c.notes...), " ")
}

// whole is the DQL selection that reads a whole record with its marks, its search terms and its digest. It shows edges to
// nodes without an xid.
func (c *codec) whole() string {
	names := append([]string{strings.ReplaceAll(c.selection(), "{ xid }", "{ uid xid }"), "digest"}, c.marks...)
	if !slices.Contains(c.notes, "by") {
		names = append(names, "by")
	}
	return strings.Join(append(names, c.terms...), " ")
}

func selectFields(fields []field) string {
	var names []string
	for _, f := range fields {
		switch f.shape {
		case edge, owner, edges:
			names = append(names, f.name+" { xid }")
		case nested:
			// The position keeps a part whose values are all empty.
			names = append(names, f.name+" (orderasc: position) { position "+selectFields(f.parts)+" }")
		default:
			names = append(names, f.predicates()...)
		}
	}
	return strings.Join(names, " ")
}

// predicates are the predicates of a field, without those of nested nodes.
func (f field) predicates() []string {
	switch f.shape {
	case localized:
		return []string{f.name + "_ar", f.name + "_ar_origin", f.name + "_en", f.name + "_en_origin"}
	case date:
		return []string{f.name, f.name + "_basis"}
	}
	return []string{f.name}
}

// predicates are all predicates of the type's records, without those of nested nodes.
func (c *codec) predicates() []string {
	names := slices.Concat(head, c.marks, c.terms)
	for _, f := range c.fields {
		names = append(names, f.predicates()...)
	}
	return names
}

// partPredicates are the predicates of the field's nested nodes.
func (f field) partPredicates() []string {
	names := []string{"position"}
	for _, part := range f.parts {
		names = append(names, part.predicates()...)
	}
	return names
}

// decode reads a record from Dgraph's answer.
func (c *codec) decode(node map[string]any) (masar.Record, error) {
	xid, _ := node["xid"].(string)
	revision, _ := node["revision"].(float64)
	record := c.New(key(xid), int(revision))
	if claim, ok := record.(*masar.Claim); ok {
		claim.Authorship = authorship(node)
	}
	return record, decodeFields(c.fields, node, reflect.ValueOf(record).Elem())
}

// authorship reads a record's author and reviewer.
func authorship(node map[string]any) (a masar.Authorship) {
	a.LastBy, _ = node["by"].(string)
	a.AcceptedBy, _ = node["accepted_by"].(string)
	a.AcceptedAt, _ = node["accepted_at"].(string)
	a.RetiredAt, _ = node["retired_at"].(string)
	return a
}

func decodeFields(fields []field, node map[string]any, into reflect.Value) error {
	for _, f := range fields {
		v := into.FieldByIndex(f.index)
		raw := node[f.name]
		switch f.shape {
		case localized:
			v.Set(reflect.ValueOf(masar.LocalizedText{AR: decodeTranslation(node, f.name+"_ar"), EN: decodeTranslation(node, f.name+"_en")}))
			continue
		case date:
			edtf, _ := raw.(string)
			basis, _ := node[f.name+"_basis"].(string)
			v.Set(reflect.ValueOf(masar.Date{EDTF: edtf, Basis: masar.Basis(basis)}))
			continue
		}
		if raw == nil {
			continue
		}
		var ok bool
		switch f.shape {
		case text:
			var s string
			if s, ok = raw.(string); ok {
				v.SetString(s)
			}
		case number:
			var n float64
			if n, ok = raw.(float64); ok && v.CanInt() {
				v.SetInt(int64(n))
			} else if ok {
				v.SetFloat(n)
			}
		case boolean:
			var b bool
			if b, ok = raw.(bool); ok {
				v.SetBool(b)
			}
		case edge:
			var r masar.Ref
			if r, ok = decodeRef(raw); ok {
				v.Set(reflect.ValueOf(r))
			}
		case owner:
			var claim masar.RecordRef
			if claim, ok = decodeEnd(raw); ok {
				v.SetString(claim.Key)
			}
		case edges, texts, nested:
			ok = decodeList(f, raw, v)
		}
		if !ok {
			return fmt.Errorf("predicate %s of %v holds %T", f.name, node["xid"], raw)
		}
	}
	return nil
}

// decodeList reads a list. Edges and texts are sets in Dgraph, so decodeList sorts them.
func decodeList(f field, raw any, v reflect.Value) bool {
	items, ok := raw.([]any)
	if !ok {
		return false
	}
	switch f.shape {
	case edges:
		var refs []masar.Ref
		for _, item := range items {
			r, ok := decodeRef(item)
			if !ok {
				return false
			}
			refs = append(refs, r)
		}
		slices.SortFunc(refs, masar.Ref.Compare)
		v.Set(reflect.ValueOf(refs))
	case texts:
		var words []string
		for _, item := range items {
			s, ok := item.(string)
			if !ok {
				return false
			}
			words = append(words, s)
		}
		slices.Sort(words)
		list := reflect.MakeSlice(v.Type(), len(words), len(words))
		for i, s := range words {
			list.Index(i).SetString(s)
		}
		v.Set(list)
	case nested:
		list := reflect.MakeSlice(v.Type(), len(items), len(items))
		for i, item := range items {
			part, ok := item.(map[string]any)
			if !ok || decodeFields(f.parts, part, list.Index(i)) != nil {
				return false
			}
		}
		v.Set(list)
	}
	return true
}

func decodeRef(raw any) (masar.Ref, bool) {
	end, ok := decodeEnd(raw)
	return end.Entity(), ok
}

// decodeEnd reads the record that an edge leads to.
func decodeEnd(raw any) (masar.RecordRef, bool) {
	node, ok := raw.(map[string]any)
	if !ok {
		return masar.RecordRef{}, false
	}
	xid, _ := node["xid"].(string)
	return recordRef(xid)
}

func decodeTranslation(node map[string]any, name string) masar.Translation {
	value, _ := node[name].(string)
	origin, _ := node[name+"_origin"].(string)
	return masar.Translation{Value: value, Origin: masar.TextOrigin(origin)}
}

// snake writes a Go name as a predicate: EvidenceKind becomes evidence_kind, SHA256 sha256, OCRDoubt ocr_doubt.
func snake(name string) string {
	var b strings.Builder
	runes := []rune(name)
	for i, r := range runes {
		startsWord := unicode.IsUpper(r) && i > 0 &&
			(unicode.IsLower(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1]))
		if startsWord {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// singular is the name of the predicate for a localized text whose field name is a plural.
func singular(name string) string {
	if stem, ok := strings.CutSuffix(name, "ies"); ok {
		return stem + "y"
	}
	return strings.TrimSuffix(name, "s")
}

// hex writes a uid as Dgraph does.
func hex(uid uint64) string { return "0x" + strconv.FormatUint(uid, 16) }
