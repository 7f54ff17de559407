package linked

import (
	"cmp"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"masar"
	"masar/words"
)

// definition is a term of Masar's namespace.
type definition struct {
	// Name is its name in the namespace.
	Name            string
	Labels, Details masar.LocalizedText
	// Types are its types, and Broader what it refines, with their prefixes.
	Types, Broader []string
	// Scheme is the list of a value, and Notation its name in the API.
	Scheme, Notation string
}

// definitions are the terms of the namespace, in the order of their names.
func definitions() (all []definition) {
	for _, c := range classes {
		all = append(all, definition{
			Name: local(c.name), Labels: words.Label(c.record), Types: []string{"rdfs:Class"}, Broader: c.others,
		})
	}
	seen := map[string]bool{}
	for _, t := range terms {
		if name, ours := strings.CutPrefix(t.iri, "masar:"); ours && !seen[name] {
			seen[name] = true
			all = append(all, t.definition(name))
		}
	}
	schemes := map[string]bool{}
	for _, t := range terms {
		if t.enum != nil && !schemes[t.enum.scheme()] {
			schemes[t.enum.scheme()] = true
			all = append(all, t.enum.definitions()...)
		}
	}
	slices.SortFunc(all, func(a, b definition) int { return cmp.Compare(a.Name, b.Name) })
	return all
}

func local(name string) string { return strings.TrimPrefix(name, "masar:") }

func (t *term) definition(name string) definition {
	d := definition{Name: name, Types: []string{"rdf:Property"}}
	if t.broader != "" {
		d.Broader = []string{t.broader}
	}
	if p := predicateNamed(name); p != "" {
		d.Labels = words.Label(p)
		return d
	}
	d.Labels, d.Details = words.Localized("vocabulary."+t.name+".label", nil), words.Localized("vocabulary."+t.name+".comment", nil)
	return d
}

// predicateNamed is the predicate of claims with a property; empty for a field of records.
func predicateNamed(name string) masar.Predicate {
	for _, p := range masar.Predicates {
		if predicateOf(p) == "masar:"+name {
			return p
		}
	}
	return ""
}

// scheme is the name of the list of an enum's values.
func (e *enum) scheme() string { return cmp.Or(e.name, "Basis") }

// definitions are the terms of an enum: the list and its values.
func (e *enum) definitions() []definition {
	text := words.Localized("vocabulary.scheme."+e.scheme(), nil)
	all := []definition{{Name: e.scheme(), Labels: text, Types: []string{"skos:ConceptScheme"}}}
	for _, v := range e.values {
		all = append(all, definition{Name: local(e.iri(v)), Labels: e.label(v), Types: []string{"skos:Concept"}, Scheme: e.scheme(), Notation: v})
	}
	return all
}

// WriteVocabulary writes the vocabulary as Turtle.
func WriteVocabulary(to io.Writer) error {
	var b strings.Builder
	for _, p := range prefixes {
		fmt.Fprintf(&b, "@prefix %s: <%s> .\n", p.name, p.iri)
	}
	ontology := strings.TrimSuffix(Namespace, "#")
	fmt.Fprintf(&b, "\n<%s>\n  a owl:Ontology", ontology)
	both(&b, "rdfs:label", words.Localized("vocabulary.title", nil))
	both(&b, "rdfs:comment", words.Localized("vocabulary.about", nil))
	b.WriteString(" .\n")
	for _, d := range definitions() {
		fmt.Fprintf(&b, "\nmasar:%s\n  a %s", d.Name, strings.Join(d.Types, ", "))
		both(&b, "rdfs:label", d.Labels)
		both(&b, "rdfs:comment", d.Details)
		refines := map[string]string{"rdfs:Class": "rdfs:subClassOf", "rdf:Property": "rdfs:subPropertyOf"}[d.Types[0]]
		if len(d.Broader) > 0 {
			fmt.Fprintf(&b, " ;\n  %s %s", refines, strings.Join(d.Broader, ", "))
		}
		if d.Scheme != "" {
			fmt.Fprintf(&b, " ;\n  skos:inScheme masar:%s ;\n  skos:notation %s", d.Scheme, quoted(d.Notation))
		}
		fmt.Fprintf(&b, " ;\n  rdfs:isDefinedBy <%s> .\n", ontology)
	}
	_, err := io.WriteString(to, b.String())
	return err
}

// both writes a text in both languages.
func both(b *strings.Builder, property string, text masar.LocalizedText) {
	if !text.IsZero() {
		fmt.Fprintf(b, " ;\n  %s %s@ar, %s@en", property, quoted(text.AR.Value), quoted(text.EN.Value))
	}
}

// vocabularyPage shows the vocabulary to people.
var vocabularyPage = template.Must(template.New("ns").Parse(`<!DOCTYPE html>
<html lang="{{.Lang}}" dir="{{.Dir}}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{{.Title}}</title></head>
<body>
<main>
<h1>{{.Title}}</h1>
<p>{{.About}}</p>
<p><code dir="ltr">{{.Namespace}}</code></p>
<dl>
{{range .Terms}}<dt id="{{.Name}}"><a href="#{{.Name}}"><code dir="ltr">masar:{{.Name}}</code></a></dt>
<dd><span lang="ar" dir="rtl">{{.Labels.AR.Value}}</span> · <span lang="en" dir="ltr">{{.Labels.EN.Value}}</span>{{with .Details.AR.Value}}
<p lang="ar" dir="rtl">{{.}}</p>{{end}}{{with .Details.EN.Value}}
<p lang="en" dir="ltr">{{.}}</p>{{end}}{{range .Broader}}
<p><code dir="ltr">⊑ {{.}}</code></p>{{end}}</dd>
{{end}}</dl>
</main>
</body>
</html>
`))

// WriteVocabularyPage writes the vocabulary as a page, with its head in a language and all terms in both.
func WriteVocabularyPage(to io.Writer, lang masar.Language) error {
	in := func(key string) string { return words.Localized(key, nil).In([]masar.Language{lang}).Value }
	return vocabularyPage.Execute(to, struct {
		Lang, Dir, Title, About, Namespace string
		Terms                              []definition
	}{tag(lang), strings.ToLower(string(lang.Direction())), in("vocabulary.title"), in("vocabulary.about"), Namespace, definitions()})
}
