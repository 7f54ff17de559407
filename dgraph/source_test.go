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

// textParameter is the position of the query text among a function's parameters.
var textParameter = map[string]int{
	"query":      2, // ctx, txn, q, ...
	"pages":      3, // ctx, txn, size, q, ...
	"eachPage":   2, // ctx, txn, q, ...
	"each":       1, // ctx, q, ...
	"readPage":   2, // ctx, txn, q, ...
	"renameSome": 1, // ctx, q, ...
	"deriveSome": 3, // ctx, predicate, c, q, ...
}

// textMakers are the functions that build query text. The comments say from what.
var textMakers = []string{
	"existingQuery", // a count
	"lookupQuery",   // a count, and the names of predicates
	"renameQuery",   // the names of predicates, from the migrations
	"pageQuery",     // the names of types and predicates, from the codecs and masar.Predicates
	"wholeQuery",    // the names of predicates, from the codecs
}

// senders are the functions that send: "query" sends every query text, "QueryWithVars" passes it on with a timestamp, as dgo's
// does, and "leaders" sends an HTTP request without a query.
var senders = []string{"query", "QueryWithVars", "leaders"}

// droppers are the functions of migrations that drop predicates.
var droppers = []string{"dropPredicate"}

// Catches: query text built in a new place, and so possibly from clients' values. TestInjection shows that the texts
// contain no such values. This test keeps the places few enough to read:
//
//   - one function sends queries; its text is built once at start or by one of the makers;
//   - mutations are typed N-Quads, without text for Dgraph to parse;
//   - the schema is the embedded file and the types of the codecs.
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
		made := map[string]bool{} // local variables with a text from a maker
		ast.Inspect(f, func(n ast.Node) bool {
			wrong := func(what string) { t.Errorf("%s: %s: %s", files.Position(n.Pos()), f.Name.Name, what) }
			switch n := n.(type) {
			case *ast.AssignStmt:
				for i, left := range n.Lhs {
					name, ok := left.(*ast.Ident)
					if !ok || name.Name == "_" {
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
				if sel, ok := n.Fun.(*ast.SelectorExpr); ok && !slices.Contains(senders, f.Name.Name) &&
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
					case sel.Sel.Name == "Request" && !slices.Contains(senders, f.Name.Name):
						wrong("a request past dgo")
					case sel.Sel.Name == "Operation" && key != "Schema" && !slices.Contains(droppers, f.Name.Name):
						wrong("an operation that is no schema")
					}
				}
			}
			return true
		})
	}
	if sent < 10 {
		t.Errorf("found only %d places that send a query", sent)
	}
}

// isMaker reports whether an expression calls one of textMakers.
func isMaker(e ast.Expr) bool {
	call, ok := e.(*ast.CallExpr)
	return ok && slices.Contains(textMakers, called(call))
}

// called is the name of the called function of this package; empty for any other function.
func called(call *ast.CallExpr) string {
	if name, ok := call.Fun.(*ast.Ident); ok {
		return name.Name
	}
	return ""
}

// parameter is the name of a function's parameter at a position.
func parameter(f *ast.FuncDecl, at int) string {
	var names []string
	for _, p := range f.Type.Params.List {
		for _, name := range p.Names {
			names = append(names, name.Name)
		}
	}
	return names[at]
}
