package server

import (
	"bytes"
	"encoding/json"
	"iter"
	"unicode/utf8"

	"masar"
	"masar/operations"
)

// maxNesting bounds how deep the objects and lists of a request may nest; filters nest, but no person's that deep.
const maxNesting = 64

// wellFormed refuses a text, whose name is for the message (a text, or a Phrase), that is not one JSON value in UTF-8, or has something after
// it, or nests deeper than maxNesting.
func wellFormed(text []byte, name any) *masar.Error {
	switch {
	case len(bytes.TrimSpace(text)) == 0:
		return masar.NewError(masar.CodeBadRequest, "error.json.empty", masar.Args{"name": name})
	case !utf8.Valid(text):
		return masar.NewError(masar.CodeBadRequest, "error.json.encoding", masar.Args{"name": name})
	case nesting(text) > maxNesting:
		return masar.NewError(masar.CodeBadRequest, "error.json.nesting", masar.Args{"name": name, "allowed": maxNesting})
	case !json.Valid(text):
		return masar.NewError(masar.CodeBadRequest, "error.json.malformed", masar.Args{"name": name})
	}
	return nil
}

// nesting is how deep the brackets of a JSON text nest.
func nesting(text []byte) (deepest int) {
	depth := 0
	for _, c := range unquoted(text) {
		switch c {
		case '{', '[':
			depth++
			deepest = max(deepest, depth)
		case '}', ']':
			depth--
		}
	}
	return deepest
}

// unquoted are the bytes of a text outside of double quotes, and where they stand. Within, a backslash goes before a quote
// that does not end them.
func unquoted[T string | []byte](text T) iter.Seq2[int, byte] {
	return func(yield func(int, byte) bool) {
		quoted := false
		for i := 0; i < len(text); i++ {
			switch c := text[i]; {
			case quoted && c == '\\':
				i++
			case c == '"':
				quoted = !quoted
			case !quoted && !yield(i, c):
				return
			}
		}
	}
}

// members are the members of a body that is well-formed; it has to be an object that names each of them once.
func members(body []byte) (map[string]json.RawMessage, *masar.Error) {
	d := json.NewDecoder(bytes.NewReader(body))
	switch opening, _ := d.Token(); opening {
	case json.Delim('{'):
	case json.Delim('['):
		return nil, masar.NewError(masar.CodeBadRequest, "error.body.list", nil)
	default:
		return nil, masar.NewError(masar.CodeBadRequest, "error.body.object", nil)
	}
	all := map[string]json.RawMessage{}
	for d.More() {
		name, _ := d.Token() // the text is known to be well-formed
		key, _ := name.(string)
		var value json.RawMessage
		_ = d.Decode(&value)
		if _, twice := all[key]; twice {
			return nil, masar.NewError(masar.CodeBadRequest, "error.body.member_twice", masar.Args{"name": operations.Shorten(key, 40)})
		}
		all[key] = value
	}
	return all, nil
}
