package words

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// needed are the plural forms that a counted phrase must have in a language. A form for 0 is optional.
var needed = map[language.Tag][]plural.Form{
	language.Arabic:  {plural.One, plural.Two, plural.Few, plural.Many, plural.Other},
	language.English: {plural.One, plural.Other},
}

// Catches: a message that one language lacks, different slots in the two languages, and a counted phrase without a
// required form.
func TestFilesAgree(t *testing.T) {
	for key, en := range english().messages {
		ar, ok := arabic().messages[key]
		if !ok {
			t.Errorf("%s is missing in Arabic", key)
			continue
		}
		if a, e := slotsOf(ar), slotsOf(en); !slices.Equal(a, e) {
			t.Errorf("%s has the slots %v in Arabic and %v in English", key, a, e)
		}
		if ar.counted != en.counted {
			t.Errorf("%s counts %q in Arabic and %q in English", key, ar.counted, en.counted)
		}
	}
	for key := range arabic().messages {
		if _, ok := english().messages[key]; !ok {
			t.Errorf("%s is missing in English", key)
		}
	}
	for _, c := range []*catalogue{arabic(), english()} {
		for key, m := range c.messages {
			forms := slices.Sorted(maps.Keys(m.forms))
			if m.counted != "" && !slices.Equal(forms, slices.Sorted(slices.Values(needed[c.tag]))) {
				t.Errorf("%s in %s has the plural forms %v, want %v", key, c.tag, forms, needed[c.tag])
			}
			for _, s := range slotsIn(m) {
				if s.view != "" && s.view != "title" && s.view != "name" {
					t.Errorf("%s in %s: unknown view %q", key, c.tag, s.view)
				}
				if phrase, ok := c.messages[s.count]; s.count != "" && (!ok || phrase.counted != "n") {
					t.Errorf("%s in %s: %s is not a counted phrase with slot n", key, c.tag, s.count)
				}
			}
		}
	}
}

func slotsIn(m message) []slot {
	var all []slot
	for _, t := range append(slices.Collect(maps.Values(m.forms)), m.zero) {
		for _, p := range t {
			if p.slot != (slot{}) {
				all = append(all, p.slot)
			}
		}
	}
	return all
}

// slotsOf are the sorted names of the slots of a message.
func slotsOf(m message) []string {
	var names []string
	for _, s := range slotsIn(m) {
		names = append(names, s.name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// literals are the string literals of the program and of the templates of pages, except in tests and generated code.
func literals(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "graph" || d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".") && d.Name() != "..") {
			return fs.SkipDir
		}
		if filepath.Ext(path) == ".html" && strings.HasPrefix(path, "../web/templates/") {
			return inTemplate(path, all)
		}
		if filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if s, err := strconv.Unquote(lit.Value); err == nil {
					all[s] = files.Position(lit.Pos()).String()
				}
			}
			return true
		})
		return nil
	})
	if err != nil || len(all) < 500 {
		t.Fatalf("%d literals: %v", len(all), err)
	}
	return all
}

// inTemplate adds the string literals of a template.
func inTemplate(path string, all map[string]string) error {
	text, err := os.ReadFile(path)
	for _, action := range regexp.MustCompile(`(?s)\{\{.*?\}\}`).FindAllString(string(text), -1) {
		for _, literal := range regexp.MustCompile(`"([^"]*)"`).FindAllStringSubmatch(action, -1) {
			all[literal[1]] = path
		}
	}
	return err
}

// elsewhere are the sections whose keys other tests check: labels, columns of exchange, the dashboard of
// deploy/grafana, the rules of GraphQL in operations, and the states of claims on pages.
var elsewhere = []string{
	"label.", "column.", "dataset.", "grafana.", "operators.board.", "error.graphql.", "vocabulary.",
	"page.certainty.", "page.documentation.", "page.basis.", "page.quote.", "page.status.", "page.highest.", "page.incoming.",
}

// Catches: a message that is never used, and a key in the code that the files do not have. Code uses a whole key, a key
// in a slot of another message, or a key joined from two literals.
func TestKeysAreThoseOfTheCode(t *testing.T) {
	said := literals(t)
	counted := map[string]bool{}
	sections := map[string]bool{}
	for key, m := range english().messages {
		section, _, _ := strings.Cut(key, ".")
		sections[section] = true
		for _, s := range slotsIn(m) {
			counted[s.count] = true
		}
	}
	countries, err := os.ReadFile("../seed/common/countries.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for key := range english().messages {
		inAnotherTest := slices.ContainsFunc(elsewhere, func(s string) bool { return strings.HasPrefix(key, s) && key != "label.unknown" })
		if tag, isLanguage := strings.CutPrefix(key, "language."); isLanguage && strings.Contains(string(countries), tag) || inAnotherTest || counted[key] || used(key, said) {
			continue
		}
		t.Errorf("%s is never used", key)
	}
	key := regexp.MustCompile(`^([a-z]+)\.[A-Za-z0-9_.-]*[A-Za-z0-9]$`)
	for s, where := range said {
		m := key.FindStringSubmatch(s)
		if m == nil || !sections[m[1]] || strings.HasSuffix(s, ".go") || !strings.HasPrefix(where, "words/") && isOfAnother(where) {
			continue
		}
		if _, ok := english().messages[s]; !ok {
			t.Errorf("%s: the files do not have %q", where, s)
		}
	}
}

// isOfAnother reports whether a file has other names that look like keys: columns, fields of the seed, metrics, or attributes of
// spans.
func isOfAnother(where string) bool {
	return strings.HasPrefix(where, "../exchange/") || strings.HasPrefix(where, "../seed/") || strings.HasPrefix(where, "../bench/") || strings.HasPrefix(where, "../operations/traces/")
}

func used(key string, said map[string]string) bool {
	if _, ok := said[key]; ok {
		return true
	}
	for i, r := range key {
		if r != '.' {
			continue
		}
		_, begins := said[key[:i+1]]
		_, ends := said[key[i+1:]]
		if begins && ends {
			return true
		}
	}
	return false
}

// Catches: an Arabic text with the name of an enum value, which readers do not know.
func TestArabicHasNoEnumNames(t *testing.T) {
	names := map[string]bool{}
	for _, values := range enumValues(t) {
		for _, v := range values {
			names[v] = true
		}
	}
	word := regexp.MustCompile(`[A-Z][A-Z_]+[A-Z]`)
	for key, m := range arabic().messages {
		for _, form := range m.forms {
			for _, p := range form {
				for _, w := range word.FindAllString(p.text, -1) {
					if names[w] || strings.Contains(w, "_") {
						t.Errorf("%s: %s", key, w)
					}
				}
			}
		}
	}
}

// Catches: an Arabic text without Arabic letters, an English one with Arabic letters, digits that are not Western, and
// superfluous spaces.
func TestTextsAreInTheirLanguage(t *testing.T) {
	// The name of the other language is in that language, and a product has one name.
	exempt := []string{"page.language", "page.footer.graphiql"}
	eastern := regexp.MustCompile(`[٠-٩۰-۹]`)
	letter := regexp.MustCompile(`\p{Arabic}`)
	for key, m := range arabic().messages {
		for _, form := range m.forms {
			if slices.Contains(exempt, key) {
				continue
			}
			text := plain(form)
			if strings.ContainsFunc(text, isLatin) && !letter.MatchString(text) || eastern.MatchString(text) || strings.Contains(text, "  ") || strings.TrimSpace(text) != text && !strings.HasPrefix(key, "list.") {
				t.Errorf("%s in Arabic: %q", key, text)
			}
		}
	}
	for key, m := range english().messages {
		for _, form := range m.forms {
			if text := plain(form); !slices.Contains(exempt, key) && (letter.MatchString(text) || strings.Contains(text, "  ") || strings.TrimSpace(text) != text && !strings.HasPrefix(key, "list.")) {
				t.Errorf("%s in English: %q", key, text)
			}
		}
	}
}

func isLatin(r rune) bool { return r >= 'a' && r <= 'z' }

// plain is the text of a template with its slots as dots.
func plain(t template) string {
	var b strings.Builder
	for _, p := range t {
		if p.slot == (slot{}) {
			b.WriteString(p.text)
		} else {
			b.WriteString("…")
		}
	}
	return b.String()
}

// Catches: a malformed message file that is accepted.
func TestFaultyFilesAreRefused(t *testing.T) {
	for name, file := range map[string]string{
		"a key twice":             "a.b: x\na.b: y\n",
		"an unknown plural form":  "a.b: {slot: n, one: x, lots: y, other: z}\n",
		"plurals without a slot":  "a.b: {one: x, other: z}\n",
		"plurals without other":   "a.b: {slot: n, one: x}\n",
		"a slot that is not shut": "a.b: \"x {n\"\n",
		"a slot without a name":   "a.b: \"x {}\"\n",
		"a list":                  "a.b: [x]\n",
		"no text":                 "a.b: \"\"\n",
	} {
		if err := (&catalogue{tag: language.English, messages: map[string]message{}}).add([]byte(file)); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}
