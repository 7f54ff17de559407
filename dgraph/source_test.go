package dgraph

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The parameters by which query text travels through the package, to the one place that sends it.
var textParameter = map[string]int{
	"query":        2, // ctx, txn, q, ...
	"contentNodes": 2, // ctx, txn, q, ...
	"pages":        3, // ctx, txn, size, q, ...
	"eachPage":     2, // ctx, txn, q, ...
}

// The functions that make query text, and what they make it of.
var textMakers = []string{
	"existingQuery", // a count
	"lookupQuery",   // a count, and the names of predicates
	"pageQuery",     // the names of types and predicates, from the codecs and masar.Predicates
}

// Catches: query text that is put together in a new place, and so perhaps of what a client says. That the texts hold
// nothing of the kind is shown by TestInjection; this keeps the places few enough to read:
//
//   - one function sends queries; it is given a text made once, as the program starts, or by one of the makers;
//   - mutations are typed, without text that Dgraph would have to parse;
//   - the schema is the embedded one and the types of the codecs.
func TestQueryTextIsMadeInFewPlaces(t *testing.T) {
	files := token.NewFileSet()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var functions []*ast.FuncDecl
	startup := map[string]bool{} // variables of the package
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(files, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				functions = append(functions, d)
			case *ast.GenDecl:
				for _, s := range d.Specs {
					if v, ok := s.(*ast.ValueSpec); ok {
						for _, name := range v.Names {
							startup[name.Name] = true
						}
					}
				}
			}
		}
	}
	sent := 0
	for _, f := range functions {
		if slices.Contains(textMakers, f.Name.Name) {
			continue
		}
		local := map[string]bool{}
		made := map[string]bool{} // local variables that hold a text of a maker
		ast.Inspect(f, func(n ast.Node) bool {
			wrong := func(what string) { t.Errorf("%s: %s: %s", files.Position(n.Pos()), f.Name.Name, what) }
			switch n := n.(type) {
			case *ast.AssignStmt:
				for i, left := range n.Lhs {
					name, ok := left.(*ast.Ident)
					if !ok {
						continue
					}
					if n.Tok == token.DEFINE {
						local[name.Name] = true
					} else if startup[name.Name] && !local[name.Name] {
						wrong("a variable of the package changes")
					}
					made[name.Name] = len(n.Lhs) == len(n.Rhs) && isMaker(n.Rhs[i])
				}
			case *ast.CallExpr:
				at, carries := textParameter[called(n)]
				if carries {
					sent++
					arg := n.Args[at]
					name, _ := arg.(*ast.Ident)
					own := name != nil && textParameter[f.Name.Name] > 0 && name.Name == parameter(f, textParameter[f.Name.Name])
					if !isMaker(arg) && (name == nil || local[name.Name] && !made[name.Name] || !local[name.Name] && !startup[name.Name] && !own) {
						wrong("a query text from elsewhere")
					}
				}
				if sel, ok := n.Fun.(*ast.SelectorExpr); ok && f.Name.Name != "query" &&
					slices.Contains([]string{"Do", "QueryWithVars", "QueryRDF", "QueryRDFWithVars"}, sel.Sel.Name) {
					wrong("a query past the one place that sends them")
				}
			case *ast.CompositeLit:
				sel, ok := n.Type.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				for _, e := range n.Elts {
					kv, ok := e.(*ast.KeyValueExpr)
					if !ok {
						continue
					}
					if _, isField := kv.Key.(*ast.Ident); !isField {
						continue
					}
					key := kv.Key.(*ast.Ident).Name
					switch {
					case sel.Sel.Name == "Mutation" && key != "Set" && key != "Del":
						wrong("a mutation that Dgraph has to parse")
					case sel.Sel.Name == "Request":
						wrong("a request past dgo")
					case sel.Sel.Name == "Operation" && key != "Schema":
						wrong("an operation that is no schema")
					}
				}
			}
			return true
		})
	}
	if sent < 10 {
		t.Errorf("only %d places were seen that send a query", sent)
	}
}

// isMaker reports whether an expression calls a maker of query text.
func isMaker(e ast.Expr) bool {
	call, ok := e.(*ast.CallExpr)
	return ok && slices.Contains(textMakers, called(call))
}

// called is the name of the function of the package that is called; empty for any other.
func called(call *ast.CallExpr) string {
	if name, ok := call.Fun.(*ast.Ident); ok {
		return name.Name
	}
	return ""
}

// parameter is the name of a function's parameter at a place.
func parameter(f *ast.FuncDecl, at int) string {
	var names []string
	for _, p := range f.Type.Params.List {
		for _, name := range p.Names {
			names = append(names, name.Name)
		}
	}
	return names[at]
}
