package words

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"masar"
	"masar/answers"
)

var update = flag.Bool("update", false, "rewrite testdata/texts.txt")

// unlabelled are types whose values people do not see, or see in another form.
var unlabelled = map[string]string{
	"Code":          "the codes of errors are for programs: their messages are for people",
	"TextDirection": "says how a page sets a text",
	"FaultCode":     "the codes of faults are for programs: their messages are for people",
	"Vocabulary":    "names enums, in the question for their labels",
}

// enumValues are the values of all enum types of the packages masar and answers, by type.
func enumValues(t *testing.T) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	ids := map[string]string{} // constants by name, for record types that are defined by them
	for _, dir := range []string{"..", "../answers"} {
		files, err := filepath.Glob(dir + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range files {
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				spec, ok := n.(*ast.ValueSpec)
				if !ok || len(spec.Values) != 1 {
					return true
				}
				value, named := spec.Values[0].(*ast.BasicLit)
				kind, typed := spec.Type.(*ast.Ident)
				switch {
				case named && value.Kind == token.STRING:
					s, _ := strconv.Unquote(value.Value)
					ids[spec.Names[0].Name] = s
					if typed && kind.Name != "string" {
						all[kind.Name] = append(all[kind.Name], s)
					}
				case typed:
					if of, ok := spec.Values[0].(*ast.Ident); ok && of.Name != "iota" {
						all[kind.Name] = append(all[kind.Name], "="+of.Name)
					}
				}
				return true
			})
		}
	}
	for _, values := range all {
		for i, v := range values {
			if name, ok := strings.CutPrefix(v, "="); ok {
				values[i] = ids[name]
			}
		}
	}
	return all
}

// Catches: an enum value that people can see without a label in a language, and a label of a value that does not exist.
func TestEveryValueHasALabel(t *testing.T) {
	wanted := map[string]bool{"label.unknown": true}
	for name, values := range enumValues(t) {
		if _, ok := unlabelled[name]; ok {
			continue
		}
		for _, v := range values {
			wanted["label."+snake(name)+"."+v] = true
		}
	}
	for _, unit := range seedUnits(t) {
		wanted["label.unit."+unit] = true
	}
	for key := range wanted {
		for _, c := range []*catalogue{arabic(), english()} {
			if m, ok := c.messages[key]; !ok || m.counted != "" || len(m.forms[whole]) != 1 {
				t.Errorf("%s has no label %s", c.tag, key)
			}
		}
	}
	for _, key := range Keys("label.") {
		if !wanted[key] {
			t.Errorf("%s is a label without a value", key)
		}
	}
	if len(wanted) < 250 {
		t.Errorf("%d values", len(wanted))
	}
}

// seedUnits are the units of the indicators and observations in the seed.
func seedUnits(t *testing.T) []string {
	t.Helper()
	var units []string
	unit := regexp.MustCompile(`\bunit: "?([A-Z0-9_]+)`)
	for _, dir := range []string{"common", "sources"} {
		files, err := filepath.Glob("../seed/" + dir + "/*.yaml")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range unit.FindAllStringSubmatch(string(data), -1) {
				units = append(units, m[1])
			}
		}
	}
	slices.Sort(units)
	if units = slices.Compact(units); len(units) < 8 {
		t.Fatalf("%d units: %v", len(units), units)
	}
	return units
}

// Catches: two values of one enum with the same label.
func TestLabelsDiffer(t *testing.T) {
	for _, c := range []*catalogue{arabic(), english()} {
		seen := map[string]string{}
		for _, key := range Keys("label.") {
			at := key[:strings.LastIndexByte(key, '.')+1] + plain(c.messages[key].forms[whole])
			if other, ok := seen[at]; ok {
				t.Errorf("%s has the same label for %s and %s", c.tag, key, other)
			}
			seen[at] = key
		}
	}
}

// Catches: an unintended change of a label or a sentence. Reviewers read the golden file as readers see the texts.
func TestTexts(t *testing.T) {
	var b strings.Builder
	for _, key := range Keys("label.") {
		m := Both(key, nil)
		fmt.Fprintf(&b, "%s\n\t%s\n\t%s\n", key, m.EN, m.AR)
	}
	for _, p := range masar.Predicates {
		subject, object := ends(p)
		roles := []masar.Role{""}
		if p == masar.Participates {
			roles = append(roles, masar.Roles...)
		}
		for _, role := range roles {
			c := &masar.Claim{Predicate: p, Role: role, Basis: masar.Stated}
			fmt.Fprintf(&b, "sentence %s %s\n", p, role)
			for _, l := range []masar.Language{masar.English, masar.Arabic} {
				fmt.Fprintf(&b, "\t%s\n", Sentence(c, subject, object, []masar.Language{l}).Value)
			}
		}
	}
	const file = "testdata/texts.txt"
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(strings.Split(string(want), "\n"), strings.Split(b.String(), "\n")); diff != "" {
		t.Errorf("go test ./words -update rewrites %s:\n%s", file, diff)
	}
}

// ends returns a subject and an object of the first kinds that a predicate allows.
func ends(p masar.Predicate) (subject, object masar.Entity) {
	of := func(kind masar.Kind, code, ar, en string) masar.Entity {
		e := masar.NewEntity(kind)
		*e.Head() = masar.Header{Kind: kind, Code: code, Titles: masar.LocalizedText{AR: masar.Translation{Value: ar}, EN: masar.Translation{Value: en}}}
		return e
	}
	for _, from := range masar.Kinds {
		for _, to := range slices.Backward(masar.Kinds) {
			if masar.PredicateSpecs[p].Admits(from, to) {
				return of(from, "1.a", "الأولى", "First"), of(to, "2", "الثانية", "Second")
			}
		}
	}
	panic("a predicate without allowed kinds: " + string(p))
}

// Catches: a value of a dimension without a label, and a year whose label is not its digits.
func TestCategories(t *testing.T) {
	for _, d := range answers.Dimensions {
		if got := Category(d, answers.Unknown); got.EN.Value != "None or unknown" || got.AR.Value == "" {
			t.Errorf("%s: unknown is called %+v", d, got)
		}
	}
	for d, value := range map[answers.Dimension]string{
		answers.ByCertainty: "HIGH", answers.ByStatus: "REFUTED", answers.ByBasis: "STATED", answers.ByPredicate: "ADVANCES",
		answers.BySubjectKind: "COUNTRY", answers.ByObjectKind: "TOPIC", answers.ByEvidenceKind: "NEWS",
	} {
		if got := Category(d, value); got.EN.Value == value || got.AR.Value == value || got.AR.Value == "" {
			t.Errorf("%s %s is called %+v", d, value, got)
		}
	}
	if got := Category(answers.ByYear, "2024"); got.AR.Value != "2024" || got.EN.Value != "2024" {
		t.Errorf("a year is called %+v", got)
	}
}
