package masar_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// line is a line that the code writes to the log: its level, its msg, and the names of its fields.
type line struct{ level, msg, fields string }

// String is the line as docs/operating.md lists it.
func (l line) String() string {
	fields := l.fields
	if fields != "" {
		fields = "`" + strings.ReplaceAll(fields, ", ", "`, `") + "`"
	}
	return fmt.Sprintf("| %s | `%s` | %s |", l.level, l.msg, fields)
}

// logged are the lines of the log in the code, and the names of the attributes that are made one by one.
func logged(t *testing.T) (lines map[line]bool, attributes []string) {
	t.Helper()
	lines = map[line]bool{}
	files := token.NewFileSet()
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && slices.Contains([]string{"node_modules", "faults", "bench", "clients", "testdata", ".git"}, entry.Name()) {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		parsed, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			call, is := n.(*ast.CallExpr)
			if !is {
				return true
			}
			method, is := call.Fun.(*ast.SelectorExpr)
			if !is {
				return true
			}
			switch of := name(method.X); {
			case of == "slog" && len(call.Args) == 2 && slices.Contains([]string{"String", "Int", "Int64", "Float64", "Bool"}, method.Sel.Name):
				attributes = append(attributes, literal(call.Args[0]))
			case method.Sel.Name == "step" && literal(call.Args[0]) != "":
				lines[line{"info", literal(call.Args[0]), ""}] = true
			case strings.EqualFold(of, "log"):
				if found := read(method.Sel.Name, call.Args); found.msg != "" {
					lines[found] = true
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(attributes)
	return lines, slices.Compact(attributes)
}

// read reads the arguments of a call that writes a line. The msg is empty if it is not a literal.
func read(method string, args []ast.Expr) line {
	level, inContext := strings.CutSuffix(strings.ToLower(method), "context")
	if inContext {
		args = args[1:]
	}
	if !slices.Contains([]string{"debug", "info", "warn", "error"}, level) || len(args) == 0 {
		return line{}
	}
	var fields []string
	for i := 1; i < len(args); i += 2 {
		fields = append(fields, literal(args[i]))
	}
	return line{level, literal(args[0]), strings.Join(fields, ", ")}
}

// name is the last name of an expression such as s.opts.Log.
func name(e ast.Expr) string {
	switch x := e.(type) {
	case *ast.Ident:
		return x.Name
	case *ast.SelectorExpr:
		return x.Sel.Name
	}
	return ""
}

// literal is the value of a literal. What follows it is an ellipsis.
func literal(e ast.Expr) string {
	switch x := e.(type) {
	case *ast.BasicLit:
		value, _ := strconv.Unquote(x.Value)
		return value
	case *ast.BinaryExpr:
		if text := literal(x.X); text != "" {
			return text + "…"
		}
	}
	return ""
}

// Catches: a line or a field of the log that docs/operating.md does not list, and one that is listed and never written.
func TestLogIsDocumented(t *testing.T) {
	text, err := os.ReadFile("docs/operating.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(text), "\n## The log\n")
	section, _, _ = strings.Cut(section, "\n## ")
	documented := map[line]bool{}
	for _, m := range regexp.MustCompile("(?m)^\\| (debug|info|warn|error) \\| `([^`]+)` \\| (.*?) \\| .+ \\|$").FindAllStringSubmatch(section, -1) {
		documented[line{m[1], m[2], strings.ReplaceAll(m[3], "`", "")}] = true
	}
	lines, attributes := logged(t)
	for of := range lines {
		if !documented[of] {
			t.Errorf("docs/operating.md does not have under The log:\n%s … |", of)
		}
	}
	for of := range documented {
		if !lines[of] {
			t.Errorf("docs/operating.md lists a line that is never logged:\n%s", of)
		}
	}
	for _, name := range attributes {
		if !strings.Contains(section, "`"+name+"`") {
			t.Errorf("docs/operating.md does not list the field %q", name)
		}
	}
	if len(lines) < 40 || len(attributes) < 10 {
		t.Errorf("%d lines, %d attributes", len(lines), len(attributes))
	}
}
