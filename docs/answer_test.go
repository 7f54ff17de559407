package docs_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
)

// elided marks what a document omits from an answer: a value, further items at the end of a list, further members as a
// name, the rest of a line of text, or further lines.
const elided = "…"

// compare describes how an answer differs from the one in a document; empty if it does not.
func compare(shown block, got string) string {
	if shown.language == "text" {
		return compareText(shown.text, got)
	}
	want, err := decode(shown.text)
	if err != nil {
		return fmt.Sprintf("the document shows no JSON: %v", err)
	}
	answered, err := decode(got)
	if err != nil {
		return fmt.Sprintf("the answer is no JSON: %v", err)
	}
	return compareValue("", want, answered)
}

// decode parses one JSON value and keeps numbers as they are written.
func decode(text string) (value any, err error) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&value); err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more than one value")
	}
	return value, nil
}

func compareValue(path string, want, got any) string {
	switch want := want.(type) {
	case map[string]any:
		if got, ok := got.(map[string]any); ok {
			return compareObject(path, want, got)
		}
	case []any:
		if got, ok := got.([]any); ok {
			return compareList(path, want, got)
		}
	case string:
		if want == elided || want == got {
			return ""
		}
	default:
		if want == got {
			return ""
		}
	}
	return fmt.Sprintf("%s is %s, and the document says %s", path, brief(got), brief(want))
}

func compareObject(path string, want, got map[string]any) string {
	for name, value := range want {
		if name == elided {
			continue
		}
		answered, ok := got[name]
		if !ok {
			return fmt.Sprintf("%s.%s is not in the answer", path, name)
		}
		if differs := compareValue(path+"."+name, value, answered); differs != "" {
			return differs
		}
	}
	if _, more := want[elided]; more {
		return ""
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			return fmt.Sprintf("%s.%s is not in the document", path, name)
		}
	}
	return ""
}

func compareList(path string, want, got []any) string {
	if last := len(want) - 1; last >= 0 && want[last] == elided {
		want, got = want[:last], got[:min(last, len(got))]
	}
	if len(want) != len(got) {
		return fmt.Sprintf("%s has %d items, and the document says %d", path, len(got), len(want))
	}
	for i := range want {
		if differs := compareValue(fmt.Sprintf("%s[%d]", path, i), want[i], got[i]); differs != "" {
			return differs
		}
	}
	return ""
}

func compareText(want, got string) string {
	pattern := strings.ReplaceAll(regexp.QuoteMeta(strings.TrimRight(want, "\n")), "\n"+elided, "(\n.*)*")
	pattern = strings.ReplaceAll(pattern, elided, ".*")
	got = strings.TrimRight(strings.ReplaceAll(got, "\r\n", "\n"), "\n")
	if !regexp.MustCompile("^" + pattern + "$").MatchString(got) {
		return fmt.Sprintf("it is\n%s\nand the document says\n%s", got, want)
	}
	return ""
}

func brief(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return err.Error()
	}
	if runes := []rune(string(text)); len(runes) > 200 {
		return string(runes[:200]) + elided
	}
	return string(text)
}

// Catches: a comparison that accepts a wrong answer, and one that refuses what a document may omit.
func TestCompare(t *testing.T) {
	for _, c := range []struct {
		language, shown, got string
		same                 bool
	}{
		{"json", `{"a": 1, "b": [true, null]}`, `{"b":[true,null],"a":1}`, true},
		{"json", `{"a": 1}`, `{"a": 1, "b": 2}`, false},
		{"json", `{"a": 1, "b": 2}`, `{"a": 1}`, false},
		{"json", `{"a": 0.27}`, `{"a": 0.2715}`, false},
		{"json", `{"a": "x"}`, `{"a": "y"}`, false},
		{"json", `{"a": "1"}`, `{"a": 1}`, false},
		{"json", `{"a": null}`, `{"a": {}}`, false},
		{"json", `{"a": []}`, `{"a": {}}`, false},
		{"json", `[1, 2]`, `[2, 1]`, false},
		{"json", `[1, 2]`, `[1, 2, 3]`, false},
		{"json", `[1, "…"]`, `[1, 2, 3]`, true},
		{"json", `[1, "…"]`, `[1]`, true},
		{"json", `[1, "…"]`, `[]`, false},
		{"json", `[1, "…"]`, `[2, 3]`, false},
		{"json", `{"a": "…"}`, `{"a": {"b": 1}}`, true},
		{"json", `{"a": "…"}`, `{}`, false},
		{"json", `{"a": 1, "…": "…"}`, `{"a": 1, "b": 2}`, true},
		{"json", `{"a": 1, "…": "…"}`, `{"a": 2, "b": 2}`, false},
		{"json", `{}`, `<html>`, false},
		{"json", `{}`, `{} {}`, false},
		{"text", "ok\n", "ok", true},
		{"text", "ok\n", "ok\nmore", false},
		{"text", "a.c\n", "abc\n", false},
		{"text", "HTTP 200\n…\nend\n", "HTTP 200\r\nx: y\r\n\r\nend\r\n", true},
		{"text", "HTTP 200\n…\nend\n", "HTTP 200\nx: y", false},
		{"text", "trace: …\nend\n", "trace: 0af7\nend\n", true},
		{"text", "trace: …\nend\n", "trace: 0af7\nx\nend\n", false},
	} {
		if differs := compare(block{language: c.language, text: c.shown}, c.got); (differs == "") != c.same {
			t.Errorf("%s as %q: %q", c.got, c.shown, differs)
		}
	}
}
