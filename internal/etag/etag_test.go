package etag_test

import (
	"testing"

	"masar/internal/etag"
)

// Catches: one tag for two answers.
func TestTagsDiffer(t *testing.T) {
	if a, b := etag.Weak("ab", "c"), etag.Weak("a", "bc"); a == b || a != etag.Weak("ab", "c") || a[:3] != `W/"` {
		t.Errorf("%s, %s", a, b)
	}
	if got := etag.In(etag.Strong("a"), "gzip"); got != `"a-gzip"` {
		t.Errorf("strong: %s", got)
	}
	if got := etag.In(`W/"a"`, "gzip"); got != `W/"a"` {
		t.Errorf("weak: %s", got)
	}
}

// Catches: a client that has an answer and gets it again, or that gets 304 for an answer that it does not have.
func TestTagsThatAClientHas(t *testing.T) {
	for _, c := range []struct {
		tag, header, known string
	}{
		{`W/"a"`, `W/"a"`, `W/"a"`},
		{`W/"a"`, `"b", "a"`, `W/"a"`},
		{`W/"a"`, `"b"`, ""},
		{`W/"a"`, `W/"a-gzip"`, ""},
		{`"a"`, `"a"`, `"a"`},
		{`"a"`, `W/"a-zstd"`, `"a-zstd"`},
		{`"a"`, `"a-br"`, ""},
		{`"a"`, "", ""},
	} {
		if known, is := etag.Named([]string{c.header}, c.tag); known != c.known || is != (c.known != "") {
			t.Errorf("%s of %s: %s, %v", c.header, c.tag, known, is)
		}
	}
	if known, is := etag.Known([]string{"*"}, `"a"`); !is || known != `"a"` {
		t.Errorf("any answer: %s, %v", known, is)
	}
	if _, is := etag.Named([]string{"*"}, `"a"`); is {
		t.Error("an answer that may not exist is known")
	}
}
