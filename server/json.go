package server

import (
	"bytes"
	"encoding/json"
	"errors"
	"iter"
	"strings"
	"unicode/utf8"

	"masar"
	"masar/operations"
)

// maxNesting is the maximum nesting of objects and lists in a request. Filters nest, but far less deep than this.
const maxNesting = 64

// wellFormed returns an error unless a text is exactly one JSON value in UTF-8 that nests no deeper than maxNesting.
// The error names the text by name, a string or a masar.Phrase.
func wellFormed(text []byte, name any) *masar.Error {
	switch {
	case len(bytes.TrimSpace(text)) == 0:
		return masar.NewError(masar.CodeBadRequest, "error.json.empty", masar.Args{"name": name})
	case !utf8.Valid(text):
		return masar.NewError(masar.CodeBadRequest, "error.json.encoding", masar.Args{"name": name})
	case nesting(text) > maxNesting:
		return masar.NewError(masar.CodeBadRequest, "error.json.nesting", masar.Args{"name": name, "allowed": maxNesting})
	case !json.Valid(text):
		return malformed(text, name)
	}
	return nil
}

// malformed is the error for a text that is not one JSON value. It names the place and the sign at which this shows.
func malformed(text []byte, name any) *masar.Error {
	at, inString := len(text), false
	fault, is := errors.AsType[*json.SyntaxError](json.Unmarshal(text, new(any)))
	if is && !strings.HasPrefix(fault.Error(), "unexpected end") {
		at, inString = int(fault.Offset)-1, strings.Contains(fault.Error(), "in string literal")
	}
	what := masar.Phrase{Key: "error.json.end"}
	if at < len(text) {
		sign, _ := utf8.DecodeRune(text[at:])
		switch {
		case inString && (sign == '\n' || sign == '\r'):
			what.Key = "error.json.line_break"
		case inString && sign < ' ':
			what.Key = "error.json.control"
		default:
			what = masar.Phrase{Key: "error.json.sign", Args: masar.Args{"sign": string(sign)}}
		}
	}
	before := text[:at]
	line := before[bytes.LastIndexByte(before, '\n')+1:]
	return masar.NewError(masar.CodeBadRequest, "error.json.malformed", masar.Args{
		"name": name, "line": bytes.Count(before, []byte("\n")) + 1, "column": utf8.RuneCount(line) + 1, "what": what,
	})
}

// nesting returns the maximum nesting of brackets in a JSON text.
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

// unquoted yields the bytes of a text outside double quotes, with their offsets. Within quotes, a backslash escapes the
// next character.
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

// members returns the members of a well-formed body. The body must be an object without duplicate names.
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
		name, _ := d.Token() // no error: the text is well-formed
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
