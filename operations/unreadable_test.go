package operations_test

import (
	"log/slog"
	"strings"
	"testing"

	"masar/operations"
	"masar/resolvers"
)

// Catches: a message about a document that does not name the place and the sign, in either language.
func TestParseErrorsNameTheSign(t *testing.T) {
	o := operations.New(operations.Options{Schema: resolvers.NewSchema(), Log: slog.New(slog.DiscardHandler)})
	for document, want := range map[string][2]string{
		"{snapshot":                           {"Line 1, column 10: the document ends where a name is expected", "في السطر 1، العمود 10: انتهى النص في موضع يُتوقع فيه اسم"},
		"{a ? b}":                             {"Line 1, column 4: the character “?” is not part of GraphQL", "العمود 4: المحرف «?» ليس من لغة GraphQL"},
		"{a}\n  ؟":                            {"Line 2, column 3: the character “؟” is not", "في السطر 2، العمود 3: المحرف «؟»"},
		"{country(code:“EGY”){code}}":         {"Line 1, column 15: ““” does not begin a string; write strings in straight double quotation marks", "العمود 15: لا يبدأ النص الحرفي بالعلامة «“»"},
		"{country(code:'EGY'){code}}":         {"column 15: “'” does not begin a string", "بالعلامة «'»"},
		`{ country(code: "EGY) }`:             {"a string is not closed", "نص حرفي لم يُغلق"},
		"{ topics(first: 1, ) }}":             {"Line 1, column 23: “}” is not allowed here", "العمود 23: لا مكان هنا للعلامة «}»"},
		"query { snapshot } garbage":          {"Line 1, column 20: “garbage” is not allowed here", "«\u2068garbage\u2069»"},
		"{a(b: 01)}":                          {"“0” is not a number", "ليس «0» عدداً"},
		`{a(x:"\q")}`:                         {"escape that does not exist", "شرطة مائلة عكسية"},
		"{a(b 1)}":                            {"column 6: “1” stands where : is expected", "جاءت «1» في موضع يُتوقع فيه :"},
		"query A{snapshot} query B{snapshot}": {"several operations: A, B. Name one of them in operationName", "عدة عمليات: \u2068A\u2069، \u2068B\u2069"},
		"":                                    {"has no operation", "ليس في نص الاستعلام عملية"},
	} {
		response := o.Do(t.Context(), operations.Client{Transport: "test"}, operations.Params{Query: document})
		if len(response.Errors) != 1 {
			t.Fatalf("%s: %v", document, response)
		}
		messages, _ := response.Errors[0].Extensions["messages"].(map[string]string)
		for i, language := range []string{"en", "ar"} {
			if !strings.Contains(messages[language], want[i]) {
				t.Errorf("%s: %q does not contain %q", document, messages[language], want[i])
			}
		}
	}
}
