package server

import "testing"

// Catches: an answer in a type that the client does not accept or prefers less.
func TestNegotiate(t *testing.T) {
	for accept, want := range map[string]media{
		"":                                  plainJSON,
		" ":                                 plainJSON,
		"*/*":                               plainJSON,
		"application/*":                     plainJSON,
		"application/json":                  plainJSON,
		"APPLICATION/JSON":                  plainJSON,
		"application/graphql-response+json": graphqlResponse,
		"application/json;charset=utf-8":    plainJSON,
		`application/json; charset="UTF-8"`: plainJSON,
		"text/html":                         "",
		"text/*, image/png":                 "",
		"application/json;charset=latin1":   "",
		"application/json;v=1":              "",
		"application/json;q=0":              "",
		"application/graphql+json":          "",
		"nonsense":                          "",
		"nonsense, application/json":        plainJSON,

		// the highest q
		"application/graphql-response+json, application/json;q=0.9": graphqlResponse,
		"application/graphql-response+json;q=0.8, application/json": plainJSON,
		"application/json;q=0.5, */*;q=0.9":                         graphqlResponse,
		"application/json;q=0.001":                                  plainJSON,
		"application/json;q=1.5":                                    "",
		"application/json;q=NaN":                                    "",
		"application/json;q=-1, */*;q=0.1":                          plainJSON,

		// the most specific range decides about a type
		"*/*;q=0, application/json":                                  plainJSON,
		"*/*, application/json;q=0":                                  graphqlResponse,
		"application/*;q=0, */*":                                     "",
		"application/json;q=0.9, application/json;charset=utf-8;q=0": "",

		// equal preference
		"application/json, application/graphql-response+json":                                                               plainJSON,
		"application/graphql-response+json, application/json":                                                               graphqlResponse,
		"*/*, application/graphql-response+json":                                                                            graphqlResponse,
		"application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed": graphqlResponse,

		// commas within quotes
		`text/plain;a=",application/json,"`:    "",
		`text/plain;a="\",", application/json`: plainJSON,
	} {
		if got, ok := negotiate([]string{accept}); got != want || ok != (want != "") {
			t.Errorf("%s: %q, not %q", accept, got, want)
		}
	}
}
