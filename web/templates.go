package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html"
	"html/template"
	"io/fs"
	"net/url"
	"path"
	"reflect"
	"strconv"
	"strings"
	"sync"

	"masar"
	"masar/answers"
	"masar/brief"
	"masar/words"
)

//go:embed templates
var templateFiles embed.FS

// templates are the pages by name and language: the layout, the parts and the content of the page.
var templates = sync.OnceValue(func() map[string]*template.Template {
	all := map[string]*template.Template{}
	for _, l := range []masar.Language{masar.Arabic, masar.English} {
		frame := template.Must(template.New("layout").Funcs(functions(l)).ParseFS(templateFiles, "templates/layout.html", "templates/parts/*.html"))
		names, err := fs.Glob(templateFiles, "templates/pages/*.html")
		if err != nil {
			panic(err) // the pattern is a constant
		}
		for _, file := range names {
			page := template.Must(template.Must(frame.Clone()).ParseFS(templateFiles, file))
			all[strings.TrimSuffix(path.Base(file), ".html")+prefix(l)] = page.Option("missingkey=error")
		}
	}
	return all
})

func templateOf(name string, l masar.Language) *template.Template { return templates()[name+prefix(l)] }

// ours is the hash of what the pages are made of, besides the program.
var ours = sync.OnceValue(func() string {
	sum := sha256.New()
	for _, files := range append(brief.Files(), templateFiles, operationFiles, words.Files()) {
		err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			content, err := files.ReadFile(name)
			sum.Write(content)
			return err
		})
		if err != nil {
			panic(err) // the files are embedded
		}
	}
	return hex.EncodeToString(sum.Sum([]byte(assets().style)))
})

// functions are what templates can call.
func functions(l masar.Language) template.FuncMap {
	return template.FuncMap{
		"say":      func(key string, pairs ...any) template.HTML { return marked(l, say(key, args(pairs))) },
		"phrase":   func(p masar.Phrase) template.HTML { return marked(l, p) },
		"plain":    func(key string, pairs ...any) string { return plain(l, say(key, args(pairs))) },
		"label":    func(value any) string { return words.Value(l, deref(value)) },
		"to":       func(path string) string { return prefix(l) + path },
		"page":     func(e EntityHeading) string { return prefix(l) + pathOf(e.Kind, e.Code) },
		"place":    func(p PassageDetail) string { return prefix(l) + placeOf(p.Document.Code, p.Start, p.End) },
		"query":    query,
		"language": func() string { return strings.ToLower(string(l)) },
		"foreign":  func(t LocalizedText) bool { return t.Lang != string(l) },
		"lower":    func(value any) string { return strings.ToLower(fmt.Sprint(deref(value))) },
		"raw":      func(value any) string { return fmt.Sprint(deref(value)) },
		"state": func(section string, value any, pairs ...any) template.HTML {
			return marked(l, say(section+fmt.Sprint(deref(value)), args(pairs)))
		},
		"date":          func(time any) string { return words.Date(masar.Date{EDTF: dayOf(time)}, []masar.Language{l}).Value },
		"decimal":       words.Hundredths,
		"share":         func(x float64) float64 { return 100 * x },
		"discs":         discs,
		"pager":         pager,
		"pagerOf":       pagerOf,
		"amount":        decimalText,
		"thousandths":   func(x float64) string { return strconv.FormatFloat(x, 'f', 3, 64) },
		"unit":          func(unit any) string { return unitIn(l, fmt.Sprint(deref(unit))) },
		"profile":       func(name string) masar.ProfileName { return masar.ProfileName(name) },
		"certainty":     func(value string) masar.Certainty { return masar.Certainty(value) },
		"claimsCount":   newClaimsCount,
		"entityLink":    entityLink,
		"documentParts": documentParts,
		"documentAsked": documentAsked,
		"titled":        titled,
		"less":          func(a, b int) int { return a - b },
		"numbered":      numbered,
		"coded":         func(code string, title LocalizedText) string { return coded(code, title).Value },
		"links":         func(all []EntityHeading) template.HTML { return links(l, all) },
		"whole":         func(text string) template.HTML { return template.HTML(whole(text)) },
		"bases":         func() []masar.Basis { return masar.Bases },
		"certainties":   func() []masar.Certainty { return masar.Certainties },
		"style":         func() string { return assets().style },
		"script":        func() string { return assets().script },
		"font":          func() string { return assets().preload[l] },
		"picker":        newPicker,
		"patterns":      func() []answers.PathPattern { return patterns },
		"numberOf":      func(index int) int { return index + 1 },
		"said":          func(p masar.Phrase) string { return plain(l, p) },
	}
}

// args are the values of a message's slots, given as name and value in turn.
func args(pairs []any) masar.Args {
	given := masar.Args{}
	for i := 0; i+1 < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			panic(fmt.Sprintf("the name of a slot is %v", pairs[i]))
		}
		given[name] = deref(pairs[i+1])
	}
	return given
}

// deref follows the pointer of a nullable value.
func deref(value any) any {
	if v := reflect.ValueOf(value); v.Kind() == reflect.Pointer && !v.IsNil() {
		return v.Elem().Interface()
	}
	return value
}

// marked is a message as HTML. The value of each slot is isolated from the direction of the sentence around it.
func marked(l masar.Language, p masar.Phrase) template.HTML {
	var b strings.Builder
	for _, piece := range words.Pieces(l, p.Key, p.Args) {
		switch v := p.Args[piece.Slot].(type) {
		case template.HTML:
			b.WriteString(string(v))
		case LocalizedText:
			b.WriteString(isolate(l, v))
		case int:
			b.WriteString(html.EscapeString(piece.Text))
		default:
			text := whole(piece.Text)
			if piece.Slot != "" {
				text = "<bdi>" + text + "</bdi>"
			}
			b.WriteString(text)
		}
	}
	return template.HTML(b.String()) // every part is escaped above, or is HTML of a template
}

// isolate is a localized text within a sentence.
func isolate(l masar.Language, t LocalizedText) string {
	if t.Lang == string(l) {
		return "<bdi>" + whole(t.Value) + "</bdi>"
	}
	return fmt.Sprintf(`<bdi lang="%s" dir="%s">%s</bdi>`, strings.ToLower(html.EscapeString(t.Lang)), strings.ToLower(html.EscapeString(t.Dir)), whole(t.Value))
}

// whole is a text as HTML in which no line ends within a code: Chromium breaks lines after the hyphen of 16-6.
func whole(text string) string {
	return words.ArabicSDGCode.ReplaceAllString(html.EscapeString(text), `<span class="whole">$0</span>`)
}

// links are links to entities, as a list in a sentence.
func links(l masar.Language, all []EntityHeading) template.HTML {
	var texts []string
	for _, e := range all {
		texts = append(texts, `<a href="`+html.EscapeString(prefix(l)+pathOf(e.Kind, e.Code))+`">`+isolate(l, e.Name())+"</a>")
	}
	return template.HTML(strings.Join(texts, words.Say(l, "list.separator", nil)))
}

// plain is a message as text, for attributes and titles.
func plain(l masar.Language, p masar.Phrase) string {
	p = textual(p)
	return words.Say(l, p.Key, p.Args)
}

// textual is a message whose localized texts are plain text.
func textual(p masar.Phrase) masar.Phrase {
	given := masar.Args{}
	for name, v := range p.Args {
		if t, ok := v.(LocalizedText); ok {
			v = t.Value
		}
		given[name] = v
	}
	return masar.Phrase{Key: p.Key, Args: given}
}

// placeOf is the path of a passage in its document.
func placeOf(document string, start, end int) string {
	return fmt.Sprintf("%s?at=%d-%d#here", pathOf(masar.KindDocument, document), start, end)
}

// query is a query string of names and values given in turn.
func query(pairs ...string) string {
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			values.Add(pairs[i], pairs[i+1])
		}
	}
	return withQuery("", values)
}

// dayOf is the day of a time, or of a pointer to one.
func dayOf(time any) string {
	text, ok := time.(string)
	if p, isPointer := time.(*string); !ok && isPointer && p != nil {
		text = *p
	}
	day, _, _ := strings.Cut(text, "T")
	return day
}

// discs are the four discs of a certainty; true for a filled one.
func discs(c masar.Certainty) (filled [4]bool) {
	levels := map[masar.Certainty]int{masar.CertaintyVeryLow: 1, masar.CertaintyLow: 2, masar.CertaintyModerate: 3, masar.CertaintyHigh: 4}
	for i := range levels[c] {
		filled[i] = true
	}
	return filled
}

// numbered reports whether readers know entities of a kind by their code: SDG goals, targets and indicators.
func numbered(kind masar.Kind) bool {
	return kind == masar.KindSdgGoal || kind == masar.KindSdgTarget || kind == masar.KindSdgIndicator
}

// unitIn is the label of a unit.
func unitIn(l masar.Language, unit string) string {
	text := words.Unit(unit)
	if l == masar.Arabic {
		return text.AR.Value
	}
	return text.EN.Value
}
