package masar

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// Catches a message to clients that is in one language alone, or whose languages do not say the same of the same things.
func TestMessagesAreInBothLanguages(t *testing.T) {
	first := map[string]int{"Messagef": 0, "Errorf": 1, "ArgumentErrorf": 2} // where the English stands
	seen := 0
	err := filepath.WalkDir(".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") || strings.HasPrefix(path, "graph/") {
			return err
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			at, ok := first[ours(call.Fun, file.Name.Name)]
			if !ok || len(call.Args) < at+2 {
				return true // or it does not compile
			}
			english, ok1 := words(call.Args[at])
			arabic, ok2 := words(call.Args[at+1])
			if !ok1 || !ok2 { // it passes on what its caller says
				return true
			}
			seen++
			if !strings.ContainsFunc(arabic, func(r rune) bool { return unicode.Is(unicode.Arabic, r) }) && strings.Trim(arabic, "%sv: ") != "" ||
				strings.ContainsFunc(english, func(r rune) bool { return unicode.Is(unicode.Arabic, r) }) {
				t.Errorf("%s: English %q, Arabic %q", files.Position(call.Pos()), english, arabic)
			}
			if !slices.Equal(verbs(english), verbs(arabic)) {
				t.Errorf("%s: %q takes %v, %q takes %v", files.Position(call.Pos()), english, verbs(english), arabic, verbs(arabic))
			}
			return true
		})
		return nil
	})
	if err != nil || seen < 40 {
		t.Errorf("%d messages seen: %v", seen, err)
	}
}

// ours is the name of a function of this package as it is called, in it or from outside.
func ours(f ast.Expr, in string) string {
	switch f := f.(type) {
	case *ast.Ident:
		if in == "masar" {
			return f.Name
		}
	case *ast.SelectorExpr:
		if x, ok := f.X.(*ast.Ident); ok && x.Name == "masar" {
			return f.Sel.Name
		}
	}
	return ""
}

// words is the text of a literal, or of several joined by +.
func words(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return s, err == nil
	case *ast.BinaryExpr:
		left, ok1 := words(e.X)
		right, ok2 := words(e.Y)
		return left + right, ok1 && ok2
	}
	return "", false
}

var verb = regexp.MustCompile(`%(\[(\d)\])?#?0?\d?([a-zA-Z])`)

// verbs are the verbs of a format, in the order of their arguments.
func verbs(format string) []string {
	var all []string
	for i, m := range verb.FindAllStringSubmatch(format, -1) {
		at := m[2]
		if at == "" {
			at = strconv.Itoa(i + 1)
		}
		all = append(all, at+m[3])
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func TestErrorSaysTheSameInBothLanguages(t *testing.T) {
	cause := errors.New("refused")
	e := ArgumentErrorf(CodeBadInput, "first", "%d of %s, %q", "%[1]d من %[2]s، %[3]q", 3, Message{"goals", "الأهداف"}, "16.a").Because(cause)
	if e.Message.EN != `3 of goals, "16.a"` || e.Message.AR != "3 من الأهداف، \u2068\"16.a\"\u2069" {
		t.Errorf("%q", e.Message)
	}
	if !errors.Is(e, cause) || e.Error() != `first: BAD_INPUT: 3 of goals, "16.a": refused` || fmt.Sprint(e.Message) != e.Message.EN {
		t.Errorf("%v", e)
	}
}
