package server

import (
	"strings"
	"testing"

	"masar/operations/limits"
	"masar/resolvers"
)

// Catches: an error message in only one language.
func TestRefusalsAreInBothLanguages(t *testing.T) {
	s := newService(t, nil, func(o *settings) { o.run.Schema = resolvers.NewSchema() })
	for body, want := range map[string]string{
		`{"query": "{"}`:            "انتهى النص",
		`{"query": ""}`:             "ليس في نص الاستعلام عملية",
		`{"query": "{ fieldOne }"}`: "حقل بهذا الاسم: \u2068\"fieldOne\", \"Query\"\u2069",
		`{"query": "query A { snapshot }", "operationName": "B"}`:                                    "عملية باسم «\u2068B\u2069»",
		`{"query": "query($n: Int) { sdgGoals(first: $n) { totalCount } }", "variables": {"n": {}}}`: "المتغيّر لا توافق نوعه: \u2068n\u2069",
		`{"query": "{ entity(ref: {kind: SDG, code: \"1\"}) { id } }"}`:                              "المسموح: \u2068SDG_GOAL\u2069، \u2068SDG_TARGET\u2069",
		`not JSON`: "قيمة JSON",
		`{"query": "query($n: Int) { sdgGoals(first: $n) { totalCount } }", "variables": {"n": "five"}}`: "عدداً صحيحاً",
	} {
		a := decode(t, s.send(t, "POST", "/graphql", body))
		if len(a.Errors) != 1 {
			t.Fatalf("%s: %+v", body, a)
		}
		said, _ := a.Errors[0].Extensions["messages"].(map[string]any)
		arabic, _ := said["ar"].(string)
		if said["en"] != a.Errors[0].Message || !strings.Contains(arabic, want) {
			t.Errorf("%s: %+v", body, a.Errors[0])
		}
	}
}

// Catches: introspection answered under any name although it is switched off, and __typename refused with it.
func TestIntrospectionOff(t *testing.T) {
	s := newService(t, nil, func(o *settings) {
		o.run.Schema, o.run.Limits = resolvers.NewSchema(), limits.Default()
		o.run.Limits.Introspections = 0
	})
	for request, refused := range map[string]bool{
		`{"query": "{ __schema { types { name } } }"}`:                                                   true,
		`{"query": "{ a: __type(name: \"Query\") { name } }"}`:                                           true,
		`{"query": "{ ...F } fragment F on Query { __schema { description } }"}`:                         true,
		`{"query": "query A { __typename } query B { __schema { description } }", "operationName": "A"}`: true,
		`{"query": "{ __typename ... on Query { a: __typename } }"}`:                                     false,
	} {
		a := decode(t, s.send(t, "POST", "/graphql", request))
		if refused != (len(a.Errors) == 1 && a.Errors[0].Extensions["limit"] == "introspections") || !refused && len(a.Errors) > 0 {
			t.Errorf("%s: %+v", request, a)
		}
	}
}
